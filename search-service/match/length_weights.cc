#include "search/match/length_weights.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "search/match/any_of_source.h"

namespace broadsheet::search {

LengthWeights::LengthWeights(TermFrequencies& terms, ColumnSet columns, const Bm25Parameters& parameters,
                             CallContext context, PostingsCache& cache)
    : frequencies_(terms),
      columns_(std::move(columns)),
      parameters_(parameters),
      context_(std::move(context)),
      cache_(cache) {
  cache_.SetArticles(terms.database().get_doccount());
}

Bm25Formula FormulaOf(TermFrequencies& terms, const std::vector<std::string>& any, const Bm25Parameters& parameters) {
  const Xapian::Database& database = terms.database();
  const double documents = database.get_doccount();
  std::vector<double> frequencies;
  for (const std::string& term : any) {
    if (const auto frequency = terms.Of(term); frequency > 0) frequencies.push_back(frequency);
  }
  std::sort(frequencies.begin(), frequencies.end());
  double expected = 0;
  for (double frequency : frequencies)
    expected = expected == 0 ? frequency : std::floor(expected + frequency - expected * frequency / documents + 0.5);
  return {parameters, documents, expected, database.get_avlength()};
}

Xapian::Query LengthWeights::AnyOf(const std::vector<std::string>& terms) const {
  const Bm25Formula bm25 = FormulaOf(frequencies_, terms, parameters_);
  return Xapian::Query((new AnyOfSource(terms, bm25, columns_, context_, cache_))->release());
}

}  // namespace broadsheet::search
