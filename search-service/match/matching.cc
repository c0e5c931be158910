#include "search/match/matching.h"

#include "search/query/copies.h"

namespace broadsheet::search {

Xapian::Query CompileMatching(const SearchQuery& query, const std::optional<Filter>& filter, const Reader& reader,
                              const ColumnSet* columns, const WeighAnyOf* weigh) {
  const Filter* compiled = filter.has_value() ? &*filter : nullptr;
  const Xapian::Query matching =
      CompileQuery(query.text, compiled, reader.languages(), query.exact_words, columns, weigh);
  return query.hide_copies ? WithoutCopies(matching) : matching;
}

}  // namespace broadsheet::search
