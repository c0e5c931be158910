#include "search/match/explain.h"

#include <algorithm>
#include <utility>

#include "common/schema/term.h"
#include "search/match/embargo.h"
#include "search/match/ranking.h"
#include "search/query/compile.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

struct FoundTerm {
  std::string term;
  Xapian::termcount wdf = 0;
};

// The term of an article that stands for a part: of several, the most frequent in it.
FoundTerm MostFrequent(const Xapian::Database& database, Xapian::docid docid, const std::vector<std::string>& terms,
                       bool prefix) {
  FoundTerm found{terms.front(), 0};
  for (const std::string& term : terms) {
    auto place = database.termlist_begin(docid);
    place.skip_to(term);
    for (; place != database.termlist_end(docid); ++place) {
      bool meant = prefix ? (*place).compare(0, term.size(), term) == 0 : *place == term;
      if (!meant) break;
      if (place.get_wdf() > found.wdf) found = {*place, place.get_wdf()};
    }
  }
  return found;
}

}  // namespace

Explainer::Explainer(const SearchQuery& query, Reader& reader, absl::Time now)
    : reader_(reader), embargoed_(FindEmbargoed(reader.database(), now)) {
  TermLookup lookup(reader.languages(), query.exact_words);
  for (const QueryNode* node : PositiveLeaves(query.text)) {
    Leaf leaf{CompileText({*node, {}}, reader.languages(), query.exact_words), {}};
    std::vector<std::string> terms;
    for (const LookupTerm& term : lookup.Terms(*node))
      terms.push_back(IndexTerm(term, node->field));
    if (node->kind == NodeKind::kPhrase) {
      for (std::string& term : terms)
        leaf.parts.push_back({Xapian::Query(term), {term}});
    } else {
      leaf.parts.push_back({leaf.query, std::move(terms), node->kind == NodeKind::kPrefix});
    }
    leaves_.push_back(std::move(leaf));
  }
}

void Explainer::Explain(Xapian::docid docid, const std::string& article_id, v1::Explanation& explanation) const {
  for (const Leaf& leaf : leaves_) {
    double weight = WeightOf(leaf.query, article_id);
    if (weight == 0) continue;  // for example a phrase that is not there, although its words are
    bool whole = leaf.parts.size() == 1;
    for (const Part& part : leaf.parts) {
      AddPart(part, whole ? weight : WeightOf(part.query, article_id), docid, explanation);
    }
  }
  std::stable_sort(explanation.mutable_terms()->begin(), explanation.mutable_terms()->end(),
                   [](const auto& left, const auto& right) { return left.weight() > right.weight(); });
}

double Explainer::WeightOf(const Xapian::Query& query, const std::string& article_id) const {
  Xapian::Enquire enquire(reader_.database());
  enquire.set_weighting_scheme(Bm25());
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(IdTerm(article_id))));
  Xapian::MSet set = enquire.get_mset(0, 1);
  return set.empty() ? 0 : set[0].get_weight();
}

void Explainer::AddPart(const Part& part, double weight, Xapian::docid docid, v1::Explanation& explanation) const {
  FoundTerm found = MostFrequent(reader_.database(), docid, part.terms, part.prefix);
  TermDescription described = DescribeTerm(found.term);
  v1::TermWeight* added = explanation.add_terms();
  added->set_term(described.text);
  added->set_field(described.field);
  added->set_stemmed(described.stemmed);
  added->set_within_document_frequency(static_cast<int32_t>(found.wdf));
  added->set_document_frequency(reader_.database().get_termfreq(found.term) -
                                CountWith(reader_.database(), embargoed_, found.term));
  added->set_weight(weight);
}

}  // namespace broadsheet::search
