#include "search/match/highlighter.h"

namespace broadsheet::search {

Highlighter::Highlighter(const SearchQuery& query, const TermLookup& lookup)
    : limits_{static_cast<uint32_t>(query.highlight.snippet_bytes), query.highlight.max_snippets},
      marks_(MarksOf(query.text, lookup)) {}

void Highlighter::Highlight(const v1::Article& article, Highlights& highlights) {
  auto finders = finders_.find(article.language());
  if (finders == finders_.end()) {
    finders = finders_.try_emplace(article.language(), marks_, article.language()).first;
  }
  if (!marks_.title.empty()) HighlightTitle(article.title(), finders->second.title, highlights);
  HighlightBody(article.body(), finders->second.body, marks_.body.terms, limits_, highlights);
}

}  // namespace broadsheet::search
