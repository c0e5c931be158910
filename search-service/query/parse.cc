#include "search/query/parse.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/text/unicode.h"
#include "search/query/combine.h"
#include "search/query/leaf.h"
#include "search/query/lexer.h"
#include "search/query/stop_words.h"

namespace broadsheet::search {
namespace {

absl::Status CheckLimit(size_t value, size_t limit, std::string_view reason, std::string_view what) {
  if (value <= limit) return absl::OkStatus();
  return InvalidField(reason, "query",
                      absl::StrCat("has ", value, " ", std::string(what), "; the limit is ", limit,
                                   ": ask for less at once, or use filters"));
}

class Parser {
 public:
  Parser(std::string_view query, std::vector<Lexeme> lexemes, MatchMode mode, std::vector<Note>& notes)
      : query_(query), lexemes_(std::move(lexemes)), mode_(mode), notes_(notes) {}

  std::optional<QueryNode> Run() { return ParseAlternatives(nullptr); }

  size_t terms() const { return terms_; }
  size_t prefixes() const { return prefixes_; }

 private:
  // Sequences with OR between them, up to a closing bracket or the end.
  std::optional<QueryNode> ParseAlternatives(const Field* field) {
    std::vector<QueryNode> alternatives;
    const Lexeme* pending_or = nullptr;
    while (true) {
      auto sequence = ParseSequence(field);
      if (sequence) alternatives.push_back(std::move(*sequence));
      if (pending_or != nullptr && !sequence) NoteLeftOut(*pending_or, "OR without a word on each side was left out");
      if (!Is(LexemeKind::kOr)) break;
      pending_or = sequence ? Next() : (NoteLeftOut(*Next(), "OR without a word on each side was left out"), nullptr);
    }
    if (alternatives.empty()) return std::nullopt;
    return MakeAny(std::move(alternatives));
  }

  // Operands beside each other, up to OR, a closing bracket or the end.
  std::optional<QueryNode> ParseSequence(const Field* field) {
    std::vector<Operand> operands;
    const Lexeme* pending_and = nullptr;
    while (!AtEnd() && !Is(LexemeKind::kOr) && !Is(LexemeKind::kClose)) {
      if (Is(LexemeKind::kAnd)) {
        const Lexeme* conjunction = Next();
        bool dangling = operands.empty() || pending_and != nullptr;
        if (dangling) NoteLeftOut(*conjunction, "AND without a word on each side was left out");
        if (!dangling) pending_and = conjunction;
        continue;
      }
      size_t before = operands.size();
      ParseOperand(field, operands);
      if (pending_and == nullptr || operands.size() == before) continue;
      operands[before - 1].keep = operands[before].keep = operands[before].and_before = true;
      pending_and = nullptr;
    }
    if (pending_and != nullptr) NoteLeftOut(*pending_and, "AND without a word on each side was left out");
    return Combine(std::move(operands), mode_);
  }

  // Signs, then a group, a phrase or a run of words; a run gives one operand for each of its leaves.
  void ParseOperand(const Field* field, std::vector<Operand>& operands) {
    Operand operand;
    const Lexeme* sign = nullptr;
    for (; Is(LexemeKind::kNot) || Is(LexemeKind::kPlus); ++next_) {
      sign = &lexemes_[next_];
      if (sign->kind == LexemeKind::kNot) operand.negated = !operand.negated;
      if (sign->kind == LexemeKind::kPlus) operand.required = true;
    }
    size_t before = operands.size();
    if (Is(LexemeKind::kField)) {
      ParseField(*Next(), operand, operands);
    } else {
      ParsePrimary(field, sign != nullptr, operand, operands);
    }
    if (sign != nullptr && operands.size() == before) {
      NoteLeftOut(*sign, sign->kind == LexemeKind::kNot ? "NOT without a word after it was left out"
                                                        : "+ without a word after it was left out");
    }
  }

  void ParseField(const Lexeme& lexeme, Operand operand, std::vector<Operand>& operands) {
    bool glued = !AtEnd() && lexemes_[next_].range.begin == lexeme.range.end;
    if (glued && (Is(LexemeKind::kText) || Is(LexemeKind::kPhrase) || Is(LexemeKind::kOpen))) {
      operand.keep = true;
      return ParsePrimary(lexeme.field, true, operand, operands);
    }
    NoteLeftOut(lexeme, "nothing follows this field directly, so its name was taken as a word");
    Lexeme name{LexemeKind::kText, {lexeme.range.begin, lexeme.range.end - 1}, {}, nullptr};
    AddRun({&name, 1}, nullptr, operand, operands);
  }

