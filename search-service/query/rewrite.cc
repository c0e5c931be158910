#include "search/query/rewrite.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "search/query/expansion.h"
#include "search/query/stand_ins.h"
#include "search/query/terms.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kWidestGap = 2;  // bytes between words that stand side by side

bool IsPlainWord(const QueryNode& node) {
  return node.kind == NodeKind::kWord && node.field == nullptr && !IsNgram(node);
}

double ScaleOf(v1::MatchKind kind) {
  if (kind == v1::MATCH_KIND_STEM) return 1;
  if (kind == v1::MATCH_KIND_VARIANT) return kVariantScale;
  return kind == v1::MATCH_KIND_SYNONYM ? kSynonymScale : kTypoScale;
}

class Rewriter {
 public:
  Rewriter(const WordOptions& options, const Synonyms& synonyms, const std::vector<std::string>& languages,
           TermFrequencies& terms, std::function<void()> look)
      : options_(options),
        longest_run_(std::max<size_t>(options.synonyms ? synonyms.longest() : 0, options.variants ? 2 : 0)),
        stand_ins_(options, synonyms, languages, terms, std::move(look)) {}

  RewrittenQuery Run(const ParsedQuery& query) {
    result_.query = query;
    if (!query.root) return std::move(result_);
    result_.query.root = Visit(*query.root);
    if (!stand_ins_.meant().empty()) {
      ParsedQuery meant{query.root, {}};
      Correct(*meant.root);
      result_.suggestion = WriteQuery(meant);
    }
    return std::move(result_);
  }

 private:
  QueryNode Visit(const QueryNode& node) {
    switch (node.kind) {
      case NodeKind::kWord:
        return VisitWord(node);
      case NodeKind::kPhrase:
        return VisitPhrase(node);
      case NodeKind::kWildcard:
        return VisitPattern(node);
      case NodeKind::kPrefix:
        return VisitPrefix(node);
      case NodeKind::kAll:
      case NodeKind::kAny:
        return VisitBeside(node);
      case NodeKind::kNot:
        return VisitNot(node);
      case NodeKind::kNear:
      case NodeKind::kSentence:
      case NodeKind::kParagraph:
        return VisitPlacing(node);
      default:
        return node;
    }
  }

  // What must not be there is what was written, and no more.
  QueryNode VisitNot(const QueryNode& node) {
    QueryNode result = node;
    bool before = std::exchange(widening_, false);
    result.children[0] = Visit(node.children[0]);
    widening_ = before;
    return result;
  }

  QueryNode VisitPattern(QueryNode leaf) {
    bool cut = false;
    std::string prefix = IndexTerm({"", false, 0}, leaf.field);
    for (VocabularyWord& word : stand_ins_.vocabulary().Fitting(prefix, leaf.words[0].text, kMaxPrefixWords, cut))
      leaf.forms.push_back(std::move(word.text));
    if (cut) {
      result_.notes.push_back(
          {leaf.range, absl::StrCat("more than ", kMaxPrefixWords, " words fit \"", leaf.words[0].text,
                                    "\": the most frequent were looked for; more letters find them all")});
    }
    return leaf;
  }

  // The words of the whole index: the engine would take those of each shard, and weigh them shard by shard.
  QueryNode VisitPrefix(QueryNode leaf) {
    bool cut = false;  // NoteCutPrefixes tells
    const std::string prefix = IndexTerm({"", false, 0}, leaf.field);
    const std::string pattern = leaf.words[0].text + "*";
    for (VocabularyWord& word : stand_ins_.vocabulary().Fitting(prefix, pattern, kMaxPrefixWords, cut))
      leaf.forms.push_back(std::move(word.text));
    return leaf;
  }

  QueryNode VisitPlacing(QueryNode node) {
    for (QueryNode& child : node.children) {
      bool has_forms = child.kind == NodeKind::kWord && options_.stems && !IsNgram(child);
      if (has_forms) child.forms = stand_ins_.FormsOf(child);
    }
    return node;
  }

