#pragma once

#include "search/match/article_cache.h"
#include "search/match/places_cache.h"
#include "search/match/postings_cache.h"
#include "search/match/rewrite_cache.h"

namespace broadsheet::search {

// What searches leave for those that come after them. Thread-safe.
struct SearchCaches {
  PostingsCache postings;
  PlacesCache places;
  ArticleCache articles;
  RewriteCache rewritten;
};

}  // namespace broadsheet::search
