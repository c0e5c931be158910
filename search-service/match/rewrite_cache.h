#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "common/base/lru.h"
#include "search/query/rewrite.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// Texts of queries as they were rewritten for a snapshot (query/rewrite.h), which costs a walk through the words of the
// index where one may be misspelt: for the next page, the same with another filter, and what many ask. Thread-safe.
class RewriteCache {
 public:
  static constexpr size_t kBytes = 4 << 20;  // of all that it keeps, about

  // The text of `query` for the snapshot with that identity: what is known, or what `rewrite` makes of it.
  RewrittenQuery Get(const SearchQuery& query, uint64_t snapshot, const std::function<RewrittenQuery()>& rewrite);

 private:
  struct Kept {
    std::shared_ptr<const RewrittenQuery> rewritten;
    std::shared_ptr<const Synonyms> synonyms;  // part of the key is where they are, so they stay
  };

  std::shared_ptr<const RewrittenQuery> Find(const std::string& key);

  std::mutex mutex_;
  Lru<std::string, Kept> entries_;
};

}  // namespace broadsheet::search
