#include "search/query/rewrite.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "search/query/expansion.h"
#include "search/query/spelling_variants.h"
#include "search/query/terms.h"
#include "search/query/vocabulary.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kWidestGap = 2;        // bytes between words that stand side by side
constexpr size_t kShortestHalf = 3;       // letters of each half of a word that is taken apart
constexpr size_t kLikelyCuts = 3;         // of such a word that are tried
constexpr size_t kOtherForms = 5;         // of the last word of "think-tank"
constexpr size_t kTypoCandidates = 20;    // looked at for kMaxTypoWords with different stems

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsNgram(const QueryNode& leaf) {
  return std::any_of(leaf.words.begin(), leaf.words.end(), [](const QueryWord& word) { return word.ngram; });
}

// Of words, not of whole values.
bool HasWords(const Field* field) {
  return field == nullptr || field->id == FieldId::kBody || !field->words_prefix.empty();
}

bool IsPlainWord(const QueryNode& node) {
  return node.kind == NodeKind::kWord && node.field == nullptr && !IsNgram(node);
}

QueryNode LeafLike(const QueryNode& model, const std::vector<std::string>& words) {
  QueryNode leaf;
  leaf.kind = words.size() == 1 ? NodeKind::kWord : NodeKind::kPhrase;
  for (const std::string& word : words)
    leaf.words.push_back({word, "", false});
  leaf.field = model.field;
  leaf.range = model.range;
  return leaf;
}

std::vector<std::string> TextsOf(const QueryNode& leaf) {
  std::vector<std::string> texts;
  for (const QueryWord& word : leaf.words)
    texts.push_back(word.text);
  return texts;
}

class Rewriter {
 public:
  Rewriter(const WordOptions& options, const Synonyms& synonyms, const std::vector<std::string>& languages,
           const Xapian::Database& database, std::function<void()> look)
      : options_(options),
        synonyms_(synonyms),
        database_(database),
        look_(look),
        vocabulary_(database, std::move(look)),
        lookup_(languages, !options.stems),
        articles_(std::max<double>(1, database.get_doccount())) {
    for (const std::string& language : languages)
      stemmers_.emplace_back(language);
    if (stemmers_.empty()) stemmers_.emplace_back("en");
  }

