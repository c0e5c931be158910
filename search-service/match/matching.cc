#include "search/match/matching.h"

#include <utility>

#include "search/query/copies.h"

namespace broadsheet::search {

RewrittenQuery RewriteText(const SearchQuery& query, const Reader& reader, std::function<void()> look) {
  if (query.rewritten) return {.query = query.text};
  const Synonyms none;
  return Rewrite(query.text, query.words, query.synonyms == nullptr ? none : *query.synonyms, reader.languages(),
                 reader.frequencies(), std::move(look));
}

bool HasRanges(const SearchQuery& query) {
  return query.filter.has_value() && HasRanges(*query.filter);
}

Xapian::Query CompileMatching(const SearchQuery& query, const std::optional<Filter>& filter, const Reader& reader,
                              const ColumnSet* columns, const WeighAnyOf* weigh) {
  const Filter* compiled = filter.has_value() ? &*filter : nullptr;
  if (!query.rewritten) {
    SearchQuery ready = query;
    ready.text = RewriteText(query, reader, [] {}).query;
    ready.rewritten = true;
    return CompileMatching(ready, filter, reader, columns, weigh);
  }
  const Xapian::Query matching =
      CompileQuery(query.text, compiled, reader.languages(), query.exact_words, columns, weigh);
  return query.hide_copies ? WithoutCopies(matching) : matching;
}

}  // namespace broadsheet::search
