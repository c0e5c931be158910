#include "search/query/lexer.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

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
      LexPhrase(c.size);
    } else if (IsOpen(c.code)) {
      return LexOpen(c.size);
    } else if (IsClose(c.code)) {
      LexClose(c.size);
    } else if (c.code == '|') {
      Emit(LexemeKind::kOr, text_.substr(at_).starts_with("||") ? 2 : 1);
    } else if (!LexSign() && !LexField()) {
      LexWord();
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

  void LexPhrase(size_t mark_size) {
    size_t begin = at_ + mark_size;
    for (size_t end = begin; end < text_.size();) {
      Character c = CharacterAt(text_, end);
      if (IsQuote(c.code)) {
        Emit(LexemeKind::kPhrase, end + c.size - at_);
        lexemes_.back().inner = {Offset(begin), Offset(end)};
        return;
      }
      end += c.size;
    }
    Leave(mark_size, "a quotation mark without a partner was left out");
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
    Emit(LexemeKind::kField, end + 1 - at_);
    lexemes_.back().field = field;
    return true;
  }

  void LexWord() {
    size_t end = at_;
    while (end < text_.size()) {
      Character c = CharacterAt(text_, end);
      if (EndsWord(c.code)) break;
      end += c.size;
    }
    std::string_view word = text_.substr(at_, end - at_);
    LexemeKind kind = LexemeKind::kText;
    if (!AfterField()) {
      if (word == "OR") kind = LexemeKind::kOr;
      if (word == "AND" || word == "&&") kind = LexemeKind::kAnd;
      if (word == "NOT") kind = LexemeKind::kNot;
    }
    if (word == "-") return Leave(1, "a dash by itself was left out");
    Emit(kind, word.size());
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
