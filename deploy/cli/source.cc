#include "cli/source.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/charset.h"
#include "cli/json.h"

namespace broadsheet::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxLineBytes = 16 << 20;
constexpr size_t kMaxFileBytes = 64 << 20;
constexpr size_t kMaxCorrelationBytes = 256;

Format FormatByName(const fs::path& path) {
  static const std::map<std::string, Format> formats = {
      {".txt", Format::kText},   {".text", Format::kText},       {".md", Format::kMarkdown},
      {".htm", Format::kHtml},   {".html", Format::kHtml},       {".markdown", Format::kMarkdown},
      {".xhtml", Format::kHtml}, {".jsonl", Format::kJsonLines}, {".ndjson", Format::kJsonLines},
      {".json", Format::kJson},
  };
  const auto found = formats.find(absl::AsciiStrToLower(path.extension().string()));
  return found == formats.end() ? Format::kAuto : found->second;
}

Format FormatByContent(std::istream& stream) {
  while (std::isspace(stream.peek()) != 0) {
    stream.get();
  }
  switch (stream.peek()) {
    case '{':
      return Format::kJsonLines;
    case '[':
      return Format::kJson;
    case '<':
      return Format::kHtml;
    default:
      return Format::kText;
  }
}

// Reads up to the end of the line. The rest of a line longer than the limit is read and dropped; then false.
bool ReadBoundedLine(std::istream& stream, std::string& line) {
  line.clear();
  bool whole = true;
  std::streambuf& buffer = *stream.rdbuf();
  for (int c = buffer.sbumpc(); c != std::char_traits<char>::eof() && c != '\n'; c = buffer.sbumpc()) {
    whole = whole && line.size() < kMaxLineBytes;
    if (whole) {
      line.push_back(static_cast<char>(c));
    }
  }
  return whole;
}

bool AtEnd(std::istream& stream) {
  return stream.rdbuf()->sgetc() == std::char_traits<char>::eof();
}

Item Unreadable(std::string origin, absl::Status status) {
  return {std::move(origin), v1::StreamArticlesRequest(), std::move(status)};
}

Item FromJson(std::string origin, std::string_view json) {
  auto request = ParseRequest(json);
  if (!request.ok()) {
    return Unreadable(std::move(origin), request.status());
  }
  if (request->correlation_id().empty() && origin.size() <= kMaxCorrelationBytes) {
    request->set_correlation_id(origin);
  }
  return {std::move(origin), *std::move(request), absl::OkStatus()};
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

}  // namespace

absl::StatusOr<ArticleSource> ArticleSource::Open(const std::vector<std::string>& paths, Format format,
                                                  std::istream& standard_input) {
  ArticleSource source(standard_input);
  bool size_known = true;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") {
      source.inputs_.push_back({path, format});
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
  const Format by_name = FormatByName(path);
  if (from_folder && by_name == Format::kAuto) {
    ++left_out_;
    return;
  }
  inputs_.push_back({path.string(), format == Format::kAuto ? by_name : format});
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  total_bytes_ += error ? 0 : static_cast<int64_t>(bytes);
}

std::optional<Item> ArticleSource::Next() {
  while (true) {
    if (!ready_.empty()) {
      Item item = std::move(ready_.front());
      ready_.pop_front();
      return item;
    }
    if (stream_ != nullptr && AtEnd(*stream_)) {
      stream_ = nullptr;
    }
    if (stream_ != nullptr) {
      Item item = ReadLine();
      if (!item.origin.empty()) {
        return item;
      }
    } else if (!OpenNext()) {
      return std::nullopt;
    }
  }
}

bool ArticleSource::OpenNext() {
  if (next_input_ == inputs_.size()) {
    return false;
  }
  current_ = inputs_[next_input_++];
  line_ = 0;
  stream_ = standard_input_;
  if (current_.path != "-") {
    file_ = std::make_unique<std::ifstream>(current_.path, std::ios::binary);
    stream_ = file_.get();
    if (!*file_) {
      ready_.push_back(Unreadable(current_.path, absl::PermissionDeniedError("the file cannot be opened")));
      stream_ = nullptr;
      return true;
    }
  }
  if (current_.format == Format::kAuto) {
    current_.format = FormatByContent(*stream_);
  }
  if (current_.format != Format::kJsonLines) {
    ReadWhole();
    stream_ = nullptr;
  }
  return true;
}

// An item without origin: a blank line.
Item ArticleSource::ReadLine() {
  std::string line;
  const bool whole = ReadBoundedLine(*stream_, line);
  ++line_;
  read_bytes_ += static_cast<int64_t>(line.size()) + 1;
  const std::string origin = absl::StrCat(current_.path == "-" ? "standard input" : current_.path, ":", line_);
  if (!whole) {
    return Unreadable(origin, absl::InvalidArgumentError(absl::StrCat("the line is longer than ", kMaxLineBytes,
                                                                      " bytes, the limit of this command")));
  }
  if (absl::StripAsciiWhitespace(line).empty()) {
    return {};
  }
  return FromJson(origin, line);
}

void ArticleSource::ReadWhole() {
  const std::string origin = current_.path == "-" ? "standard input" : current_.path;
  std::string bytes;
  std::streambuf& buffer = *stream_->rdbuf();
  for (int c = buffer.sbumpc(); c != std::char_traits<char>::eof(); c = buffer.sbumpc()) {
    if (bytes.size() == kMaxFileBytes) {
      ready_.push_back(Unreadable(origin, absl::InvalidArgumentError(absl::StrCat(
                                              "larger than ", kMaxFileBytes,
                                              " bytes, the limit of this command for one file; as JSON lines there "
                                              "is no limit to a file"))));
      return;
    }
    bytes.push_back(static_cast<char>(c));
  }
  read_bytes_ += static_cast<int64_t>(bytes.size());
  if (current_.format == Format::kJson) {
    ReadJsonFile(bytes);
  } else {
    ready_.push_back(FromBareFile(origin, bytes, current_.format));
  }
}

void ArticleSource::ReadJsonFile(const std::string& bytes) {
  const auto value = nlohmann::json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (!value.is_array()) {
    ready_.push_back(FromJson(current_.path, bytes));
    return;
  }
  int64_t index = 0;
  for (const auto& element : value) {
    ready_.push_back(FromJson(absl::StrCat(current_.path, "[", index++, "]"), element.dump()));
  }
}

}  // namespace broadsheet::cli
