#include "ingest/clean/main_block.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <bit>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "ingest/clean/code_point.h"
#include "ingest/clean/fold.h"
#include "ingest/clean/line.h"
#include "ingest/clean/page_words.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"main-block", "Of a page's whole text, line by line, the menus, teasers and footers around the article are cut."}};

constexpr int kMostPoints = 60;  // of one line: one long paragraph of a footer must not outweigh the article
constexpr int kMenu = -8;
constexpr int kNotice = -6;  // running text with words of the furniture
constexpr int kEnd = -60;    // a heading over something else
constexpr int kSummary = 2;  // long, but no sentence

constexpr size_t kSentenceWords = 8;
constexpr size_t kSummaryWords = 25;
constexpr size_t kParagraphWords = 45;
constexpr size_t kLongestNotice = 60;  // words

constexpr size_t kFewestMenuLines = 20;  // outside the article, in a page
constexpr size_t kFewestTinyLines = 10;  // of them of at most three words
constexpr int kFewestKinds = 2;          // of furniture words
constexpr size_t kFewestWords = 40;      // of an article
constexpr size_t kMenuRun = 3;           // lines inside the article; shorter runs are headings and questions
constexpr size_t kHeadLines = 14;        // above the article, among which the headline is sought

struct PageLine {
  size_t begin = 0;
  size_t end = 0;
  size_t words = 0;
  int points = 0;
  uint32_t kinds = 0;  // of furniture words
  bool ends = false;   // ends a sentence
  bool lower = false;  // begins with a small letter
};

bool IsMenu(const PageLine& line) {
  return line.points == kMenu || line.points == kNotice || line.points == kEnd;
}

bool IsCjk(UChar32 code) {
  return (code >= 0x3040 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7AF);
}

// Words between blanks; of text without blanks half its characters.
size_t CountWords(std::string_view text) {
  size_t words = CountSpaced(text);
  if (text.size() < 3 * words) return words;
  size_t cjk = 0;
  for (size_t at = 0; at < text.size();) {
    if (static_cast<signed char>(text[at]) >= 0) {
      ++at;
    } else {
      cjk += IsCjk(NextCode(text, at)) ? 1 : 0;
    }
  }
  return std::max(words, cjk / 2);
}

// A full stop inside the line with another sentence behind it.
bool HasInnerStop(std::string_view text) {
  for (size_t at = 0; at + 2 < text.size(); ++at) {
    const std::string_view rest = text.substr(at, 3);
    if (rest == "。" || rest == "！" || rest == "？") return at + 3 < text.size();
    const char c = text[at];
    if (c != '.' && c != '!' && c != '?') continue;
    size_t next = at + 1;
    if (text[next] == '"' || text[next] == ')') ++next;
    if (text.substr(next).starts_with("”") || text.substr(next).starts_with("’")) next += 3;
    if (next < text.size() && text[next] == ' ') return true;
  }
  return false;
}

int PointsOf(const PageLine& line, std::string_view text, std::string_view folded) {
  const bool is_prose = (line.ends && line.words >= kSentenceWords) || line.words >= kParagraphWords ||
                        (line.words >= 20 && HasInnerStop(text));
  if (is_prose) {
    if (line.kinds != 0 && line.words < kLongestNotice) return kNotice;
    return static_cast<int>(std::min<size_t>(line.words, kMostPoints));
  }
  if (EndsArticle(folded)) return kEnd;
  if (line.words >= kSummaryWords) return kSummary;
  if (line.ends && line.words >= 4) return 0;
  if (line.lower && line.words >= 5) return 0;
  if (IsListItem(text) || IsTableRow(text)) return 0;
  return kMenu;
}

PageLine ReadPageLine(std::string_view whole, const Line& place) {
  PageLine line{place.begin, place.end};
  const std::string_view text = whole.substr(place.begin, place.end - place.begin);
  const std::string folded = FoldLine(text);
  line.lower = u_islower(FirstCode(text));
  line.words = CountWords(text);
  line.ends = EndsSentence(text) && !text.ends_with("...") && !text.ends_with("…") && !text.ends_with(':');
  line.kinds = line.words < kLongestNotice ? FurnitureWords(folded) : 0;
  line.points = PointsOf(line, text, folded);
  return line;
}

std::vector<PageLine> ReadPage(std::string_view text, const std::vector<Line>& places) {
  std::vector<PageLine> lines;
  lines.reserve(places.size());
  for (const Line& place : places)
    lines.push_back(ReadPageLine(text, place));
  return lines;
}

