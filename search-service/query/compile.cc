#include "search/query/compile.h"

#include <algorithm>
#include <iterator>

#include "common/schema/term.h"
#include "search/query/body_source.h"
#include "search/query/expansion.h"
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

  Query CompileLeaf(const QueryNode& leaf) const {
    bool body = leaf.field != nullptr && leaf.field->id == FieldId::kBody;
    std::vector<LookupTerm> lookups = lookup_.Terms(leaf);
    std::vector<std::string> terms;
    for (const LookupTerm& lookup : lookups)
      terms.push_back(IndexTerm(lookup, leaf.field));
    if (leaf.kind == NodeKind::kPrefix) return CompilePrefix(terms.front(), body);
    bool phrase = leaf.kind == NodeKind::kPhrase && terms.size() > 1;
    if (body) return CompileBody(terms, lookups, phrase);
    if (!phrase) return AnyOf(terms);
    // The terms follow each other without a gap, so the window is as wide as there are terms.
    return Query(Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size()));
  }

  static Query CompilePrefix(const std::string& prefix, bool body) {
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
