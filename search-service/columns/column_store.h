#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"

namespace broadsheet::search {

// The columns of the newest revisions of each shard. Who asks for a revision that is not there builds it, from the
// nearest one that is, out of the very database that will be matched, so that columns and postings cannot disagree;
// others who want one of that shard wait. Thread-safe.
class ColumnStore {
 public:
  // Of the shard `uuid`, which `database` has open at `revision`. DEADLINE_EXCEEDED when the caller stops to wait;
  // ABORTED (INDEX_CHANGED) when commits overtook the database.
  absl::StatusOr<std::shared_ptr<const ShardColumns>> Get(const std::string& uuid, const Xapian::Database& database,
                                                          uint64_t revision, const CallContext& context);

  // The same, when it is there already; null when it is not.
  std::shared_ptr<const ShardColumns> Find(const std::string& uuid, uint64_t revision) const;

  // Forgets the columns of shards that are not in `set`; those who hold them keep them.
  void Keep(const ColumnSet& set);

  // Memory of all columns kept.
  size_t bytes() const;

 private:
  struct Shard {
    bool building = false;
    std::map<uint64_t, std::shared_ptr<const ShardColumns>> revisions;
  };

  static std::shared_ptr<const ShardColumns> NearestOf(const Shard& shard, uint64_t revision);
  static void Store(Shard& shard, std::shared_ptr<const ShardColumns> columns);

  mutable std::mutex mutex_;
  std::condition_variable built_;
  std::map<std::string, Shard> shards_;  // by uuid
};

}  // namespace broadsheet::search
