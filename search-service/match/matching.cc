#include "search/match/matching.h"

#include "search/query/compile.h"

namespace broadsheet::search {

Xapian::Query CompileMatching(const SearchQuery& query, const std::optional<Filter>& filter, const Reader& reader,
                              const ColumnSet* columns) {
  return CompileQuery(query.text, filter.has_value() ? &*filter : nullptr, reader.languages(), query.exact_words,
                      columns);
}

}  // namespace broadsheet::search