  // Words side by side may be one word, or have synonyms together.
  QueryNode VisitBeside(const QueryNode& node) {
    QueryNode result = node;
    result.children.clear();
    for (size_t i = 0; i < node.children.size();) {
      size_t taken = widening_ ? VisitRun(node, i, result) : 0;
      if (taken == 0) result.children.push_back(Visit(node.children[i]));
      i += std::max<size_t>(1, taken);
    }
    if (result.children.size() > 1) return result;
    QueryNode only = std::move(result.children.front());
    return only;
  }

  // The longest run of words from `first` on for which something stands; how many words were taken.
  size_t VisitRun(const QueryNode& node, size_t first, QueryNode& result) {
    size_t reach = first;
    while (reach < node.children.size() && reach - first < longest_run_ && IsPlainWord(node.children[reach]) &&
           (reach == first || node.children[reach].range.begin <= node.children[reach - 1].range.end + kWidestGap)) {
      ++reach;
    }
    for (; reach >= first + 2; --reach) {
      std::vector<QueryWord> asked;
      std::vector<std::string> words;
      for (size_t i = first; i < reach; ++i) {
        asked.push_back(node.children[i].words[0]);
        words.push_back(asked.back().text);
      }
      std::vector<QueryNode> instead = stand_ins_.OfRun(words, node.children[first]);
      if (instead.empty()) continue;
      QueryNode run;
      run.kind = node.kind;
      run.range = {node.children[first].range.begin, node.children[reach - 1].range.end};
      for (size_t i = first; i < reach; ++i)
        run.children.push_back(Visit(node.children[i]));
      result.children.push_back(Expand(std::move(run), asked, std::move(instead)));
      return reach - first;
    }
    return 0;
  }

  QueryNode VisitPhrase(const QueryNode& leaf) {
    if (leaf.quoted || !widening_ || IsNgram(leaf) || !HasWords(leaf.field)) {
      if (widening_ && options_.typos) stand_ins_.GuessWords(leaf);
      return leaf;
    }
    return Expand(leaf, leaf.words, stand_ins_.OfCompound(leaf));
  }

  QueryNode VisitWord(const QueryNode& leaf) {
    if (!widening_ || IsNgram(leaf) || !HasWords(leaf.field)) return leaf;
    return Expand(leaf, leaf.words, stand_ins_.OfWord(leaf));
  }

  void Correct(QueryNode& node) const {
    for (QueryNode& child : node.children)
      Correct(child);
    if (node.kind != NodeKind::kWord && node.kind != NodeKind::kPhrase) return;
    for (QueryWord& word : node.words) {
      auto meant = stand_ins_.meant().find(word.text);
      if (meant != stand_ins_.meant().end()) word.text = meant->second;
    }
  }

  // `words` are those of `asked`.
  QueryNode Expand(QueryNode asked, const std::vector<QueryWord>& words, std::vector<QueryNode> instead) {
    if (instead.empty()) return asked;
    if (instead.size() > kMaxExpansions) instead.resize(kMaxExpansions);
    QueryNode node;
    node.kind = NodeKind::kExpanded;
    node.range = asked.range;
    node.field = instead.front().field;
    node.words = words;
    node.children.push_back(std::move(asked));
    std::string written;
    double weight = 0;
    for (const QueryWord& word : words) {
      absl::StrAppend(&written, written.empty() ? "" : " ", word.text);
      weight += stand_ins_.WeightOf(LeafLike(node, {word.text}));
    }
    for (QueryNode& other : instead) {
      // A rarer word in the place of the one that was asked for must not outweigh it.
      other.scale = ScaleOf(other.match_kind) * std::min(1.0, weight / stand_ins_.WeightOf(other));
      result_.expansions.push_back({written, WriteWords(other), other.match_kind});
      node.children.push_back(std::move(other));
    }
    return node;
  }

  const WordOptions options_;
  const size_t longest_run_;  // words side by side that something may stand for
  StandIns stand_ins_;
  RewrittenQuery result_;
  bool widening_ = true;  // not under a kNot
};

}  // namespace

RewrittenQuery Rewrite(const ParsedQuery& query, const WordOptions& options, const Synonyms& synonyms,
                       const std::vector<std::string>& languages, TermFrequencies& terms, std::function<void()> look) {
  return Rewriter(options, synonyms, languages, terms, std::move(look)).Run(query);
}

}  // namespace broadsheet::search