  void ParsePrimary(const Field* field, bool single, Operand operand, std::vector<Operand>& operands) {
    if (Is(LexemeKind::kOpen)) {
      ParseGroup(field, std::move(operand), operands);
    } else if (Is(LexemeKind::kPhrase)) {
      if (auto leaf = LeafOfPhrase(query_, *Next(), field, notes_)) AddLeaf(std::move(*leaf), operand, operands);
    } else if (Is(LexemeKind::kText)) {
      size_t begin = next_++;
      while (!single && Is(LexemeKind::kText))
        ++next_;
      AddRun({&lexemes_[begin], next_ - begin}, field, operand, operands);
    }
  }

  void ParseGroup(const Field* field, Operand operand, std::vector<Operand>& operands) {
    const Lexeme& open = *Next();
    auto node = ParseAlternatives(field);
    Next();  // its closing bracket: the lexer leaves balanced ones only
    if (!node) return NoteLeftOut(open, "brackets without a word between them were left out");
    operand.node = std::move(*node);
    operand.keep = true;
    operands.push_back(std::move(operand));
  }

  void AddRun(std::span<const Lexeme> run, const Field* field, const Operand& operand, std::vector<Operand>& operands) {
    for (QueryNode& leaf : LeavesOfRun(query_, run, field, notes_))
      AddLeaf(std::move(leaf), operand, operands);
  }

  void AddLeaf(QueryNode leaf, Operand operand, std::vector<Operand>& operands) {
    terms_ += leaf.words.size();
    prefixes_ += leaf.kind == NodeKind::kPrefix ? 1 : 0;
    bool stop_word = leaf.kind == NodeKind::kWord && IsStopWord(leaf.words[0].text) && !InCapitals(leaf.range);
    operand.keep = operand.keep || operand.required || operand.negated || !stop_word;
    operand.node = std::move(leaf);
    operands.push_back(std::move(operand));
  }

  // Names such as WHO and IT.
  bool InCapitals(ByteRange range) const {
    std::string_view word = query_.substr(range.begin, range.end - range.begin);
    auto is_capital = [](unsigned char c) { return absl::ascii_isupper(c); };
    auto is_small = [](unsigned char c) { return absl::ascii_islower(c); };
    return std::count_if(word.begin(), word.end(), is_capital) >= 2 && std::none_of(word.begin(), word.end(), is_small);
  }

  bool AtEnd() const { return next_ == lexemes_.size(); }
  bool Is(LexemeKind kind) const { return !AtEnd() && lexemes_[next_].kind == kind; }
  const Lexeme* Next() { return &lexemes_[next_++]; }
  void NoteLeftOut(const Lexeme& lexeme, std::string message) { notes_.push_back({lexeme.range, std::move(message)}); }

  std::string_view query_;
  std::vector<Lexeme> lexemes_;
  MatchMode mode_;
  std::vector<Note>& notes_;
  size_t next_ = 0;
  size_t terms_ = 0;
  size_t prefixes_ = 0;
};

}  // namespace

absl::StatusOr<ParsedQuery> ParseQuery(std::string_view text, MatchMode mode) {
  if (auto status = CheckLimit(text.size(), kMaxQueryBytes, "QUERY_BYTES", "bytes"); !status.ok()) return status;
  if (!IsValidUtf8(text)) return InvalidField("QUERY_ENCODING", "query", "is not valid UTF-8");
  ParsedQuery parsed;
  auto lexemes = Lex(text, parsed.notes);
  if (!lexemes.ok()) return lexemes.status();
  Parser parser(text, std::move(*lexemes), mode, parsed.notes);
  parsed.root = parser.Run();
  if (auto status = CheckLimit(parser.terms(), kMaxQueryTerms, "QUERY_TERMS", "words"); !status.ok()) return status;
  if (auto status = CheckLimit(parser.prefixes(), kMaxQueryPrefixes, "QUERY_PREFIXES", "prefixes"); !status.ok()) {
    return status;
  }
  std::stable_sort(parsed.notes.begin(), parsed.notes.end(),
                   [](const Note& a, const Note& b) { return a.range.begin < b.range.begin; });
  return parsed;
}

}  // namespace broadsheet::search
