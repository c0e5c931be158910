#include "search/query/write.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/text/tokenizer.h"
#include "search/query/parse.h"
#include "search/query/stop_words.h"

namespace broadsheet::search {
namespace {

constexpr std::string_view kBeside = " ";
constexpr std::string_view kAnd = " AND ";
constexpr std::string_view kOr = " OR ";
constexpr std::string_view kNear = " NEAR/";
constexpr std::string_view kSentence = " SENTENCE ";
constexpr std::string_view kParagraph = " PARAGRAPH ";
constexpr std::string_view kApart = " / ";  // between words of a phrase that would mean something together

std::string JoinWords(const std::vector<QueryWord>& words, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && words[i - 1].pair.empty()) text += separator;
    text += words[i].text;
  }
  return text;
}

// Whether a phrase needs no quotation marks: the tokenizer splits it anyway.
bool IsOneRun(const std::vector<QueryWord>& words) {
  return words.size() > 1 &&
         std::none_of(words.begin(), words.end() - 1, [](const QueryWord& word) { return word.pair.empty(); });
}

bool IsPlainStopWord(const QueryNode& node) {
  return node.kind == NodeKind::kWord && node.field == nullptr && IsStopWord(node.words[0].text);
}

class Writer {
 public:
  explicit Writer(std::string_view conjunction) : conjunction_(conjunction) {}

  std::string Write(const QueryNode& node) const {
    switch (node.kind) {
      case NodeKind::kAll:
        return WriteAll(node);
      case NodeKind::kAny:
        return WriteAny(node);
      case NodeKind::kNot:
        return absl::StrCat("-", WritePart(node.children[0]));
      case NodeKind::kNear:
        return WriteJoined(node, absl::StrCat(std::string(kNear), node.distance, " "));
      case NodeKind::kSentence:
        return WriteJoined(node, kSentence);
      case NodeKind::kParagraph:
        return WriteJoined(node, kParagraph);
      case NodeKind::kExpanded:
        return Write(node.children[0]);
      default:
        return WriteLeaf(node);
    }
  }

 private:
  static std::string WriteLeaf(const QueryNode& leaf) {
    std::string text = leaf.field == nullptr ? "" : absl::StrCat(std::string(leaf.field->query_name), ":");
    bool quoted = leaf.kind == NodeKind::kPhrase && (leaf.distance > 0 || !IsOneRun(leaf.words));
    absl::StrAppend(&text, quoted ? "\"" : "", WriteWords(leaf), quoted ? "\"" : "",
                    leaf.kind == NodeKind::kPrefix ? "*" : "");
    if (leaf.distance > 0) absl::StrAppend(&text, "~", leaf.distance);
    return text;
  }

  std::string WritePart(const QueryNode& node) const {
    bool group = node.kind == NodeKind::kAll || node.kind == NodeKind::kAny;
    return group ? absl::StrCat("(", Write(node), ")") : Write(node);
  }

  // A stop word among others would be left out if it did not carry a +.
  std::string WriteAll(const QueryNode& node) const {
    bool others = std::any_of(node.children.begin(), node.children.end(), [](const QueryNode& child) {
      return child.kind != NodeKind::kNot && !IsPlainStopWord(child);
    });
    std::string text;
    for (const QueryNode& child : node.children) {
      if (!text.empty()) text += conjunction_;
      if (others && IsPlainStopWord(child)) text += '+';
      text += WritePart(child);
    }
    return text;
  }

  std::string WriteAny(const QueryNode& node) const { return WriteJoined(node, kOr); }

  std::string WriteJoined(const QueryNode& node, std::string_view joint) const {
    std::string text;
    for (const QueryNode& child : node.children) {
      if (!text.empty()) text += joint;
      text += WritePart(child);
    }
    return text;
  }

  std::string_view conjunction_;
};

std::string WriteTree(const ParsedQuery& query) {
  std::string text = Writer(kBeside).Write(*query.root);
  // Words that would mean something together ("3.5" and "percent") need to be kept apart; that is rare and not worth
  // a second description of the tokenizer's rules.
  auto again = ParseQuery(text, MatchMode::kAllWords);
  bool same = !again.ok() || again->root == query.root;
  return same ? text : Writer(kAnd).Write(*query.root);
}

}  // namespace

std::string WriteQuery(const ParsedQuery& query) {
  std::string text = query.root ? WriteTree(query) : "";
  const bool is_or = query.root && query.root->kind == NodeKind::kAny;
  if (is_or && !query.days.empty()) text = absl::StrCat("(", text, ")");
  for (const DaysCondition& condition : query.days) {
    absl::StrAppend(&text, text.empty() ? "" : " ", condition.negated ? "-" : "",
                    std::string(condition.field->query_name), ":", WriteDays(condition.days));
  }
  return text;
}

std::string WriteWords(const QueryNode& leaf) {
  std::string text = JoinWords(leaf.words, kBeside);
  if (leaf.words.size() == 1 || leaf.kind == NodeKind::kWildcard) return text;
  size_t places = 0;
  for (const OwnedToken& token : Tokenize(text))
    places += token.overlay ? 0 : 1;
  return places == leaf.words.size() ? text : JoinWords(leaf.words, kApart);
}

}  // namespace broadsheet::search
