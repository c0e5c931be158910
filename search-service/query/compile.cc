#include "search/query/compile.h"

#include <algorithm>
#include <iterator>

#include "common/schema/term.h"
#include "search/query/body_source.h"
#include "search/query/expansion.h"
#include "search/query/proximity_source.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

using Xapian::Query;

// Every article, without weight. Never Query::MatchAll: threads share it, and it has tombstones.
Query AllArticles() {
  return Query(Query::OP_SCALE_WEIGHT, Query(std::string(kArticleTerm)), 0.0);
}

Query Combined(Query::op operation, const std::vector<Query>& parts) {
  return parts.size() == 1 ? parts.front() : Query(operation, parts.begin(), parts.end());
}

class TextCompiler {
 public:
  TextCompiler(const std::vector<std::string>& languages, bool exact_words, const WeighAnyOf* weigh)
      : lookup_(languages, exact_words), weigh_(weigh) {}

  Query Compile(const QueryNode& node) const {
    switch (node.kind) {
      case NodeKind::kAll:
        return CompileAll(node);
      case NodeKind::kAny:
        return Combined(Query::OP_OR, CompileEach(node.children));
      case NodeKind::kNot:
        return Query(Query::OP_AND_NOT, AllArticles(), Compile(node.children[0]));
      case NodeKind::kNear:
      case NodeKind::kSentence:
      case NodeKind::kParagraph:
        return CompilePlacing(node);
      case NodeKind::kExpanded:
        return CompileExpanded(node);
      default:
        return CompileLeaf(node);
    }
  }

 private:
  std::vector<Query> CompileEach(const std::vector<QueryNode>& nodes) const {
    std::vector<Query> queries;
    for (const QueryNode& node : nodes)
      queries.push_back(Compile(node));
    return queries;
  }

  Query CompileAll(const QueryNode& node) const {
    std::vector<Query> wanted, unwanted;
    for (const QueryNode& child : node.children) {
      bool negative = child.kind == NodeKind::kNot;
      (negative ? unwanted : wanted).push_back(Compile(negative ? child.children[0] : child));
    }
    Query query = wanted.empty() ? AllArticles() : Combined(Query::OP_AND, wanted);
    return unwanted.empty() ? query : Query(Query::OP_AND_NOT, query, Combined(Query::OP_OR, unwanted));
  }

  // What stands for a part weighs less than the part itself. Not OP_MAX: in Xapian 1.4 it crashes when all of its parts
  // end together (MaxPostList::recalc_maxweight reads the first of no parts).
  Query CompileExpanded(const QueryNode& node) const {
    std::vector<Query> queries = {Compile(node.children[0])};
    for (size_t i = 1; i < node.children.size(); ++i)
      queries.emplace_back(Query::OP_SCALE_WEIGHT, Compile(node.children[i]), node.children[i].scale);
    return Query(Query::OP_OR, queries.begin(), queries.end());
  }

  Query CompilePlacing(const QueryNode& node) const {
    PlacingSpec spec;
    spec.placing = node.kind == NodeKind::kNear       ? Placing::kNear
                   : node.kind == NodeKind::kSentence ? Placing::kSentence
                                                      : Placing::kParagraph;
    spec.distance = node.distance;
    spec.body_only = IsBody(node.children[0].field);
    for (const QueryNode& child : node.children)
      spec.parts.push_back(PartOf(child));
    return Query(Query::OP_FILTER, Combined(Query::OP_AND, CompileEach(node.children)),
                 PlacedTogether(std::move(spec)));
  }

  // A phrase as one run of terms, a word as each of its forms.
  PlacedPart PartOf(const QueryNode& leaf) const {
    PlacedPart part;
    if (leaf.kind == NodeKind::kPhrase) {
      part.alternatives.push_back(lookup_.IndexTerms(leaf));
      return part;
    }
    part.alternatives.push_back({IndexTerm({leaf.words[0].text, false, 0}, leaf.field)});
    for (const std::string& form : leaf.forms) {
      std::string term = IndexTerm({form, false, 0}, leaf.field);
      if (term != part.alternatives[0][0]) part.alternatives.push_back({std::move(term)});
    }
    return part;
  }

  static bool IsBody(const Field* field) { return field != nullptr && field->id == FieldId::kBody; }

