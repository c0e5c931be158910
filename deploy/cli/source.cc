#include "cli/source.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/formats/charset.h"
#include "cli/formats/json_news.h"
#include "cli/formats/warc_items.h"
#include "cli/formats/xml_items.h"
#include "cli/json.h"

namespace broadsheet::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxLineBytes = 16 << 20;
constexpr size_t kMaxFileBytes = 64 << 20;
constexpr size_t kMaxCorrelationBytes = 256;

// In small letters, without ".gz".
fs::path NameOf(const std::string& path) {
  fs::path name = absl::AsciiStrToLower(path);
  return name.extension() == ".gz" ? name.stem() : name;
}

Format FormatByName(const std::string& path) {
  static const std::map<std::string, Format> formats = {
      {".txt", Format::kText},   {".text", Format::kText},       {".md", Format::kMarkdown},
      {".htm", Format::kHtml},   {".html", Format::kHtml},       {".markdown", Format::kMarkdown},
      {".xhtml", Format::kHtml}, {".jsonl", Format::kJsonLines}, {".ndjson", Format::kJsonLines},
      {".json", Format::kJson},  {".jsonld", Format::kJson},     {".ninjs", Format::kJson},
      {".rss", Format::kXml},    {".atom", Format::kXml},        {".rdf", Format::kXml},
      {".nitf", Format::kXml},   {".xml", Format::kXml},         {".warc", Format::kWarc},
  };
  const auto found = formats.find(NameOf(path).extension().string());
  return found == formats.end() ? Format::kAuto : found->second;
}

std::string_view WithoutMark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

// Whether JSON is one value a line, as a pipe gives it, and not one value over many lines. Reads no further than it
// must.
bool IsJsonLines(ByteStream& bytes, bool only_line_counts) {
  size_t end = bytes.Window().find('\n');
  while (end == std::string_view::npos && bytes.Window().size() < kMaxLineBytes && bytes.Extend()) {
    end = bytes.Window().find('\n');
  }
  const std::string_view line = WithoutMark(bytes.Window().substr(0, end));
  const JsonLine kind = ReadJsonLine(line);
  if (only_line_counts ? kind == JsonLine::kBegun : kind != JsonLine::kWhole) {
    return false;
  }
  while (!only_line_counts && end != std::string_view::npos &&
         bytes.Window().find_first_not_of(" \t\r\n", end) == std::string_view::npos && bytes.Extend()) {
  }
  return only_line_counts ||
         (end != std::string_view::npos && bytes.Window().find_first_not_of(" \t\r\n", end) != std::string_view::npos);
}

// What the first character that is not white space says.
Format FormatByFirstCharacter(ByteStream& bytes) {
  size_t at = 0;
  do {
    at = WithoutMark(bytes.Window()).find_first_not_of(" \t\r\n");
  } while (at == std::string_view::npos && bytes.Window().size() < kMaxPrologueBytes && bytes.Extend());
  if (at != std::string_view::npos && WithoutMark(bytes.Window()) == bytes.Window()) {
    bytes.Skip(static_cast<int64_t>(std::exchange(at, 0)));
  }
  switch (at == std::string_view::npos ? '\0' : WithoutMark(bytes.Window())[at]) {
    case '{':
      return IsJsonLines(bytes, /*only_line_counts=*/true) ? Format::kJsonLines : Format::kJson;
    case '[':
      return Format::kJson;
    case '<':
      return Format::kHtml;
    default:
      return Format::kText;
  }
}

// Reads up to the end of the line. The rest of a line longer than the limit is read and dropped; then false.
bool ReadBoundedLine(std::streambuf& buffer, std::string& line) {
  line.clear();
  bool whole = true;
  for (int c = buffer.sbumpc(); c != std::char_traits<char>::eof() && c != '\n'; c = buffer.sbumpc()) {
    whole = whole && line.size() < kMaxLineBytes;
    if (whole) {
      line.push_back(static_cast<char>(c));
    }
  }
  return whole;
}

Item Unreadable(std::string origin, absl::Status status) {
  return {std::move(origin), v1::StreamArticlesRequest(), std::move(status)};
}

Item Readable(std::string origin, v1::StreamArticlesRequest request) {
  if (request.correlation_id().empty() && origin.size() <= kMaxCorrelationBytes) {
    request.set_correlation_id(origin);
  }
  return {std::move(origin), std::move(request), absl::OkStatus()};
}

Item FromBareFile(std::string origin, const std::string& bytes, Format format) {
  Item item{std::move(origin), v1::StreamArticlesRequest(), absl::OkStatus()};
  auto& article = *item.request.mutable_article();
  std::string text = ToUtf8(bytes, format == Format::kHtml ? Markup::kHtml : Markup::kNone);
  if (format == Format::kHtml) {
    article.set_html(std::move(text));
  } else if (format == Format::kMarkdown) {
    article.set_markdown(std::move(text));
  } else {
    article.set_text(std::move(text));
  }
  return item;
}

