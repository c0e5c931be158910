#include "ingest/normalise/names.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/text/unicode.h"
#include "ingest/clean/clean.h"

namespace broadsheet::ingest {
namespace {

// Two to four words that begin with a capital, or with a letter that is not ASCII.
bool LooksLikePerson(absl::string_view name) {
  const std::vector<absl::string_view> words = absl::StrSplit(name, ' ', absl::SkipEmpty());
  return words.size() >= 2 && words.size() <= 4 && std::all_of(words.begin(), words.end(), [](absl::string_view word) {
           return absl::ascii_isupper(word[0]) || static_cast<signed char>(word[0]) < 0;
         });
}

// Markup that a scraper took for names. One word with an underscore is how people call themselves in forums.
bool LooksLikeMarkup(absl::string_view name) {
  return name.find_first_of("{}=") != absl::string_view::npos ||
         (absl::StrContains(name, '_') && absl::StrContains(name, ' '));
}

// Without the quotation marks around all of it, one of which may be lost.
absl::string_view Unquoted(absl::string_view name) {
  const auto marks = std::count(name.begin(), name.end(), '"');
  const bool around = marks == 2 && absl::StartsWith(name, "\"") && absl::EndsWith(name, "\"");
  if (!around && marks != 1) return name;
  absl::ConsumePrefix(&name, "\"");
  absl::ConsumeSuffix(&name, "\"");
  return name;
}

// The persons of a byline; the byline itself when it is not plainly a list of persons.
std::vector<std::string> Persons(absl::string_view line) {
  const bool has_by = absl::StartsWithIgnoreCase(line, "by ");
  if (has_by) line = absl::StripLeadingAsciiWhitespace(line.substr(3));
  std::vector<std::string> parts = absl::StrSplit(line, " and ");
  if (has_by && parts.size() == 2) {
    std::vector<std::string> listed = absl::StrSplit(parts[0], ", ");
    listed.push_back(parts[1]);
    parts = std::move(listed);
  }
  if (parts.size() > 1 && std::all_of(parts.begin(), parts.end(), LooksLikePerson)) return parts;
  return {std::string(line)};
}

// Keeps what is not empty and was not seen before.
class Distinct {
 public:
  void Add(std::string value) {
    if (!value.empty() && seen_.insert(FoldForMatch(value)).second) values_.push_back(std::move(value));
  }
  std::vector<std::string> Take() { return std::move(values_); }

 private:
  absl::flat_hash_set<std::string> seen_;
  std::vector<std::string> values_;
};

}  // namespace

std::vector<std::string> NormaliseAuthors(const std::vector<std::string_view>& authors) {
  Distinct distinct;
  for (const std::string_view author : authors) {
    const std::string line = CleanLine(author);
    if (LooksLikeMarkup(line)) continue;
    for (std::string& person : Persons(Unquoted(line)))
      distinct.Add(std::move(person));
  }
  return distinct.Take();
}

std::vector<std::string> NormaliseTags(const std::vector<std::string_view>& tags) {
  Distinct distinct;
  for (const std::string_view tag : tags)
    distinct.Add(CleanLine(tag));
  return distinct.Take();
}

}  // namespace broadsheet::ingest
