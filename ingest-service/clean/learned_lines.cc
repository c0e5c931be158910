#include "ingest/clean/learned_lines.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/base/hash.h"
#include "common/text/unicode.h"
#include "ingest/clean/code_point.h"
#include "ingest/clean/fold.h"
#include "ingest/clean/line.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestLine = 400;    // bytes
constexpr size_t kMostWords = 60;       // of a line
constexpr size_t kRunningWords = 12;    // and more are running text
constexpr size_t kNameWords = 8;        // at most, in what may name a person
constexpr size_t kLongerWord = 4;       // bytes
constexpr size_t kMostSourceKey = 256;  // bytes

bool HasLetter(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const UChar32 code = NextCode(text, at);
    if (code >= 0 && u_isalpha(code)) return true;
  }
  return false;
}

bool IsQuotation(std::string_view line) {
  for (const std::string_view mark : {"\"", "'", "“", "‘", "«", "„", "「", "『", "»"}) {
    if (line.starts_with(mark)) return true;
  }
  return false;
}

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// "Jane Doe, Some Paper": a comma, and every word but small ones with a capital.
bool MayNameSomeone(std::string_view line) {
  if (line.find(',') == std::string_view::npos) return false;
  const std::vector<std::string_view> words = WordsOf(line);
  if (words.size() < 2 || words.size() > kNameWords) return false;
  return std::all_of(words.begin(), words.end(),
                     [](std::string_view word) { return word.size() <= 3 || u_isupper(FirstCode(word)); });
}

// Parts of a text with nothing but letters, digits and bytes beyond ASCII in them.
template <typename Visit>
void ForEachToken(std::string_view text, const Visit& visit) {
  const auto is_token = [](char c) { return absl::ascii_isalnum(c) || static_cast<signed char>(c) < 0; };
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_token(text[end]))
      ++end;
    if (end > at) visit(text.substr(at, end - at));
    at = end + 1;
  }
}

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), absl::ascii_isdigit);
}

bool IsYear(std::string_view token) {
  int year = 0;
  return token.size() == 4 && absl::SimpleAtoi(absl::string_view(token.data(), token.size()), &year) && year >= 1900 &&
         year < 2100;
}

// What the lines of one article are held against.
class Story {
 public:
  Story(std::string_view text, std::string_view title) {
    ForEachToken(FoldForMatch(title), [this](std::string_view token) { title_.emplace(token); });
    ForEachToken(text, [this](std::string_view token) {
      if (HasDigit(token)) ++figures_[token];
    });
  }

  bool IsCarriedBy(std::string_view line) const { return HasTitleWords(line) || HasFigures(line); }

 private:
  bool HasTitleWords(std::string_view line) const {
    size_t longer = 0, shared = 0;
    ForEachToken(FoldForMatch(line), [&](std::string_view token) {
      if (token.size() < kLongerWord) return;
      ++longer;
      shared += title_.contains(absl::string_view(token.data(), token.size())) ? 1 : 0;
    });
    return shared >= 2 && 2 * shared >= longer;
  }

  // A figure that the text has outside this line, too. The year of a copyright notice is no such figure.
  bool HasFigures(std::string_view line) const {
    absl::flat_hash_map<std::string_view, int> here;
    ForEachToken(line, [&here](std::string_view token) {
      if (token.size() > 1 && HasDigit(token) && !IsYear(token)) ++here[token];
    });
    return std::any_of(here.begin(), here.end(), [this](const auto& figure) {
      const auto found = figures_.find(figure.first);
      return found != figures_.end() && found->second > figure.second;
    });
  }

  absl::flat_hash_set<std::string> title_;
  absl::flat_hash_map<std::string_view, int> figures_;
};

// The gap that stays between two lines when those between them go: the wider one.
void Cut(std::string_view text, const std::vector<Line>& lines, size_t first, size_t behind,
         std::vector<Change>& changes) {
  if (behind == lines.size()) {
    changes.push_back({first == 0 ? 0 : lines[first - 1].end, text.size(), ""});
    return;
  }
  const bool before_is_wide = first == 0 || lines[first].begin - lines[first - 1].end > 1;
  if (before_is_wide) {
    changes.push_back({first == 0 ? 0 : lines[first].begin, lines[behind].begin, ""});
  } else {
    changes.push_back({lines[first - 1].end, lines[behind - 1].end, ""});
  }
}

}  // namespace

std::string SourceKey(std::string_view source, std::string_view url) {
  std::string key;
  const std::string folded = FoldForMatch(source);
  for (const std::string_view word : WordsOf(folded)) {
    if (!key.empty()) key += ' ';
    key += word;
  }
  if (key.empty()) {
    const auto parts = ParseUrl(url);
    if (!parts.has_value()) return key;
    key = absl::AsciiStrToLower(absl::string_view(parts->host.data(), parts->host.size()));
    if (key.starts_with("www.")) key.erase(0, 4);
  }
  return std::string(TruncateUtf8(key, kMostSourceKey));
}

uint64_t LineId(std::string_view line) {
  uint64_t id = 0;
  for (const char digit : Hash128Hex(line).substr(0, 16))
    id = id << 4 | static_cast<uint64_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  return id == 0 ? 1 : id;
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (const Line& line : FindLines(text))
    lines.push_back(text.substr(line.begin, line.end - line.begin));
  return lines;
}

const LearnedLines::Lines* LearnedLines::Find(std::string_view source_key) const {
  const auto found = sources_.find(absl::string_view(source_key.data(), source_key.size()));
  return found == sources_.end() ? nullptr : &found->second;
}

size_t LearnedLines::size() const {
  size_t size = 0;
  for (const auto& [source, lines] : sources_)
    size += lines.size();
  return size;
}

bool MayBeBoilerplate(std::string_view line) {
  return line.size() <= kLongestLine && CountSpaced(line) <= kMostWords && !IsQuotation(line) && HasLetter(line) &&
         !MayNameSomeone(line);
}

bool IsRunningText(std::string_view line) {
  // Text without spaces between its words is measured by its bytes.
  return CountSpaced(line) >= kRunningWords || line.size() >= 8 * kRunningWords;
}

LearnedCuts FindLearnedLines(std::string_view text, std::string_view title, const LearnedLines::Lines& known) {
  LearnedCuts cuts;
  const std::vector<Line> lines = FindLines(text);
  std::vector<bool> cut(lines.size(), false);
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    if (line.size() > kLongestLine) continue;
    const uint64_t id = LineId(line);
    if (!known.contains(id)) continue;
    cut[i] = true;
    cuts.lines.push_back(id);
  }
  if (cuts.lines.empty()) return cuts;

  cuts.lines.clear();
  const Story story(text, title);
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    if (!cut[i] || !MayBeBoilerplate(line) || story.IsCarriedBy(line)) {
      cut[i] = false;
    } else {
      cuts.lines.push_back(LineId(line));
    }
  }
  if (cuts.lines.size() == lines.size()) return {};
  for (size_t i = 0; i < lines.size();) {
    size_t end = i;
    while (end < lines.size() && cut[end])
      ++end;
    if (end > i) Cut(text, lines, i, end, cuts.changes);
    i = std::max(end, i + 1);
  }
  std::sort(cuts.lines.begin(), cuts.lines.end());
  cuts.lines.erase(std::unique(cuts.lines.begin(), cuts.lines.end()), cuts.lines.end());
  return cuts;
}

}  // namespace broadsheet::ingest
