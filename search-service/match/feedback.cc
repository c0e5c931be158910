#include "search/match/feedback.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "common/schema/field.h"
#include "search/query/compile.h"

namespace broadsheet::search {
namespace {

constexpr int kFewestArticles = 2;
constexpr size_t kShortestStem = 3;

struct Use {
  double times = 0;
  int articles = 0;
};

struct Chosen {
  std::string term;
  double weight = 0;
};

// Stems of title and body: those of other fields have a capital letter after the prefix.
bool IsStemOfText(const std::string& term) {
  return term.size() >= kStemPrefix.size() + kShortestStem && term.starts_with(kStemPrefix) &&
         !absl::ascii_isupper(static_cast<unsigned char>(term[kStemPrefix.size()]));
}

std::map<std::string, Use> CountTerms(const Xapian::Database& database, const Xapian::MSet& best) {
  std::map<std::string, Use> uses;
  for (auto hit = best.begin(); hit != best.end(); ++hit) {
    auto term = database.termlist_begin(*hit);
    const auto end = database.termlist_end(*hit);
    for (term.skip_to(std::string(kStemPrefix)); term != end && (*term).starts_with(kStemPrefix); ++term) {
      if (!IsStemOfText(*term)) continue;
      Use& use = uses[*term];
      use.times += term.get_wdf();
      ++use.articles;
    }
  }
  return uses;
}

// By how much less likely it is that chance put a term so often into these articles.
double Bo1(double times, double collection_frequency, double articles) {
  const double expected = collection_frequency / articles;
  return times * std::log2((1 + expected) / expected) + std::log2(1 + expected);
}

}  // namespace

Xapian::Query WithFeedback(const SearchQuery& query, const Xapian::Query& matching, Xapian::Enquire& enquire,
                           Reader& reader) {
  const QueryExpansion& asked = *query.ranking.expansion;
  const Xapian::Database& database = reader.database();
  enquire.set_query(matching);
  const Xapian::MSet best = enquire.get_mset(0, static_cast<Xapian::doccount>(asked.documents));
  std::vector<Chosen> chosen;
  for (const auto& [term, use] : CountTerms(database, best)) {
    if (use.articles < kFewestArticles) continue;
    chosen.push_back({term, Bo1(use.times, static_cast<double>(database.get_collection_freq(term)),
                                static_cast<double>(database.get_doccount()))});
  }
  std::stable_sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
  if (chosen.size() > static_cast<size_t>(asked.terms)) chosen.resize(static_cast<size_t>(asked.terms));
  if (chosen.empty()) return matching;
  std::vector<Xapian::Query> terms;
  for (const Chosen& one : chosen) {
    terms.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(one.term),
                       kFeedbackWeight * one.weight / chosen.front().weight);
  }
  return {Xapian::Query::OP_AND_MAYBE, matching, Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end())};
}

}  // namespace broadsheet::search
