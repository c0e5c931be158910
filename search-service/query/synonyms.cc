#include "search/query/synonyms.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace broadsheet::search {
namespace {

using Words = std::vector<std::string>;

constexpr absl::Duration kBetweenLooks = absl::Seconds(1);
constexpr absl::string_view kLeadsTo = "=>";

absl::Status Wrong(size_t line, std::string_view what) {
  return ErrorWithReason(absl::StatusCode::kInvalidArgument, "SYNONYMS",
                         absl::StrCat("line ", line, " of the synonyms ", std::string(what)));
}

// The entries of one side of a line.
absl::StatusOr<std::vector<Words>> ReadEntries(absl::string_view side, size_t line) {
  std::vector<Words> entries;
  for (absl::string_view entry : absl::StrSplit(side, ',')) {
    Words words;
    for (OwnedToken& token : Tokenize(std::string_view(entry.data(), entry.size()))) {
      if (!token.overlay) words.push_back(std::move(token.text));
    }
    if (words.empty())
      return Wrong(line, "has an entry without a word: write \"car, automobile\" or \"pm => prime minister\"");
    if (words.size() > kMaxSynonymWords) {
      return Wrong(line, absl::StrCat("has an entry of more than ", kMaxSynonymWords, " words: shorten it"));
    }
    entries.push_back(std::move(words));
  }
  if (entries.size() > kMaxSynonymsPerLine) {
    return Wrong(line, absl::StrCat("has more than ", kMaxSynonymsPerLine, " entries: make several lines"));
  }
  return entries;
}

}  // namespace

absl::StatusOr<Synonyms> Synonyms::Parse(std::string_view text) {
  if (text.size() > kMaxSynonymFileBytes) {
    return ErrorWithReason(absl::StatusCode::kInvalidArgument, "SYNONYMS",
                           absl::StrCat("the synonyms have more than ", kMaxSynonymFileBytes, " bytes"));
  }
  if (!IsValidUtf8(text))
    return ErrorWithReason(absl::StatusCode::kInvalidArgument, "SYNONYMS", "the synonyms are not UTF-8");
  Synonyms synonyms;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    std::vector<absl::string_view> sides = absl::StrSplit(line, kLeadsTo);
    if (sides.size() > 2) return Wrong(number, "has more than one =>");
    auto left = ReadEntries(sides.front(), number);
    if (!left.ok()) return left.status();
    auto right = ReadEntries(sides.back(), number);
    if (!right.ok()) return right.status();
    if (sides.size() == 1 && left->size() == 1) return Wrong(number, "has one entry only");
    for (const Words& from : *left) {
      for (const Words& to : *right)
        synonyms.Add(from, to);
    }
  }
  return synonyms;
}

void Synonyms::Add(const Words& from, const Words& to) {
  if (from == to) return;
  std::vector<Words>& known = table_[from];
  longest_ = std::max(longest_, from.size());
  bool fits = known.size() < kMaxSynonymsPerLine && std::find(known.begin(), known.end(), to) == known.end();
  if (fits) known.push_back(to);
}

const std::vector<Words>& Synonyms::Of(const Words& words) const {
  static const std::vector<Words> kNone;
  auto found = table_.find(words);
  return found == table_.end() ? kNone : found->second;
}

absl::StatusOr<std::unique_ptr<SynonymFile>> SynonymFile::Open(std::filesystem::path path) {
  std::unique_ptr<SynonymFile> file(new SynonymFile(std::move(path)));
  file->synonyms_ = std::make_shared<const Synonyms>();
  if (file->path_.empty()) return file;
  file->stamp_ = file->Look();
  if (auto read = file->Read(); !read.ok()) return read;
  return file;
}

std::shared_ptr<const Synonyms> SynonymFile::Current() {
  std::lock_guard lock(mutex_);
  const absl::Time now = absl::Now();
  if (path_.empty() || now - looked_ < kBetweenLooks) return synonyms_;
  looked_ = now;
  const Stamp stamp = Look();
  if (stamp == stamp_) return synonyms_;
  stamp_ = stamp;
  if (auto read = Read(); read.ok()) {
    LogInfo("synonyms read", {{"file", path_.string()}});
  } else {
    LogWarning("synonyms not read, the old ones stay", {{"reason", std::string(read.message())}});
  }
  return synonyms_;
}

SynonymFile::Stamp SynonymFile::Look() const {
  std::error_code error;
  Stamp stamp;
  stamp.modified = std::filesystem::last_write_time(path_, error);
  stamp.size = std::filesystem::file_size(path_, error);
  return stamp;
}

absl::Status SynonymFile::Read() {
  std::ifstream in(path_, std::ios::binary);
  if (!in) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "SYNONYMS", absl::StrCat("cannot read ", path_.string()));
  }
  std::string text;
  text.resize(kMaxSynonymFileBytes + 1);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(in.gcount()));
  auto parsed = Synonyms::Parse(text);
  if (!parsed.ok()) {
    return ErrorWithReason(parsed.status().code(), "SYNONYMS",
                           absl::StrCat(path_.string(), ": ", std::string(parsed.status().message())));
  }
  synonyms_ = std::make_shared<const Synonyms>(*std::move(parsed));
  return absl::OkStatus();
}

}  // namespace broadsheet::search
