#include "ingest/normalise/language_tag.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestTag = 64;

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHeirs = {
    {{"iw", "he"}, {"in", "id"}, {"ji", "yi"}, {"jw", "jv"}, {"mo", "ro"}}};

bool AllLetters(const std::string& subtag) {
  return std::all_of(subtag.begin(), subtag.end(), absl::ascii_isalpha);
}

bool AllDigits(const std::string& subtag) {
  return std::all_of(subtag.begin(), subtag.end(), absl::ascii_isdigit);
}

// Reads the subtags of a tag in lower case, in the order in which BCP 47 has them.
class TagReader {
 public:
  explicit TagReader(std::vector<std::string> subtags) : subtags_(std::move(subtags)) {}

  bool Read() {
    if (!ReadLanguage()) return false;
    for (int extended = 0; extended < 3 && Has() && Subtag().size() == 3 && AllLetters(Subtag()); ++extended)
      ++next_;
    if (Has() && Subtag().size() == 4 && AllLetters(Subtag())) subtags_[next_++][0] -= 'a' - 'A';
    const bool is_region =
        Has() && ((Subtag().size() == 2 && AllLetters(Subtag())) || (Subtag().size() == 3 && AllDigits(Subtag())));
    if (is_region) absl::AsciiStrToUpper(&subtags_[next_++]);
    while (Has() && IsVariant(Subtag()))
      ++next_;
    while (Has() && Subtag().size() == 1) {
      if (!ReadExtension()) return false;
    }
    return !Has();
  }

  std::string Tag() const { return absl::StrJoin(subtags_, "-"); }

 private:
  bool Has() const { return next_ < subtags_.size(); }
  const std::string& Subtag() const { return subtags_[next_]; }

  static bool IsVariant(const std::string& subtag) {
    return (subtag.size() >= 5 && subtag.size() <= 8) || (subtag.size() == 4 && absl::ascii_isdigit(subtag[0]));
  }

  bool ReadLanguage() {
    std::string& language = subtags_[next_++];
    if (language.size() < 2 || language.size() > 3 || !AllLetters(language) || language == "und") return false;
    for (const auto& [old, heir] : kHeirs) {
      if (language == old) language = heir;
    }
    return true;
  }

  bool ReadExtension() {
    const bool is_private = Subtag() == "x";
    const size_t begin = ++next_;
    while (Has() && (is_private || Subtag().size() >= 2))
      ++next_;
    return next_ > begin;
  }

  std::vector<std::string> subtags_;
  size_t next_ = 0;
};

}  // namespace

std::optional<std::string> CanonicalLanguageTag(std::string_view tag) {
  const std::string lower = absl::AsciiStrToLower(absl::StripAsciiWhitespace({tag.data(), tag.size()}));
  if (lower.size() > kLongestTag) return std::nullopt;
  std::vector<std::string> subtags = absl::StrSplit(lower, absl::ByAnyChar("-_"));
  for (const std::string& subtag : subtags) {
    const bool valid =
        !subtag.empty() && subtag.size() <= 8 && std::all_of(subtag.begin(), subtag.end(), absl::ascii_isalnum);
    if (!valid) return std::nullopt;
  }
  TagReader reader(std::move(subtags));
  if (!reader.Read()) return std::nullopt;
  return reader.Tag();
}

}  // namespace broadsheet::ingest
