#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "common/base/lru.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// An article as a list of hits needs it.
struct ShownArticle {
  v1::Article card;  // what ARTICLE_VIEW_CARD shows
  std::string body;  // empty unless it was asked for
};

// The articles that hits showed lately, decoded, within kBytes: the newest and the most relevant ones are shown again
// and again, and reading one takes the engine several blocks of its tables. What was shown longest ago goes first, and
// with it what belongs to revisions that nobody reads any more. Thread-safe.
class ArticleCache {
 public:
  static constexpr size_t kBytes = 16 << 20;

  using Shown = std::shared_ptr<const ShownArticle>;

  explicit ArticleCache(size_t bytes = kBytes) : budget_(bytes) {}

  // The article of a document of the reader's snapshot. Errors and exceptions as ReadArticle (stored.h).
  absl::StatusOr<Shown> Get(const Reader& reader, Xapian::docid docid, bool with_body);

  // Memory of what it holds, about.
  size_t bytes() const;

 private:
  struct Entry {
    Shown article;
    bool has_body = false;
  };
  using Key = std::pair<uint64_t, Xapian::docid>;  // OpenShard::identity, the docid in the shard

  const size_t budget_;
  mutable std::mutex mutex_;
  Lru<Key, Entry> entries_;
};

}  // namespace broadsheet::search
