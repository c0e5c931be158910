#pragma once

#include <cstdint>

#include "search/match/article_cache.h"
#include "search/match/places_cache.h"
#include "search/match/postings_cache.h"
#include "search/match/rewrite_cache.h"

namespace broadsheet::search {

// What searches leave for those that come after them. Thread-safe.
struct SearchCaches {
  explicit SearchCaches(uint64_t few = PostingsCache::kFew) : postings(PostingsCache::kLeastBytes, few) {}

  PostingsCache postings;
  PlacesCache places;
  ArticleCache articles;
  RewriteCache rewritten;
};

}  // namespace broadsheet::search