  RewrittenQuery Run(const ParsedQuery& query) {
    result_.query = query;
    if (!query.root) return std::move(result_);
    result_.query.root = Visit(*query.root);
    if (!meant_.empty()) {
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
    for (VocabularyWord& word : vocabulary_.Fitting(prefix, leaf.words[0].text, kMaxPrefixWords, cut))
      leaf.forms.push_back(std::move(word.text));
    if (cut) {
      result_.notes.push_back({leaf.range, absl::StrCat("more than ", kMaxPrefixWords, " words fit \"", leaf.words[0].text,
                                                        "\": the most frequent were looked for; more letters find them all")});
    }
    return leaf;
  }

  QueryNode VisitPlacing(QueryNode node) {
    for (QueryNode& child : node.children) {
      if (child.kind != NodeKind::kWord || !options_.stems || IsNgram(child)) continue;
      std::string prefix = IndexTerm({"", false, 0}, child.field);
      for (const Stemmer& stemmer : stemmers_) {
        for (VocabularyWord& form : vocabulary_.Forms(prefix, child.words[0].text, stemmer, kMaxForms)) {
          bool known = std::find(child.forms.begin(), child.forms.end(), form.text) != child.forms.end();
          if (!known && child.forms.size() < kMaxForms) child.forms.push_back(std::move(form.text));
        }
      }
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
    size_t longest = std::max<size_t>(options_.synonyms ? synonyms_.longest() : 0, options_.variants ? 2 : 0);
    size_t reach = first;
    while (reach < node.children.size() && reach - first < longest && IsPlainWord(node.children[reach]) &&
           (reach == first || node.children[reach].range.begin <= node.children[reach - 1].range.end + kWidestGap)) {
      ++reach;
    }
    for (; reach >= first + 2; --reach) {
      std::vector<std::string> words;
      for (size_t i = first; i < reach; ++i)
        words.push_back(node.children[i].words[0].text);
      std::vector<QueryNode> instead = InsteadOf(words, node.children[first]);
      if (instead.empty()) continue;
      QueryNode run;
      run.kind = node.kind;
      run.range = {node.children[first].range.begin, node.children[reach - 1].range.end};
      for (size_t i = first; i < reach; ++i)
        run.children.push_back(Visit(node.children[i]));
      result.children.push_back(Expand(std::move(run), words, std::move(instead)));
      return reach - first;
    }
    return 0;
  }

  // What several words side by side may be written as.
  std::vector<QueryNode> InsteadOf(const std::vector<std::string>& words, const QueryNode& model) {
    std::vector<QueryNode> instead;
    if (options_.variants && words.size() == 2) AddIfKnown(LeafLike(model, {words[0] + words[1]}), instead);
    AddSynonyms(words, model, instead);
    return instead;
  }

  QueryNode VisitPhrase(const QueryNode& leaf) {
    if (leaf.quoted || !widening_ || IsNgram(leaf) || !HasWords(leaf.field)) {
      if (widening_ && options_.typos) GuessWords(leaf);
      return leaf;
    }
    std::vector<std::string> words = TextsOf(leaf);
    std::vector<QueryNode> instead = InsteadOf(words, leaf);
    if (options_.stems) {
      std::string prefix = IndexTerm({"", false, 0}, leaf.field);
      for (const VocabularyWord& form : vocabulary_.Forms(prefix, words.back(), stemmers_.front(), kOtherForms)) {
        if (form.text == words.back()) continue;
        std::vector<std::string> other = words;
        other.back() = form.text;
        instead.push_back(LeafLike(leaf, other));
        instead.back().match_kind = v1::MATCH_KIND_STEM;
      }
    }
    return Expand(leaf, words, std::move(instead));
  }

  QueryNode VisitWord(const QueryNode& leaf) {
    if (!widening_ || IsNgram(leaf) || !HasWords(leaf.field)) return leaf;
    const std::string& word = leaf.words[0].text;
    const Xapian::doccount articles = ArticlesOf(leaf);
    std::vector<QueryNode> instead;
    if (options_.variants) {
      for (std::string& variant : SpellingVariants(word))
        AddIfKnown(LeafLike(leaf, {std::move(variant)}), instead);
      if (articles <= kRareWord) AddHalves(leaf, instead);
    }
    AddSynonyms({word}, leaf, instead);
    bool guess = instead.empty() && articles <= kRareWord && options_.typos;
    if (guess) AddTypos(leaf, articles, instead);
    std::erase_if(instead, [&](const QueryNode& other) { return SameTerms(other, leaf); });
    return Expand(leaf, {word}, std::move(instead));
  }

  // "thinktank": the two words that it is made of, where articles have them side by side.
  void AddHalves(const QueryNode& leaf, std::vector<QueryNode>& instead) {
    const std::string& word = leaf.words[0].text;
    if (!std::all_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isalnum(c); })) return;
    if (++halved_ > kMaxExpandedWords) return;
    std::string prefix = IndexTerm({"", false, 0}, leaf.field);
    std::vector<std::pair<Xapian::doccount, size_t>> cuts;  // by how many articles have the rarer half
    for (size_t cut = kShortestHalf; cut + kShortestHalf <= word.size(); ++cut) {
      Xapian::doccount both = std::min(vocabulary_.Articles(prefix + word.substr(0, cut)),
                                       vocabulary_.Articles(prefix + word.substr(cut)));
      if (both > 0) cuts.emplace_back(both, cut);
    }
    std::sort(cuts.rbegin(), cuts.rend());
    if (cuts.size() > kLikelyCuts) cuts.resize(kLikelyCuts);
    for (const auto& [both, cut] : cuts) {
      if (!StandTogether(prefix + word.substr(0, cut), prefix + word.substr(cut))) continue;
      instead.push_back(LeafLike(leaf, {word.substr(0, cut), word.substr(cut)}));
      instead.back().match_kind = v1::MATCH_KIND_VARIANT;
      return;
    }
  }