// False when there is more than the limit.
bool ReadBounded(ByteStream& stream, std::string& bytes) {
  while (!stream.AtEnd() && bytes.size() <= kMaxFileBytes) {
    const std::string_view window = stream.Window();
    bytes.append(window);
    stream.Skip(static_cast<int64_t>(window.size()));
  }
  return bytes.size() <= kMaxFileBytes;
}

}  // namespace

absl::StatusOr<ArticleSource> ArticleSource::Open(const std::vector<std::string>& paths, Format format,
                                                  std::istream& standard_input) {
  ArticleSource source(standard_input);
  bool size_known = true;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") {
      source.inputs_.push_back({path, format, /*from_folder=*/false});
      size_known = false;
    } else if (fs::is_directory(path, error)) {
      std::vector<fs::path> files;
      for (fs::recursive_directory_iterator it(path, error), end; it != end && !error; it.increment(error)) {
        if (it->is_regular_file()) {
          files.push_back(it->path());
        }
      }
      if (error) {
        return absl::PermissionDeniedError(absl::StrCat("cannot read the folder ", path, ": ", error.message()));
      }
      std::sort(files.begin(), files.end());
      for (const auto& file : files) {
        source.Add(file, format, /*from_folder=*/true);
      }
    } else if (fs::exists(path, error)) {
      source.Add(path, format, /*from_folder=*/false);
    } else {
      return absl::NotFoundError(absl::StrCat("there is no file or folder ", path));
    }
  }
  if (!size_known) {
    source.total_bytes_ = 0;
  }
  return source;
}

void ArticleSource::Add(const fs::path& path, Format format, bool from_folder) {
  inputs_.push_back({path.string(), format, from_folder});
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  total_bytes_ += error ? 0 : static_cast<int64_t>(bytes);
}

std::string ArticleSource::Origin() const {
  return current_.path == "-" ? "standard input" : current_.path;
}

std::optional<Item> ArticleSource::Next() {
  while (true) {
    if (!ready_.empty()) {
      Item item = std::move(ready_.front());
      ready_.pop_front();
      return item;
    }
    if (reader_ != nullptr) {
      if (auto item = reader_->Next()) {
        return item->status.ok() ? Readable(std::move(item->origin), std::move(item->request)) : std::move(*item);
      }
      left_out_items_ += reader_->left_out();
      Close();
    } else if (lines_ != nullptr && !lines_->AtEnd()) {
      ReadLine();
    } else if (lines_ != nullptr) {
      Close();
    } else if (!OpenNext()) {
      return std::nullopt;
    }
  }
}

// A WARC reader has told of damage itself, and gone on after it.
void ArticleSource::Close() {
  if (gunzip_ != nullptr && !gunzip_->damage().ok() && dynamic_cast<WarcItems*>(reader_.get()) == nullptr) {
    ready_.push_back(Unreadable(Origin(), gunzip_->damage()));
  }
  read_bytes_ += raw_ == nullptr ? 0 : raw_->position();
  reader_ = nullptr;
  lines_ = nullptr;
  gunzip_ = nullptr;
  raw_ = nullptr;
}

// Files in folders that nothing makes known are kAuto.
Format ArticleSource::FormatOf(ByteStream& bytes) {
  bool at_end = false;
  std::optional<Format> known = Recognise(bytes.Window(), at_end);
  while (!known.has_value() || (bytes.Window().empty() && !at_end)) {
    at_end = !bytes.Extend();
    known = Recognise(bytes.Window(), at_end);
  }
  const Format by_name = FormatByName(current_.path);
  const bool may_be_anything = current_.from_folder && NameOf(current_.path).extension() == ".xml";
  if (may_be_anything && !HasKnownRoot(bytes.Window())) {
    return Format::kAuto;
  }
  if (*known == Format::kXml && by_name != Format::kXml && !HasKnownRoot(bytes.Window()) &&
      (by_name != Format::kAuto || current_.from_folder)) {
    return by_name;
  }
  if (*known == Format::kXml || *known == Format::kWarc) {
    return *known;
  }
  if (by_name == Format::kJson && IsJsonLines(bytes, /*only_line_counts=*/false)) {
    return Format::kJsonLines;
  }
  if (by_name != Format::kAuto || current_.from_folder) {
    return by_name;
  }
  return *known == Format::kHtml ? Format::kHtml : FormatByFirstCharacter(bytes);
}

