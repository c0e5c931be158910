#include "search/match/explain.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/schema/field.h"
#include "common/schema/term.h"
#include "search/match/hidden.h"
#include "search/match/ranking.h"
#include "search/query/compile.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

constexpr double kNoise = 1e-9;  // of sums taken in another order

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

void AddBoost(v1::ScoreBoostKind kind, double weight, std::string reason, v1::Explanation& explanation) {
  if (weight == 0) return;  // for example a phrase that is not there, although its words are
  v1::ScoreBoost* boost = explanation.add_boosts();
  boost->set_kind(kind);
  boost->set_weight(weight);
  boost->set_reason(std::move(reason));
}

// What the parts of a score did beside the terms, which are there already, in the order in which it was done.
void AddBoosts(const ScoreParts& parts, v1::Explanation& explanation) {
  double terms = 0;
  for (const v1::TermWeight& term : explanation.terms())
    terms += term.weight();
  const double expansion = parts.words - terms;
  if (std::abs(expansion) > kNoise) {
    AddBoost(v1::SCORE_BOOST_KIND_EXPANSION, expansion, "terms that the best articles share", explanation);
  }
  AddBoost(v1::SCORE_BOOST_KIND_EXACT_FORM, parts.exact_form, "it has words just as they were asked for", explanation);
  AddBoost(v1::SCORE_BOOST_KIND_PROXIMITY, parts.proximity, "words of the query stand near each other", explanation);
  const double sum = parts.words + parts.exact_form + parts.proximity;
  AddBoost(v1::SCORE_BOOST_KIND_RECENCY, sum * (parts.recency - 1),
           absl::StrFormat("its age leaves %.3f of the score", parts.recency), explanation);
  AddBoost(v1::SCORE_BOOST_KIND_SOURCE, sum * parts.recency * (parts.source - 1),
           absl::StrFormat("its source counts %.3f times", parts.source), explanation);
}

std::string InWords(const v1::TermWeight& term) {
  std::string text = absl::StrFormat("%+.4f  ", term.weight());
  absl::StrAppend(&text, term.stemmed() ? "words of the stem \"" : "\"", term.term(), "\" in ",
                  term.field() == "text" ? "title and body" : term.field(), ", counted ",
                  term.within_document_frequency(), " times (title words ", kTitleWeight, " times each), in ",
                  term.document_frequency(), " articles");
  if (term.kind() == v1::MATCH_KIND_VARIANT) text += "; another spelling of what was asked for";
  if (term.kind() == v1::MATCH_KIND_SYNONYM) text += "; a synonym of what was asked for";
  if (term.kind() == v1::MATCH_KIND_FUZZY) text += "; written nearly as what was asked for";
  return text;
}

std::string InWords(const v1::Explanation& explanation, double score) {
  std::string text;
  for (const v1::TermWeight& term : explanation.terms())
    absl::StrAppend(&text, InWords(term), "\n");
  for (const v1::ScoreBoost& boost : explanation.boosts())
    absl::StrAppend(&text, absl::StrFormat("%+.4f  %s\n", boost.weight(), boost.reason()));
  return text + absl::StrFormat("=%.4f", score);
}

}  // namespace

Explainer::Explainer(const SearchQuery& query, Reader& reader, absl::Time now)
    : reader_(reader), hidden_(FindHidden(reader, now)), query_(query), lookup_(reader.languages(), query.exact_words) {
  if (query.text.root) Collect(*query.text.root, v1::MATCH_KIND_EXACT, 1);
}

void Explainer::Collect(const QueryNode& node, v1::MatchKind kind, double scale) {
  if (node.IsLeaf()) return leaves_.push_back(LeafOf(node, kind, scale));
  if (node.kind == NodeKind::kNot) return;
  for (const QueryNode& child : node.children) {
    bool instead = node.kind == NodeKind::kExpanded && &child != &node.children.front();
    instead ? Collect(child, child.match_kind, scale * child.scale) : Collect(child, kind, scale);
  }
}

Explainer::Leaf Explainer::LeafOf(const QueryNode& node, v1::MatchKind kind, double scale) const {
  Leaf leaf{CompileText({node, {}}, reader_.languages(), query_.exact_words), {}, kind, scale};
  std::vector<std::string> terms;
  if (node.kind == NodeKind::kWildcard) {
    for (const std::string& form : node.forms)
      terms.push_back(IndexTerm({form, false, 0}, node.field));
    if (terms.empty()) terms.push_back(node.words[0].text);
  } else {
    for (const LookupTerm& term : lookup_.Terms(node))
      terms.push_back(IndexTerm(term, node.field));
  }
  if (node.kind == NodeKind::kPhrase) {
    for (std::string& term : terms)
      leaf.parts.push_back({Xapian::Query(term), {term}});
  } else {
    leaf.parts.push_back({leaf.query, std::move(terms), node.kind == NodeKind::kPrefix});
  }
  return leaf;
}

void Explainer::Explain(const Match& match, const std::string& article_id, v1::Explanation& explanation) const {
  for (const Leaf& leaf : leaves_)
    ExplainLeaf(leaf, match.docid, article_id, explanation);
  std::stable_sort(explanation.mutable_terms()->begin(), explanation.mutable_terms()->end(),
                   [](const auto& left, const auto& right) { return left.weight() > right.weight(); });
  AddBoosts(match.parts, explanation);
  explanation.set_text(InWords(explanation, match.score));
}

void Explainer::ExplainLeaf(const Leaf& leaf, Xapian::docid docid, const std::string& article_id,
                            v1::Explanation& explanation) const {
  double weight = leaf.scale * WeightOf(leaf.query, article_id);
  if (weight == 0) return;  // for example a phrase that is not there, although its words are
  bool whole = leaf.parts.size() == 1;
  for (const Part& part : leaf.parts) {
    AddPart(part, leaf.kind, whole ? weight : leaf.scale * WeightOf(part.query, article_id), docid, explanation);
  }
}

double Explainer::WeightOf(const Xapian::Query& query, const std::string& article_id) const {
  Xapian::Enquire enquire(reader_.database());
  enquire.set_weighting_scheme(Bm25());
  const Xapian::Query alone(Xapian::Query::OP_FILTER, query, Xapian::Query(IdTerm(article_id)));
  enquire.set_query(WithoutSuperseded(alone, reader_));
  Xapian::MSet set = enquire.get_mset(0, 1);
  return set.empty() ? 0 : set[0].get_weight();
}

void Explainer::AddPart(const Part& part, v1::MatchKind kind, double weight, Xapian::docid docid,
                        v1::Explanation& explanation) const {
  FoundTerm found = MostFrequent(reader_.database(), docid, part.terms, part.prefix);
  TermDescription described = DescribeTerm(found.term);
  v1::TermWeight* added = explanation.add_terms();
  added->set_term(described.text);
  added->set_field(described.field);
  added->set_stemmed(described.stemmed);
  added->set_within_document_frequency(static_cast<int32_t>(found.wdf));
  added->set_document_frequency(reader_.database().get_termfreq(found.term) -
                                CountWith(reader_.database(), hidden_, found.term));
  added->set_weight(weight);
  bool other_form = kind == v1::MATCH_KIND_EXACT && described.stemmed;
  added->set_kind(other_form ? v1::MATCH_KIND_STEM : kind);
}

}  // namespace broadsheet::search