  bool StandTogether(const std::string& first, const std::string& second) const {
    look_();
    const std::string terms[] = {first, second};
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_PHRASE, terms, terms + 2, 2));
    return !enquire.get_mset(0, 1).empty();
  }

  void AddSynonyms(const std::vector<std::string>& words, const QueryNode& model, std::vector<QueryNode>& instead) {
    if (!options_.synonyms) return;
    for (const auto& synonym : synonyms_.Of(words)) {
      instead.push_back(LeafLike(model, synonym));
      instead.back().match_kind = v1::MATCH_KIND_SYNONYM;
    }
  }

  void AddIfKnown(QueryNode leaf, std::vector<QueryNode>& instead) {
    if (ArticlesOf(leaf) == 0) return;
    bool twice = std::any_of(instead.begin(), instead.end(), [&](auto& other) { return SameTerms(other, leaf); });
    if (twice) return;
    leaf.match_kind = v1::MATCH_KIND_VARIANT;
    instead.push_back(std::move(leaf));
  }

  void AddTypos(const QueryNode& leaf, Xapian::doccount articles, std::vector<QueryNode>& instead) {
    for (const VocabularyWord& near : Guess(leaf.words[0].text, leaf.field, articles)) {
      if (instead.size() == kMaxTypoWords) break;
      QueryNode other = LeafLike(leaf, {near.text});
      bool twice = SameTerms(other, leaf) ||
                   std::any_of(instead.begin(), instead.end(), [&](auto& known) { return SameTerms(known, other); });
      if (twice) continue;
      other.match_kind = v1::MATCH_KIND_FUZZY;
      instead.push_back(std::move(other));
    }
  }

  // The words that may have been meant. Of a word that the index has, only those that are far more frequent.
  std::vector<VocabularyWord> Guess(const std::string& word, const Field* field, Xapian::doccount articles) {
    if (HasDigit(word) || ++guessed_ > kMaxExpandedWords) return {};
    int errors = articles == 0 ? ForgivenErrors(word) : std::min(1, ForgivenErrors(word));
    auto near = vocabulary_.Near(IndexTerm({"", false, 0}, field), word, errors, kTypoCandidates);
    if (!near.empty()) {
      int least = near.front().distance;
      std::erase_if(near, [&](const VocabularyWord& other) {
        return other.distance > least || other.articles < articles * kFarMoreOften || HasDigit(other.text);
      });
    }
    if (!near.empty()) meant_.emplace(word, near.front().text);
    return near;
  }

  // For the suggestion only.
  void GuessWords(const QueryNode& phrase) {
    if (IsNgram(phrase) || !HasWords(phrase.field)) return;
    std::string prefix = IndexTerm({"", false, 0}, phrase.field);
    for (const QueryWord& word : phrase.words) {
      if (vocabulary_.Articles(prefix + word.text) == 0) Guess(word.text, phrase.field, 0);
    }
  }

  void Correct(QueryNode& node) const {
    for (QueryNode& child : node.children)
      Correct(child);
    if (node.kind != NodeKind::kWord && node.kind != NodeKind::kPhrase) return;
    for (QueryWord& word : node.words) {
      if (auto meant = meant_.find(word.text); meant != meant_.end()) word.text = meant->second;
    }
  }

  QueryNode Expand(QueryNode asked, const std::vector<std::string>& words, std::vector<QueryNode> instead) {
    if (instead.empty()) return asked;
    if (instead.size() > kMaxExpansions) instead.resize(kMaxExpansions);
    std::string written;
    for (const std::string& word : words)
      absl::StrAppend(&written, written.empty() ? "" : " ", word);
    double weight = 0;
    for (const std::string& word : words)
      weight += WeightOf(LeafLike(instead.front(), {word}));
    QueryNode node;
    node.kind = NodeKind::kExpanded;
    node.range = asked.range;
    node.field = instead.front().field;
    for (const std::string& word : words)
      node.words.push_back({word, "", false});
    node.children.push_back(std::move(asked));
    for (QueryNode& other : instead) {
      other.scale = ScaleOf(other.match_kind) * std::min(1.0, weight / WeightOf(other));
      result_.expansions.push_back({written, WriteWords(other), other.match_kind});
      node.children.push_back(std::move(other));
    }
    return node;
  }

  static double ScaleOf(v1::MatchKind kind) {
    if (kind == v1::MATCH_KIND_STEM) return 1;
    if (kind == v1::MATCH_KIND_VARIANT) return kVariantScale;
    return kind == v1::MATCH_KIND_SYNONYM ? kSynonymScale : kTypoScale;
  }

  // What a leaf can weigh at most, up to a factor: the sum of the idf of its terms. A rarer word in the place of the
  // one that was asked must not outweigh it.
  double WeightOf(const QueryNode& leaf) const {
    double sum = 0;
    for (const QueryWord& word : leaf.words) {
      double articles = ArticlesOf(LeafLike(leaf, {word.text}));
      sum += std::log(1 + (articles_ - articles + 0.5) / (articles + 0.5));
    }
    return sum;
  }

  // Of a word: with one of its stems, or less if they share articles.
  Xapian::doccount ArticlesOf(const QueryNode& leaf) const {
    Xapian::doccount most = 0;
    for (const LookupTerm& term : lookup_.Terms(leaf))
      most = std::max(most, vocabulary_.Articles(IndexTerm(term, leaf.field)));
    return most;
  }

  bool SameTerms(const QueryNode& a, const QueryNode& b) const {
    auto terms = [&](const QueryNode& leaf) {
      std::vector<std::string> texts;
      for (const LookupTerm& term : lookup_.Terms(leaf))
        texts.push_back(term.text);
      return texts;
    };
    return a.kind == b.kind && terms(a) == terms(b);
  }

  const WordOptions options_;
  const Synonyms& synonyms_;
  const Xapian::Database& database_;
  const std::function<void()> look_;
  Vocabulary vocabulary_;
  const TermLookup lookup_;
  std::vector<Stemmer> stemmers_;
  const double articles_;
  RewrittenQuery result_;
  std::map<std::string, std::string> meant_;  // by word of the query
  bool widening_ = true;                      // not under a kNot
  size_t guessed_ = 0;  // words
  size_t halved_ = 0;
};

}  // namespace

RewrittenQuery Rewrite(const ParsedQuery& query, const WordOptions& options, const Synonyms& synonyms,
                       const std::vector<std::string>& languages, const Xapian::Database& database,
                       std::function<void()> look) {
  return Rewriter(options, synonyms, languages, database, std::move(look)).Run(query);
}

}  // namespace broadsheet::search