// Most texts are no pages and end here, before anything costly.
bool MayBePage(std::string_view text, const std::vector<Line>& lines) {
  if (lines.size() < kFewestMenuLines) return false;
  size_t tiny = 0, wide = 0, lower = 0;
  for (const Line& line : lines) {
    const std::string_view content = text.substr(line.begin, line.end - line.begin);
    if (CountSpaced(content) <= 3) {
      ++tiny;
    } else {
      ++wide;
      lower += u_islower(FirstCode(content)) ? 1 : 0;
    }
  }
  return tiny >= kFewestTinyLines && 5 * lower <= wide;
}

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// The run of lines with most points.
Range FindArticle(const std::vector<PageLine>& lines) {
  Range best;
  int most = 0, points = 0;
  size_t begin = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (points <= 0) {
      points = 0;
      begin = i;
    }
    points += lines[i].points;
    if (points > most) {
      most = points;
      best = {begin, i + 1};
    }
  }
  return best;
}

bool IsPage(const std::vector<PageLine>& lines, Range article) {
  size_t menu = 0, tiny = 0, words = 0;
  uint32_t kinds = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i >= article.begin && i < article.end) {
      words += lines[i].points > 0 ? lines[i].words : 0;
    } else if (IsMenu(lines[i])) {
      ++menu;
      tiny += lines[i].words <= 3 ? 1 : 0;
      kinds |= lines[i].kinds;
    }
  }
  return words >= kFewestWords && menu >= kFewestMenuLines && tiny >= kFewestTinyLines &&
         std::popcount(kinds) >= kFewestKinds;
}

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// Marks the headline above the article, and between the two what may be byline and date.
void KeepHead(std::string_view text, const std::vector<PageLine>& lines, Range article, std::vector<bool>& kept) {
  size_t headline = article.begin;
  for (size_t i = article.begin; i > 0 && article.begin - i < kHeadLines; --i) {
    const PageLine& line = lines[i - 1];
    if (line.words >= 4 && line.words <= kSummaryWords && line.kinds == 0 && line.points != kEnd &&
        (headline == article.begin || line.words > lines[headline].words)) {
      headline = i - 1;
    }
  }
  if (headline == article.begin) return;
  kept[headline] = true;
  for (size_t i = headline + 1; i < article.begin; ++i) {
    const std::string_view content = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    const bool is_byline =
        absl::AsciiStrToLower(absl::string_view(content.data(), std::min<size_t>(content.size(), 3))) == "by " &&
        lines[i].words <= 12;
    const bool is_date = HasDigit(content) && lines[i].words >= 2 && lines[i].words <= 12;
    if (lines[i].kinds == 0 && (is_byline || is_date || lines[i].points >= 0)) kept[i] = true;
  }
}

std::vector<bool> KeepLines(std::string_view text, const std::vector<PageLine>& lines, Range article) {
  std::vector<bool> kept(lines.size(), false);
  KeepHead(text, lines, article, kept);
  for (size_t i = article.begin; i < article.end;) {
    size_t end = i;
    while (end < article.end && IsMenu(lines[end]))
      ++end;
    const bool keep = end - i < kMenuRun;
    end = std::max(end, i + 1);
    std::fill(kept.begin() + static_cast<ptrdiff_t>(i), kept.begin() + static_cast<ptrdiff_t>(end), keep);
    i = end;
  }
  return kept;
}

}  // namespace

std::span<const CleaningRule> MainBlockRules() {
  return kRules;
}

std::vector<Change> FindPageFurniture(std::string_view text) {
  std::vector<Change> changes;
  const std::vector<Line> places = FindLines(text);
  if (!MayBePage(text, places)) return changes;
  const std::vector<PageLine> lines = ReadPage(text, places);
  const Range article = FindArticle(lines);
  if (!IsPage(lines, article)) return changes;

  const std::vector<bool> kept = KeepLines(text, lines, article);
  for (size_t i = 0; i < lines.size();) {
    size_t end = i;
    while (end < lines.size() && !kept[end])
      ++end;
    if (end > i) {
      const size_t from = i == 0 ? 0 : lines[i].begin;
      changes.push_back({from, end < lines.size() ? lines[end].begin : text.size(), ""});
    }
    i = std::max(end, i + 1);
  }
  return changes;
}

}  // namespace broadsheet::ingest
