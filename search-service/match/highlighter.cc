#include "search/match/highlighter.h"

namespace broadsheet::search {

Highlighter::Highlighter(const SearchQuery& query, const TermLookup& lookup)
    : limits_{static_cast<uint32_t>(query.highlight.snippet_bytes), query.highlight.max_snippets},
      marks_(MarksOf(query.text, lookup)) {}

void Highlighter::Highlight(const v1::Article& card, std::string_view body, Highlights& highlights) {
  auto finders = finders_.find(card.language());
  if (finders == finders_.end()) {
    finders = finders_.try_emplace(card.language(), marks_, card.language()).first;
  }
  if (!marks_.title.empty()) HighlightTitle(card.title(), finders->second.title, highlights);
  HighlightBody(body, finders->second.body, marks_.body.terms, limits_, highlights);
}

}  // namespace broadsheet::search