bool ArticleSource::OpenNext() {
  if (next_input_ == inputs_.size()) {
    return false;
  }
  current_ = inputs_[next_input_++];
  line_ = 0;
  if (current_.path != "-") {
    file_ = std::make_unique<std::ifstream>(current_.path, std::ios::binary);
    if (!*file_) {
      ready_.push_back(Unreadable(current_.path, absl::PermissionDeniedError("the file cannot be opened")));
      return true;
    }
  }
  raw_ = std::make_unique<StreamBytes>(current_.path == "-" ? *standard_input_ : *file_);
  while (IsGzipBeginning(raw_->Window()) && raw_->Extend()) {
  }
  if (IsGzip(raw_->Window())) {
    gunzip_ = std::make_unique<GunzipBytes>(*raw_);
  }
  ByteStream& bytes = gunzip_ == nullptr ? static_cast<ByteStream&>(*raw_) : *gunzip_;
  const Format format = current_.format == Format::kAuto ? FormatOf(bytes) : current_.format;
  if (format == Format::kJsonLines) {
    lines_ = &bytes;
  } else if (format == Format::kWarc) {
    reader_ = std::make_unique<WarcItems>(Origin(), bytes, gunzip_.get());
  } else if (format != Format::kAuto) {
    ReadWhole(format);
  } else {
    ++left_out_;
    Close();
  }
  return true;
}

// Nothing comes of a blank line.
void ArticleSource::ReadLine() {
  std::string line;
  const bool whole = ReadBoundedLine(*lines_, line);
  ++line_;
  const std::string origin = absl::StrCat(Origin(), ":", line_);
  if (!whole) {
    ready_.push_back(
        Unreadable(origin, absl::InvalidArgumentError(absl::StrCat("the line is longer than ", kMaxLineBytes,
                                                                   " bytes, the limit of this command"))));
  } else if (!absl::StripAsciiWhitespace(line).empty()) {
    ReadJson(origin, line_ == 1 ? WithoutMark(line) : line);
  }
}

void ArticleSource::ReadWhole(Format format) {
  ByteStream& stream = gunzip_ == nullptr ? static_cast<ByteStream&>(*raw_) : *gunzip_;
  std::string bytes;
  if (!ReadBounded(stream, bytes)) {
    ready_.push_back(Unreadable(
        Origin(), absl::InvalidArgumentError(absl::StrCat("larger than ", kMaxFileBytes,
                                                          " bytes, the limit of this command for one file; JSON lines "
                                                          "and WARC files have no limit"))));
    Close();
    return;
  }
  if (format == Format::kXml) {
    reader_ = std::make_unique<XmlItems>(Origin(), std::move(bytes));
    return;
  }
  if (format == Format::kJson) {
    ReadJsonFile(ToUtf8(bytes, Markup::kNone));
  } else {
    ready_.push_back(FromBareFile(Origin(), bytes, format));
  }
  Close();
}

void ArticleSource::ReadJsonFile(const std::string& text) {
  const auto value = ParseJson(text);
  if (!value.ok()) {
    ready_.push_back(Unreadable(Origin(), value.status()));
  } else if (value->is_array()) {
    int64_t index = 0;
    for (const auto& element : *value) {
      const std::string place = absl::StrCat(Origin(), "[", index++, "]");
      if (!TakeNews(place, element)) {
        TakeRequest(place, element.dump());
      }
    }
  } else if (!TakeNews(Origin(), *value)) {
    TakeRequest(Origin(), text);
  }
}

// One value: an item of ours, or one or many in another format.
void ArticleSource::ReadJson(const std::string& origin, std::string_view json) {
  if (MayBeNews(json)) {
    const auto value = ParseJson(json);
    if (value.ok() && TakeNews(origin, *value)) {
      return;
    }
  }
  TakeRequest(origin, json);
}

void ArticleSource::TakeRequest(const std::string& origin, std::string_view json) {
  auto request = ParseRequest(json);
  ready_.push_back(request.ok() ? Readable(origin, *std::move(request)) : Unreadable(origin, request.status()));
}

// False, and nothing taken, when the value is in no format of news.
bool ArticleSource::TakeNews(const std::string& origin, const nlohmann::json& value) {
  auto news = ReadJsonNews(value);
  if (!news.has_value()) {
    return false;
  }
  left_out_items_ += news->empty() ? 1 : 0;
  for (size_t i = 0; i < news->size(); ++i) {
    Reading& reading = (*news)[i];
    const std::string place = news->size() == 1 ? origin : absl::StrCat(origin, "[", i, "]");
    if (!reading.ok()) {
      ready_.push_back(Unreadable(place, reading.status()));
    } else if (reading->has_value()) {
      ready_.push_back(Readable(place, **std::move(reading)));
    } else {
      ++left_out_items_;
    }
  }
  return true;
}

}  // namespace broadsheet::cli
