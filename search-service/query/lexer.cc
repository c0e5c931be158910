#include "search/query/lexer.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/text/unicode.h"

namespace broadsheet::search {
namespace {

struct Character {
  char32_t code = 0;
  size_t size = 0;  // 0 at the end of the text
};

Character CharacterAt(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  auto lead = static_cast<unsigned char>(text[at]);
  size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t code = size == 1 ? lead : lead & (0xff >> (size + 1));
  for (size_t i = 1; i < size; ++i)
    code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3f);
  return {code, size};
}

bool IsSpace(char32_t c) {
  return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

// Straight, curly, German, French, Japanese and full-width marks. Single curly ones are apostrophes.
bool IsQuote(char32_t c) {
  return c == '"' || (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb || c == 0x2039 || c == 0x203a ||
         (c >= 0x300c && c <= 0x300f) || c == 0xff02;
}

bool IsOpen(char32_t c) {
  return c == '(' || c == 0xff08;
}
bool IsClose(char32_t c) {
  return c == ')' || c == 0xff09;
}
bool EndsWord(char32_t c) {
  return IsSpace(c) || IsQuote(c) || IsOpen(c) || IsClose(c) || c == '|';
}

bool IsFieldCharacter(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_';
}

// By either of its names, in any case.
const Field* FindFieldOfWords(std::string_view name) {
  std::string lower(name);
  absl::AsciiStrToLower(&lower);
  if (const Field* field = FindQueryField(lower)) return field;
  const Field* field = FindField(lower);
  return field != nullptr && !field->query_name.empty() ? field : nullptr;
}

std::string UnknownField(std::string_view name) {
  std::string known;
  for (const Field& field : Fields()) {
    if (!field.query_name.empty()) absl::StrAppend(&known, known.empty() ? "" : ", ", std::string(field.query_name));
  }
  return absl::StrCat("\"", std::string(name), "\" is no field and was taken as a word; fields are ", known);
}

// NEAR, NEAR/5, SENTENCE, PARAGRAPH.
std::optional<NodeKind> PlacingOf(std::string_view word) {
  if (word == "SENTENCE") return NodeKind::kSentence;
  if (word == "PARAGRAPH") return NodeKind::kParagraph;
  if (word == "NEAR") return NodeKind::kNear;
  if (!word.starts_with("NEAR/") || word.size() == 5) return std::nullopt;
  bool digits = word.find_first_not_of("0123456789", 5) == std::string_view::npos;
  return digits ? std::optional(NodeKind::kNear) : std::nullopt;
}

// Whether * or ? stand inside a word, after as many letters as a pattern needs. At its end * makes a prefix and ? is
// punctuation.
bool IsPattern(std::string_view word) {
  word = word.substr(0, word.find_last_not_of(".,;:!?'") + 1);
  size_t wild = word.find_first_of("*?");
  if (wild == std::string_view::npos || wild + 1 == word.size()) return false;
  auto starts = [](char c) { return (c & 0xc0) != 0x80 && c != '*' && c != '?'; };
  auto letters = [&](std::string_view part) {
    return static_cast<size_t>(std::count_if(part.begin(), part.end(), starts));
  };
  auto fits = [](unsigned char c) { return c >= 0x80 || absl::ascii_isalnum(c) || c == '*' || c == '?'; };
  return letters(word.substr(0, wild)) >= kMinPatternStart && letters(word) >= kMinPrefixLetters &&
         std::all_of(word.begin(), word.end(), fits);
}

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<Note>& notes) : text_(text), notes_(notes) {}

  absl::StatusOr<std::vector<Lexeme>> Run() {
    while (at_ < text_.size()) {
      if (absl::Status step = Step(); !step.ok()) return step;
    }
    DropOpenBrackets();
    return std::move(lexemes_);
  }

 private:
  absl::Status Step() {
    Character c = CharacterAt(text_, at_);
    if (IsSpace(c.code)) {
      at_ += c.size;
    } else if (IsQuote(c.code)) {
      return LexPhrase(c.size);
    } else if (IsOpen(c.code)) {
      return LexOpen(c.size);
    } else if (IsClose(c.code)) {
      LexClose(c.size);
    } else if (c.code == '|') {
      Emit(LexemeKind::kOr, text_.substr(at_).starts_with("||") ? 2 : 1);
    } else if (!LexSign() && !LexField()) {
      return LexWord();
    }
    return absl::OkStatus();
  }

  void Emit(LexemeKind kind, size_t size) {
    lexemes_.push_back({kind, {Offset(at_), Offset(at_ + size)}, {}, nullptr});
    at_ += size;
  }

  void Leave(size_t size, std::string message) {
    notes_.push_back({{Offset(at_), Offset(at_ + size)}, std::move(message)});
    at_ += size;
  }

  absl::Status LexPhrase(size_t mark_size) {
    size_t begin = at_ + mark_size;
    for (size_t end = begin; end < text_.size();) {
      Character c = CharacterAt(text_, end);
      if (IsQuote(c.code)) {
        Emit(LexemeKind::kPhrase, end + c.size - at_);
        lexemes_.back().inner = {Offset(begin), Offset(end)};
        return LexLooseness();
      }
      end += c.size;
    }
    Leave(mark_size, "a quotation mark without a partner was left out");
    return absl::OkStatus();
  }

  // The ~n of "a phrase"~n.
  absl::Status LexLooseness() {
    size_t digits = CountDigits(at_ + 1);
    if (at_ >= text_.size() || text_[at_] != '~' || digits == 0) return absl::OkStatus();
    auto distance = ReadDistance(text_.substr(at_ + 1, digits));
    if (!distance.ok()) return distance.status();
    lexemes_.back().distance = *distance;
    at_ += 1 + digits;
    lexemes_.back().range.end = Offset(at_);
    return absl::OkStatus();
  }

  size_t CountDigits(size_t at) const {
    size_t end = at;
    while (end < text_.size() && absl::ascii_isdigit(static_cast<unsigned char>(text_[end])))
      ++end;
    return end - std::min(at, end);
  }

  absl::StatusOr<uint32_t> ReadDistance(std::string_view digits) const {
    uint32_t distance = 0;
    bool read = absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()), &distance);
    if (read && distance <= kMaxNearDistance) return distance;
    return InvalidField("QUERY_DISTANCE", "query",
                        absl::StrCat("asks for a distance of ", std::string(digits), " words at byte ", at_,
                                     "; the limit is ", kMaxNearDistance, ": use SENTENCE, PARAGRAPH or AND"));
  }

  absl::Status LexOpen(size_t size) {
    if (open_.size() == kMaxQueryDepth) {
      return InvalidField("QUERY_DEPTH", "query",
                          absl::StrCat("has more than ", kMaxQueryDepth, " levels of brackets, at byte ", at_,
                                       ": use fewer, or filters"));
    }
    open_.push_back(lexemes_.size());
    Emit(LexemeKind::kOpen, size);
    return absl::OkStatus();
  }

  void LexClose(size_t size) {
    if (open_.empty()) return Leave(size, "a closing bracket without an opening one was left out");
    open_.pop_back();
    Emit(LexemeKind::kClose, size);
  }

  // A sign means something in front of a word only; anywhere else it is punctuation.
  bool LexSign() {
    char sign = text_[at_];
    if ((sign != '-' && sign != '+') || !AtOperand()) return false;
    Character next = CharacterAt(text_, at_ + 1);
    bool before_operand = next.size > 0 && next.code != '-' && next.code != '+' &&
                          (!EndsWord(next.code) || IsQuote(next.code) || IsOpen(next.code));
    if (!before_operand) return false;
    Emit(sign == '-' ? LexemeKind::kNot : LexemeKind::kPlus, 1);
    return true;
  }

  bool LexField() {
    if (AfterField()) return false;
    size_t end = at_;
    while (end < text_.size() && IsFieldCharacter(text_[end]))
      ++end;
    if (end == at_ || end >= text_.size() || text_[end] != ':') return false;
    Character next = CharacterAt(text_, end + 1);
    std::string_view name = text_.substr(at_, end - at_);
    const Field* field = FindFieldOfWords(name);
    bool has_operand = next.size > 0 && next.code != ':' && next.code != '/' && next.code != '|' &&
                       !IsSpace(next.code) && !IsClose(next.code);
    if (field == nullptr || !has_operand) {
      std::string message = field == nullptr ? UnknownField(name)
                                             : absl::StrCat("nothing follows \"", std::string(name),
                                                            ":\" directly, so it was taken as a word");
      notes_.push_back({{Offset(at_), Offset(end + 1)}, std::move(message)});
      return false;
    }
    if (field->type == FieldType::kTime) return LexDays(*field, end + 1);
    Emit(LexemeKind::kField, end + 1 - at_);
    lexemes_.back().field = field;
    return true;
  }

  // The days at `begin`, of a field whose name ends there.
  bool LexDays(const Field& field, size_t begin) {
    const size_t end = EndOfWord(begin);
    const std::optional<Days> days = ReadDays(text_.substr(begin, end - begin));
    if (!days) {
      notes_.push_back({{Offset(at_), Offset(end)},
                        absl::StrCat("was taken as words, since it names no days: ", std::string(field.query_name),
                                     ":2025-12-31, :2025-12, :2025 or :2025-12-24..2025-12-31, where either end may be "
                                     "left out")});
      return false;
    }
    Emit(LexemeKind::kDays, end - at_);
    lexemes_.back().field = &field;
    lexemes_.back().days = *days;
    return true;
  }

  size_t EndOfWord(size_t end) const {
    while (end < text_.size()) {
      Character c = CharacterAt(text_, end);
      if (EndsWord(c.code)) break;
      end += c.size;
    }
    return end;
  }

  absl::Status LexWord() {
    std::string_view word = text_.substr(at_, EndOfWord(at_) - at_);
    LexemeKind kind = LexemeKind::kText;
    if (!AfterField()) {
      if (word == "OR") kind = LexemeKind::kOr;
      if (word == "AND" || word == "&&") kind = LexemeKind::kAnd;
      if (word == "NOT") kind = LexemeKind::kNot;
      if (auto placing = PlacingOf(word)) return EmitPlacing(*placing, word);
    }
    if (word == "-") {
      Leave(1, "a dash by itself was left out");
      return absl::OkStatus();
    }
    bool wild = word.find_first_of("*?") != std::string_view::npos;
    if (wild && IsPattern(FoldForMatch(word))) kind = LexemeKind::kPattern;
    Emit(kind, word.size());
    return absl::OkStatus();
  }

  absl::Status EmitPlacing(NodeKind placing, std::string_view word) {
    uint32_t distance = kDefaultNearDistance;
    if (size_t slash = word.find('/'); slash != std::string_view::npos) {
      auto given = ReadDistance(word.substr(slash + 1));
      if (!given.ok()) return given.status();
      distance = *given;
    }
    Emit(LexemeKind::kPlacing, word.size());
    lexemes_.back().placing = placing;
    lexemes_.back().distance = placing == NodeKind::kNear ? distance : 0;
    return absl::OkStatus();
  }

  // Brackets that nothing closes, innermost last.
  void DropOpenBrackets() {
    for (; !open_.empty(); open_.pop_back()) {
      auto bracket = lexemes_.begin() + static_cast<ptrdiff_t>(open_.back());
      notes_.push_back({bracket->range, "an opening bracket without a closing one was left out"});
      lexemes_.erase(bracket);
    }
  }

  // Whether what begins here stands free: not glued to a closing quotation mark or bracket.
  bool AtOperand() const {
    if (lexemes_.empty() || lexemes_.back().range.end != at_) return true;
    LexemeKind before = lexemes_.back().kind;
    return before != LexemeKind::kPhrase && before != LexemeKind::kClose && before != LexemeKind::kField;
  }

  bool AfterField() const {
    return !lexemes_.empty() && lexemes_.back().kind == LexemeKind::kField && lexemes_.back().range.end == at_;
  }

  static uint32_t Offset(size_t at) { return static_cast<uint32_t>(at); }

  std::string_view text_;
  std::vector<Note>& notes_;
  size_t at_ = 0;
  std::vector<Lexeme> lexemes_;
  std::vector<size_t> open_;  // lexemes that are brackets still open
};

}  // namespace

absl::StatusOr<std::vector<Lexeme>> Lex(std::string_view text, std::vector<Note>& notes) {
  return Lexer(text, notes).Run();
}

}  // namespace broadsheet::search
