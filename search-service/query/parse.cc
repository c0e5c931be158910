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

// Stop words that were left out cost nothing, so they do not count.
size_t CountWords(const QueryNode& node) {
  size_t words = node.words.size();
  for (const QueryNode& child : node.children)
    words += CountWords(child);
  return words;
}

class Parser {
 public:
  Parser(std::string_view query, std::vector<Lexeme> lexemes, MatchMode mode, std::vector<Note>& notes)
      : query_(query), lexemes_(std::move(lexemes)), mode_(mode), notes_(notes) {}

  std::optional<QueryNode> Run() { return ParseAlternatives(nullptr); }

  std::vector<DaysCondition> TakeDays() { return std::move(days_); }
  size_t prefixes() const { return prefixes_; }

 private:
  // Sequences with OR between them, up to a closing bracket or the end.
  std::optional<QueryNode> ParseAlternatives(const Field* field) {
    std::vector<QueryNode> alternatives;
    const Lexeme* pending_or = nullptr;
    const size_t days_before = days_without_note_.size();
    bool has_or = false;
    while (true) {
      auto sequence = ParseSequence(field);
      if (sequence) alternatives.push_back(std::move(*sequence));
      if (pending_or != nullptr && !sequence) AddNote(*pending_or, "OR without a word on each side was left out");
      if (!Is(LexemeKind::kOr)) break;
      has_or = true;
      pending_or = sequence ? Next() : (AddNote(*Next(), "OR without a word on each side was left out"), nullptr);
    }
    if (has_or) NoteDays(days_before);
    if (alternatives.empty()) return std::nullopt;
    return MakeAny(std::move(alternatives));
  }

  // Operands beside each other, up to OR, a closing bracket or the end.
  std::optional<QueryNode> ParseSequence(const Field* field) {
    std::vector<Operand> operands;
    const Lexeme* joint = nullptr;  // AND, NEAR and the like, until what follows is known
    while (!AtEnd() && !Is(LexemeKind::kOr) && !Is(LexemeKind::kClose)) {
      if (Is(LexemeKind::kAnd) || Is(LexemeKind::kPlacing)) {
        const Lexeme* found = Next();
        bool dangling = operands.empty() || joint != nullptr;
        dangling ? NoteDangling(*found) : void(joint = found);
        continue;
      }
      if (ParseDays()) {
        if (joint != nullptr && joint->kind == LexemeKind::kAnd) joint = nullptr;
        if (Is(LexemeKind::kAnd)) Next();
        continue;
      }
      size_t before = operands.size();
      ParseOperand(field, operands);
      if (joint == nullptr || operands.size() == before) continue;
      Join(*joint, before, operands);
      joint = nullptr;
    }
    if (joint != nullptr) NoteDangling(*joint);
    return Combine(std::move(operands), mode_);
  }

  // Days count for the whole query: they are no operand. A sign before them is none of an operand, either.
  bool ParseDays() {
    size_t at = next_;
    bool negated = false;
    for (; at < lexemes_.size(); ++at) {
      const LexemeKind kind = lexemes_[at].kind;
      if (kind != LexemeKind::kNot && kind != LexemeKind::kPlus) break;
      negated = negated != (kind == LexemeKind::kNot);
    }
    if (at == lexemes_.size() || lexemes_[at].kind != LexemeKind::kDays) return false;
    days_.push_back({lexemes_[at].field, lexemes_[at].days, negated});
    days_without_note_.push_back(&lexemes_[at]);
    next_ = at + 1;
    return true;
  }

  // Of those without a note from `first` on: they stand on one side of OR.
  void NoteDays(size_t first) {
    for (; days_without_note_.size() > first; days_without_note_.pop_back())
      AddNote(*days_without_note_.back(), "counts for the whole query, not for one side of OR");
  }

  void NoteDangling(const Lexeme& joint) {
    AddNote(joint, absl::StrCat(Slice(joint.range), " without a word on each side was left out"));
  }

  // Joins the operand at `right` with the one before it.
  void Join(const Lexeme& joint, size_t right, std::vector<Operand>& operands) {
    Operand& first = operands[right - 1];
    Operand& second = operands[right];
    bool places = joint.kind == LexemeKind::kPlacing;
    if (places && !second.negated && CanPlace(first.node, second.node, joint.placing, joint.distance)) {
      first.node = MakePlacing(joint.placing, joint.distance, std::move(first.node), std::move(second.node));
      first.keep = true;
      first.required = first.required || second.required;
      operands.erase(operands.begin() + static_cast<ptrdiff_t>(right));
      return;
    }
    if (places) {
      AddNote(joint, absl::StrCat(Slice(joint.range),
                                  " goes between words and phrases in one field only and was "
                                  "taken as AND"));
    }
    first.keep = second.keep = second.and_before = true;
  }

