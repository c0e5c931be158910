#include "ingest/enrich/sentence.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"

namespace broadsheet::ingest {
namespace {

constexpr std::array<std::string_view, 38> kAbbreviations = {
    "Mr",  "Mrs", "Ms",  "Dr",  "Prof", "Sen", "Rep", "Gov", "Gen", "Lt",   "Col", "Sgt", "Capt",
    "Rev", "St",  "Jr",  "Sr",  "vs",   "No",  "Inc", "Ltd", "Co",  "Corp", "Jan", "Feb", "Mar",
    "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Mt",   "Ft",  "Hon"};
constexpr size_t kLongestAbbreviation = 24;  // bytes; no more are looked at
constexpr std::array<std::string_view, 6> kClosing = {"\"", "'", ")", "”", "’", "»"};
constexpr std::array<std::string_view, 3> kCjkStops = {"。", "！", "？"};

// Whether the period at `at` belongs to the word before it.
bool IsAbbreviation(std::string_view text, size_t at) {
  size_t begin = at;
  while (begin > 0 && at - begin < kLongestAbbreviation &&
         (absl::ascii_isalpha(text[begin - 1]) || text[begin - 1] == '.'))
    --begin;
  const std::string_view word = text.substr(begin, at - begin);
  return word.size() == 1 || word.find('.') != std::string_view::npos ||
         std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

size_t SkipClosing(std::string_view text, size_t at) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : kClosing) {
      if (!text.substr(at).starts_with(mark)) continue;
      at += mark.size();
      again = true;
    }
  }
  return at;
}

bool BeginsSentence(std::string_view text, size_t at) {
  return at < text.size() && text[at] == ' ' && at + 1 < text.size() && !absl::ascii_islower(text[at + 1]);
}

}  // namespace

size_t FirstSentenceEnd(std::string_view text) {
  for (size_t at = text.find_first_of(".!?\xE3\xEF"); at < text.size();
       at = text.find_first_of(".!?\xE3\xEF", at + 1)) {
    for (const std::string_view stop : kCjkStops) {
      if (text.substr(at).starts_with(stop)) return std::min(at + stop.size(), text.size());
    }
    if (static_cast<signed char>(text[at]) < 0) continue;
    if (text[at] == '.' && IsAbbreviation(text, at)) continue;
    const size_t end = SkipClosing(text, at + 1);
    if (BeginsSentence(text, end)) return end;
  }
  return text.size();
}

size_t CountSentences(std::string_view line) {
  size_t count = 0;
  while (!line.empty()) {
    ++count;
    line.remove_prefix(FirstSentenceEnd(line));
    while (line.starts_with(' '))
      line.remove_prefix(1);
  }
  return count;
}

}  // namespace broadsheet::ingest
