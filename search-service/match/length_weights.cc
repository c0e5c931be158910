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

// How many articles have any of the terms is estimated as OP_SYNONYM does: as if the terms were independent, in whole
// articles, term by term.
Xapian::Query LengthWeights::AnyOf(const std::vector<std::string>& terms) const {
  const Xapian::Database& database = frequencies_.database();
  const double documents = database.get_doccount();
  std::vector<double> frequencies;
  for (const std::string& term : terms) {
    if (const auto frequency = frequencies_.Of(term); frequency > 0) frequencies.push_back(frequency);
  }
  std::sort(frequencies.begin(), frequencies.end());
  double any = 0;
  for (double frequency : frequencies)
    any = any == 0 ? frequency : std::floor(any + frequency - any * frequency / documents + 0.5);
  const Bm25Formula bm25(parameters_, documents, any, database.get_avlength());
  return Xapian::Query((new AnyOfSource(terms, bm25, columns_, context_, cache_))->release());
}

}  // namespace broadsheet::search