  std::string Slice(ByteRange range) const { return std::string(query_.substr(range.begin, range.end - range.begin)); }

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
      AddNote(*sign, sign->kind == LexemeKind::kNot ? "NOT without a word after it was left out"
                                                    : "+ without a word after it was left out");
    }
  }

  void ParseField(const Lexeme& lexeme, Operand operand, std::vector<Operand>& operands) {
    bool glued = !AtEnd() && lexemes_[next_].range.begin == lexeme.range.end;
    if (glued &&
        (Is(LexemeKind::kText) || Is(LexemeKind::kPhrase) || Is(LexemeKind::kPattern) || Is(LexemeKind::kOpen))) {
      operand.keep = true;
      return ParsePrimary(lexeme.field, true, operand, operands);
    }
    AddNote(lexeme, "nothing follows this field directly, so its name was taken as a word");
    Lexeme name{LexemeKind::kText, {lexeme.range.begin, lexeme.range.end - 1}, {}, nullptr};
    AddRun({&name, 1}, nullptr, operand, operands);
  }

  void ParsePrimary(const Field* field, bool single, Operand operand, std::vector<Operand>& operands) {
    if (Is(LexemeKind::kOpen)) {
      ParseGroup(field, std::move(operand), operands);
    } else if (Is(LexemeKind::kPhrase)) {
      if (auto leaf = LeafOfPhrase(query_, *Next(), field, notes_)) AddLeaf(std::move(*leaf), operand, operands);
    } else if (Is(LexemeKind::kPattern)) {
      if (auto leaf = LeafOfPattern(query_, *Next(), field, notes_)) AddLeaf(std::move(*leaf), operand, operands);
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
    if (!node) return AddNote(open, "brackets without a word between them were left out");
    operand.node = std::move(*node);
    operand.keep = true;
    operands.push_back(std::move(operand));
  }

  void AddRun(std::span<const Lexeme> run, const Field* field, const Operand& operand, std::vector<Operand>& operands) {
    for (QueryNode& leaf : LeavesOfRun(query_, run, field, notes_))
      AddLeaf(std::move(leaf), operand, operands);
  }

  // Where any word is enough, the parts of "think-tank" are words of their own: articles that have them side by side
  // come first all the same.
  bool IsSplit(const QueryNode& leaf, const Operand& operand) const {
    return mode_ == MatchMode::kAnyWord && leaf.kind == NodeKind::kPhrase && !leaf.quoted && !operand.required &&
           !operand.negated &&
           std::none_of(leaf.words.begin(), leaf.words.end(), [](auto& word) { return word.ngram; });
  }

  void AddLeaf(QueryNode leaf, Operand operand, std::vector<Operand>& operands) {
    if (IsSplit(leaf, operand)) {
      for (const QueryWord& word : leaf.words) {
        QueryNode part = leaf;
        part.kind = NodeKind::kWord;
        part.words = {word};
        AddLeaf(std::move(part), operand, operands);
      }
      return;
    }
    prefixes_ += leaf.kind == NodeKind::kPrefix || leaf.kind == NodeKind::kWildcard ? 1 : 0;
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
  void AddNote(const Lexeme& lexeme, std::string message) { notes_.push_back({lexeme.range, std::move(message)}); }

  std::string_view query_;
  std::vector<Lexeme> lexemes_;
  MatchMode mode_;
  std::vector<Note>& notes_;
  size_t next_ = 0;
  size_t prefixes_ = 0;
  std::vector<DaysCondition> days_;
  std::vector<const Lexeme*> days_without_note_;
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
  parsed.days = parser.TakeDays();
  size_t words = parsed.root ? CountWords(*parsed.root) : 0;
  if (auto status = CheckLimit(words, kMaxQueryTerms, "QUERY_TERMS", "words"); !status.ok()) return status;
  if (auto status = CheckLimit(parser.prefixes(), kMaxQueryPrefixes, "QUERY_PREFIXES", "prefixes and patterns");
      !status.ok()) {
    return status;
  }
  std::stable_sort(parsed.notes.begin(), parsed.notes.end(),
                   [](const Note& a, const Note& b) { return a.range.begin < b.range.begin; });
  return parsed;
}

}  // namespace broadsheet::search
