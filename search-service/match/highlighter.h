#pragma once

#include <map>
#include <string>
#include <string_view>

#include "broadsheet/v1/search.pb.h"
#include "search/match/mark_terms.h"
#include "search/match/snippets.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// Marks the words of one query in the articles of one page. Not thread-safe; one a call.
class Highlighter {
 public:
  Highlighter(const SearchQuery& query, const TermLookup& lookup);
  Highlighter(const Highlighter&) = delete;
  Highlighter& operator=(const Highlighter&) = delete;

  // Adds the highlights of an article whose title and language are in `card`: the title's if something is marked in it,
  // then the body's snippets.
  void Highlight(const v1::Article& card, std::string_view body, Highlights& highlights);

 private:
  struct Finders {
    Finders(const QueryMarks& marks, std::string_view language)
        : title(marks.title, language), body(marks.body, language) {}
    MarkFinder title;
    MarkFinder body;
  };

  const SnippetLimits limits_;
  const QueryMarks marks_;
  std::map<std::string, Finders, std::less<>> finders_;  // by language
};

}  // namespace broadsheet::search
