#include "ingest/index/name_scan.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest/index/name_words.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLeastWordsOfLine = 5;
// Of ten words so many may have capitals, more are a heading or a list: of lines that end as sentences do, and of
// others.
constexpr size_t kMostCapitalsOfSentence = 7;
constexpr size_t kMostCapitals = 5;
constexpr int kMaxSmallStart = 2;  // letters before the capital in "al-Bahr", "d'Alder"

UChar32 CodeAt(std::string_view text, size_t& at) {
  auto i = static_cast<int32_t>(at);
  UChar32 code = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), i, static_cast<int32_t>(text.size()), code);
  at = static_cast<size_t>(i);
  return code;
}

bool IsWordCode(UChar32 code) {
  return u_isalnum(code) || (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
}

// Between words, wherever it stands: white space, dashes, slashes.
bool Separates(UChar32 code) {
  return u_isUWhiteSpace(code) || code == 0x2013 || code == 0x2014 || code == '/' || code == '|' || code == 0x2022;
}

bool IsApostrophe(UChar32 code) {
  return code == '\'' || code == 0x2019;
}

// What of a piece of text between blanks is the word, and what stands around it.
struct Piece {
  std::string_view before, word, after;
};

Piece Peel(std::string_view text) {
  size_t begin = text.size(), end = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t here = at;
    if (!IsWordCode(CodeAt(text, at))) continue;
    begin = std::min(begin, here);
    end = at;
  }
  if (end == 0) return {text, {}, {}};
  return {text.substr(0, begin), text.substr(begin, end - begin), text.substr(end)};
}

// "Alder's" -> Alder; "I'm" -> I. O'Brien stays.
std::string_view WithoutEnding(std::string_view word) {
  for (const std::string_view mark : {std::string_view("'"), std::string_view("’")}) {
    const size_t at = word.rfind(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view rest = word.substr(at + mark.size());
    if (rest.size() <= 2 && !rest.empty() && absl::ascii_islower(rest.front())) return word.substr(0, at);
  }
  return word;
}

// "ex-Mayor", "R-Alder": no beginning of a name.
bool HasForeignStart(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kStarts = {"ex-", "co-", "re-", "un-", "R-", "D-", "I-"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

// Two words that lost the blank between them: "AlderNEWS".
bool IsGlued(std::string_view text) {
  bool small = false, turned = false;
  for (size_t at = 0; at < text.size();) {
    const UChar32 code = CodeAt(text, at);
    if (turned && u_isupper(code)) return true;
    turned = small && u_isupper(code);
    small = u_islower(code);
  }
  return false;
}

// Whether a word has a capital where a name has it, and whether it has only capitals.
void LookAtLetters(ScannedWord& word) {
  int letters = 0, capitals = 0, digits = 0;
  bool first = false, after_joint = false, joined_small = false, joined_capital = false;
  int before_joint = 0;
  for (size_t at = 0; at < word.text.size();) {
    const UChar32 code = CodeAt(word.text, at);
    if (u_isdigit(code)) ++digits;
    if (!u_isalpha(code)) {
      after_joint = code == '-' || IsApostrophe(code);
      if (after_joint && before_joint == 0) before_joint = letters;
      continue;
    }
    const bool capital = u_isupper(code) || u_istitle(code);
    if (letters == 0) first = capital;
    if (after_joint) (capital ? joined_capital : joined_small) = true;
    after_joint = false;
    ++letters;
    if (capital) ++capitals;
  }
  const bool small_start = !first && joined_capital && before_joint <= kMaxSmallStart;
  word.capital = digits == 0 && letters > 0 && ((first && !joined_small) || small_start) &&
                 !HasForeignStart(word.text) && !IsGlued(word.text);
  word.shout = letters > 1 && capitals == letters;
}

std::string LowerOf(const ScannedWord& word) {
  std::string lower;
  for (size_t at = 0; at < word.text.size();) {
    const size_t here = at;
    const UChar32 code = CodeAt(word.text, at);
    if (here > 0 && !word.shout) return lower.append(word.text.substr(here));
    char bytes[U8_MAX_LENGTH];
    int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, u_tolower(code));
    lower.append(bytes, static_cast<size_t>(size));
  }
  return lower;
}

class LineScanner {
 public:
  LineScanner(std::string_view line, std::vector<ScannedWord>& words) : line_(line), words_(words) {}

  void Scan() {
    size_t begin = 0;
    for (size_t at = 0; at < line_.size();) {
      const size_t here = at;
      const UChar32 code = CodeAt(line_, at);
      if (!Separates(code)) continue;
      Add(line_.substr(begin, here - begin));
      begin = at;
      if (!u_isUWhiteSpace(code)) EndRun();
    }
    Add(line_.substr(begin));
    EndRun();
  }

 private:
  void EndRun() {
    if (!words_.empty()) words_.back().ends_run = true;
  }

  void Add(std::string_view text) {
    if (text.empty()) return;
    const Piece piece = Peel(text);
    if (!piece.before.empty()) EndRun();
    if (piece.word.empty()) return;
    ScannedWord word;
    word.text = WithoutEnding(piece.word);
    LookAtLetters(word);
    if (word.capital) word.lower = LowerOf(word);
    word.begins_sentence = sentence_begins_ || !piece.before.empty();
    sentence_begins_ = false;
    word.ends_run = word.text.size() < piece.word.size();
    if (!piece.after.empty()) LookAfter(piece, word);
    words_.push_back(std::move(word));
  }

  void LookAfter(const Piece& piece, ScannedWord& word) {
    const bool dotted = word.text.find('.') != std::string_view::npos;
    const bool initial = word.capital && word.text.size() == 1;
    if (piece.after == "." && word.capital && !word.ends_run && (dotted || initial || IsAbbreviated(word.lower))) {
      word.text = std::string_view(word.text.data(), word.text.size() + 1);
      word.ends_run = IsCountryInitials(word.lower);
      return;
    }
    word.ends_run = true;
    sentence_begins_ = piece.after.find_first_of(".!?:") != std::string_view::npos;
  }

  const std::string_view line_;
  std::vector<ScannedWord>& words_;
  bool sentence_begins_ = true;
};

bool EndsAsSentence(std::string_view line) {
  for (const std::string_view quote : {"\"", "'", "”", "’", " ", ")"}) {
    if (line.ends_with(quote)) line.remove_suffix(quote.size());
  }
  return line.ends_with('.') || line.ends_with('!') || line.ends_with('?');
}

bool IsRunningText(std::string_view line, const std::vector<ScannedWord>& words, size_t first) {
  const size_t count = words.size() - first;
  if (count < kLeastWordsOfLine) return false;
  const auto capitals = static_cast<size_t>(std::count_if(words.begin() + static_cast<std::ptrdiff_t>(first),
                                                          words.end(), [](const auto& word) { return word.capital; }));
  return capitals * 10 <= count * (EndsAsSentence(line) ? kMostCapitalsOfSentence : kMostCapitals);
}

}  // namespace

std::vector<ScannedWord> ScanRunningText(std::string_view body) {
  std::vector<ScannedWord> words;
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(body.size(), line.size() + 1));
    const size_t first = words.size();
    LineScanner(line, words).Scan();
    if (!IsRunningText(line, words, first)) words.resize(first);
  }
  return words;
}

}  // namespace broadsheet::ingest
