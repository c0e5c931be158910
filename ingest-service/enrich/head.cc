#include "ingest/enrich/head.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "ingest/clean/line.h"
#include "ingest/enrich/date.h"
#include "ingest/enrich/sentence.h"
#include "ingest/normalise/names.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostLines = 12;
constexpr size_t kLongestTitle = 160;  // code points
constexpr size_t kLongestCjkTitle = 60;
constexpr size_t kFewestWords = 4;  // of a title
constexpr size_t kFewestCjk = 7;    // characters of a title in CJK

using Words = std::vector<absl::string_view>;

size_t CodePoints(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

size_t CjkCharacters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xE9;
  });
}

bool IsWord(absl::string_view word) {
  return std::any_of(word.begin(), word.end(),
                     [](char c) { return absl::ascii_isalpha(c) || static_cast<signed char>(c) < 0; });
}

// "30.2 C", "72°F", "Partly cloudy, 18 °C".
bool IsWeather(const Words& words) {
  if (words.empty() || words.size() > 6) return false;
  const absl::string_view last = words.back();
  const bool degrees = absl::StrContains(last, "°") || absl::StrContains(last, "℃") || absl::StrContains(last, "℉");
  if (degrees) return true;
  return words.size() >= 2 && (last == "C" || last == "F") && absl::ascii_isdigit(words[words.size() - 2].back());
}

bool IsByline(absl::string_view line, const Words& words) {
  if (words.size() > 12) return false;
  if (absl::StartsWithIgnoreCase(line, "by ") || absl::StartsWithIgnoreCase(line, "by: ")) return true;
  // "Ann Writer and Bob Author".
  return absl::StrContains(line, " and ") && NormaliseAuthors({{line.data(), line.size()}}).size() > 1;
}

bool IsAddress(std::string_view line) {
  return line.find("://") != std::string_view::npos || line.find("www.") != std::string_view::npos ||
         line.find('@') != std::string_view::npos;
}

bool BeginsLikeTitle(std::string_view line) {
  return !absl::ascii_islower(line[0]) && !IsListItem(line) && !IsTableRow(line) && line[0] != '(' && line[0] != '*';
}

bool EndsLikeTitle(std::string_view line) {
  for (const std::string_view quote : {"\"", "”", "’", "'", "»"}) {
    if (line.ends_with(quote)) line.remove_suffix(quote.size());
  }
  if (line.ends_with(',') || line.ends_with(';') || line.ends_with(':') || line.ends_with("…") ||
      line.ends_with("。")) {
    return false;
  }
  if (!line.ends_with('.')) return true;
  // A period at the end is one of an abbreviation, as in "Talks With the U.S."
  return line.size() > 3 && line[line.size() - 3] == '.';
}

LineKind KindOf(std::string_view line) {
  const absl::string_view view(line.data(), line.size());
  const Words words = absl::StrSplit(view, ' ', absl::SkipEmpty());
  const size_t real_words = std::count_if(words.begin(), words.end(), IsWord);
  const size_t cjk = CjkCharacters(line);
  const size_t width = CodePoints(line);
  const bool is_cjk = 2 * cjk > width;
  if (IsWeather(words) || IsByline(view, words) || IsDateOrTimeLine(line)) return LineKind::kFurniture;
  const size_t sentences = CountSentences(line);
  if (width > (is_cjk ? kLongestCjkTitle : kLongestTitle) || sentences > 2) return LineKind::kBody;
  // Of two sentences in a headline the last has no full stop: "Talks Fail. What Now?"
  if (sentences == 2 && !EndsLikeTitle(line)) return LineKind::kBody;
  const bool is_long_enough = is_cjk ? cjk >= kFewestCjk : real_words >= kFewestWords;
  if (!is_long_enough || IsAddress(line)) return LineKind::kFurniture;
  if (BeginsLikeTitle(line) && EndsLikeTitle(line)) return LineKind::kTitle;
  return EndsSentence(line) ? LineKind::kBody : LineKind::kFurniture;
}

}  // namespace

std::vector<HeadLine> ReadHead(std::string_view body) {
  std::vector<HeadLine> head;
  for (size_t begin = 0; begin < body.size() && head.size() < kMostLines;) {
    const size_t end = std::min(body.find('\n', begin), body.size());
    if (end > begin) {
      head.push_back({KindOf(body.substr(begin, end - begin)), begin, end});
      if (head.back().kind == LineKind::kBody) break;
    }
    begin = end + 1;
  }
  return head;
}

}  // namespace broadsheet::ingest