  static std::vector<std::string> FormsOf(const QueryNode& leaf) {
    std::vector<std::string> terms;
    for (const std::string& form : leaf.forms)
      terms.push_back(IndexTerm({form, false, 0}, leaf.field));
    return terms;
  }

  Query CompileWildcard(const QueryNode& leaf) const {
    const std::vector<std::string> terms = FormsOf(leaf);
    if (terms.empty()) return Query(Query::OP_AND_NOT, AllArticles(), AllArticles());
    return IsBody(leaf.field) ? CompileBody(terms, {}, false) : AnyOf(terms);
  }

  // In order, with some other words among them.
  static Query CompileLoosePhrase(const std::vector<std::string>& terms, uint32_t distance, bool body) {
    if (!body)
      return Query(Query::OP_PHRASE, terms.begin(), terms.end(),
                   static_cast<Xapian::termcount>(terms.size() + distance));
    PlacingSpec spec{Placing::kOrdered, distance, true, {}};
    for (const std::string& term : terms)
      spec.parts.push_back({{{term}}});
    std::vector<Query> all;
    for (const std::string& term : terms)
      all.push_back(Query(term));
    return Query(Query::OP_FILTER, Combined(Query::OP_AND, all), PlacedTogether(std::move(spec)));
  }

  Query CompileLeaf(const QueryNode& leaf) const {
    if (leaf.kind == NodeKind::kWildcard) return CompileWildcard(leaf);
    bool body = leaf.field != nullptr && leaf.field->id == FieldId::kBody;
    const std::vector<std::string> terms = lookup_.IndexTerms(leaf);
    if (leaf.kind == NodeKind::kPrefix) return CompilePrefix(terms.front(), FormsOf(leaf), body);
    bool phrase = leaf.kind == NodeKind::kPhrase && terms.size() > 1;
    if (phrase && leaf.distance > 0) return CompileLoosePhrase(terms, leaf.distance, body);
    if (body) return CompileBody(terms, lookup_.Terms(leaf), phrase);
    if (!phrase) return AnyOf(terms);
    // The terms follow each other without a gap, so the window is as wide as there are terms.
    return Query(Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size()));
  }

  // `terms` are those of the index that begin so, as far as they are looked for; none when the query was not rewritten.
  static Query CompilePrefix(const std::string& prefix, const std::vector<std::string>& terms, bool body) {
    if (!terms.empty()) {
      const Query any = Combined(Query::OP_SYNONYM, std::vector<Query>(terms.begin(), terms.end()));
      return body ? Query(Query::OP_FILTER, any, BodyWords(terms)) : any;
    }
    Query words(Query::OP_WILDCARD, prefix, kMaxPrefixWords, Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM);
    return body ? Query(Query::OP_FILTER, words, BodyPrefix(prefix, kMaxPrefixWords)) : words;
  }

  // Terms of which any will do, weighed as one.
  Query AnyOf(const std::vector<std::string>& terms) const {
    if (weigh_ != nullptr) return (*weigh_)(terms);
    return Combined(Query::OP_SYNONYM, std::vector<Query>(terms.begin(), terms.end()));
  }

  Query CompileBody(const std::vector<std::string>& terms, const std::vector<LookupTerm>& lookups, bool phrase) const {
    if (!phrase) return Query(Query::OP_FILTER, AnyOf(terms), BodyWords(terms));
    const std::vector<Query> queries(terms.begin(), terms.end());
    std::vector<PlacedTerm> placed;
    for (size_t i = 0; i < terms.size(); ++i)
      placed.push_back({terms[i], lookups[i].position});
    return Query(Query::OP_FILTER, Combined(Query::OP_AND, queries), BodyPhrase(placed));
  }

  TermLookup lookup_;
  const WeighAnyOf* const weigh_;
};

}  // namespace

Query CompileText(const ParsedQuery& query, const std::vector<std::string>& languages, bool exact_words,
                  const WeighAnyOf* weigh) {
  if (!query.root) return AllArticles();
  return TextCompiler(languages, exact_words, weigh).Compile(*query.root);
}

Query CompileQuery(const ParsedQuery& query, const Filter* filter, const std::vector<std::string>& languages,
                   bool exact_words, const ColumnSet* columns, const WeighAnyOf* weigh) {
  Query text = CompileText(query, languages, exact_words, weigh);
  return filter == nullptr ? text : Query(Query::OP_FILTER, text, CompileFilter(*filter, columns));
}

}  // namespace broadsheet::search
