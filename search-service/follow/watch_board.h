#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/follow/changes.h"
#include "search/index/reader.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// What live queries share, so that a commit is read once for all of them and each different question is asked once,
// however many watch it. It remembers the last few commits; who is further behind works alone. Thread-safe; Xapian's
// exceptions pass through.
class WatchBoard {
 public:
  using Changes = std::shared_ptr<const ChangeSet>;
  using Flags = std::shared_ptr<const std::vector<bool>>;
  using Held = std::shared_ptr<const std::vector<HeldArticle>>;

  // ReadChanges(), once for each snapshot and sequence.
  absl::StatusOr<Changes> ReadOnce(Reader& reader, int64_t after);

  // What a query matches, embargoes aside. Its text is rewritten once for each snapshot and question. `columns` as in
  // CompileMatching.
  Xapian::Query Compile(Reader& reader, const ColumnSet* columns, const SearchQuery& query, const CallContext& context);

  // Which of the changes a query matches, embargoes aside; deletions never. `changes` are of the reader's snapshot.
  Flags MatchOnce(Reader& reader, const ColumnSet* columns, const Changes& changes, const SearchQuery& query,
                  const CallContext& context);

  // Articles whose embargo ends after a time, and perhaps some before it.
  Held ReadHeldOnce(Reader& reader, int64_t after_micros);

  // A watcher's position, for the metrics, until it is taken off.
  void Add(const std::atomic<int64_t>* position);
  void Remove(const std::atomic<int64_t>* position);

  // The position of the watcher that is furthest behind; nothing without watchers.
  std::optional<int64_t> slowest() const;

 private:
  struct Entry {
    Changes changes;
    absl::flat_hash_map<uint64_t, Flags> flags;  // by fingerprint of the query
  };
  struct HeldEntry {
    uint64_t identity;
    int64_t after_micros;
    Held held;
  };

  using Text = std::shared_ptr<const ParsedQuery>;
  struct Rewritten {
    uint64_t identity;                          // of the snapshot
    absl::flat_hash_map<uint64_t, Text> texts;  // by fingerprint of the query
  };

  Text RewriteOnce(Reader& reader, const SearchQuery& query, const CallContext& context);

  mutable std::mutex mutex_;
  std::deque<Entry> entries_;  // guarded by mutex_, as what follows; newest last
  std::deque<HeldEntry> held_;
  std::deque<Rewritten> rewritten_;
  std::set<const std::atomic<int64_t>*> positions_;
};

}  // namespace broadsheet::search
