#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "common/index/superseded.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "ingest/index/index_directory.h"
#include "shard_set_fixture.h"

namespace broadsheet::ingest {

// Shards that an archive can restore.
class RepairTest : public ShardSetFixture {
 protected:
  ShardSetOptions Options() {
    ShardSetOptions options = ShardSetFixture::Options();
    options.archive = log_.View();
    options.verify_bytes_per_second = int64_t{1} << 40;
    options.verify_interval = verify_interval_;
    return options;
  }

  std::unique_ptr<ShardSet> Open() {
    std::filesystem::create_directories(Options().directory);
    auto shards = ShardSet::Open(Options(), clock_);
    EXPECT_TRUE(shards.ok()) << shards.status();
    return shards.ok() ? *std::move(shards) : nullptr;
  }

  // As the indexer does it: the next events, and between them what is restored.
  absl::Status ApplyBatch(ShardSet& shards) {
    const int64_t through = std::min(shards.writer().sequence() + kBatch, log_.last_sequence());
    const auto events = log_.Reader()(shards.writer().sequence(), {through, 10'000, 0});
    for (const IndexEvent& event : *events) {
      if (auto restored = shards.Advance(); !restored.ok()) return restored.status();
      if (absl::Status applied = Apply(shards, event); !applied.ok()) return applied;
    }
    return shards.writer().Commit(through);
  }

  static absl::Status Apply(ShardSet& shards, const IndexEvent& event) {
    const PreparedEvent prepared = Prepare(event);
    if (absl::Status before = shards.RestoreBefore(prepared); !before.ok()) return before;
    return shards.writer().Apply(prepared);
  }

  void Tend(ShardSet& shards) {
    const auto restored = shards.Advance();
    ASSERT_TRUE(restored.ok()) << restored.status();
    if (shards.writer().dirty()) {
      ASSERT_TRUE(shards.writer().Commit(shards.writer().sequence()).ok());
    }
    ASSERT_TRUE(shards.Tend().ok());
    usleep(500);
  }

  void TendUntilWhole(ShardSet& shards) {
    do {
      ASSERT_NO_FATAL_FAILURE(Tend(shards));
    } while (shards.sealing() || shards.advancing() || shards.status().damaged > 0);
  }

  void TendUntilDamaged(ShardSet& shards) {
    while (shards.status().damaged == 0)
      ASSERT_NO_FATAL_FAILURE(Tend(shards));
  }

  // Of `events` random events, all of them applied.
  void Write(ShardSet& shards, int events, unsigned seed) {
    log_.WriteRandomly(events, seed);
    ApplyAll(shards);
  }

  void ApplyAll(ShardSet& shards) {
    for (int batch = 0; shards.writer().sequence() < log_.last_sequence(); ++batch) {
      ASSERT_TRUE(ApplyBatch(shards).ok());
      ASSERT_TRUE(shards.Tend().ok());
      if (batch % 6 != 0) continue;
      ASSERT_NO_FATAL_FAILURE(TendUntilWhole(shards));
    }
  }

  Manifest InForce() { return ReadManifest(Options().directory).value(); }

  // A sealed shard of the manifest: the one with the most documents, or the newest.
  ShardEntry Sealed(bool largest) {
    const Manifest manifest = InForce();
    ShardEntry found;
    for (const ShardEntry& shard : manifest.shards) {
      if (shard.state != ShardState::kSealed) continue;
      if (found.uuid.empty() || !largest || shard.documents > found.documents) found = shard;
    }
    return found;
  }

  // A sealed shard that says of documents in another one that they are superseded; none: there is no such shard.
  std::optional<ShardEntry> WithMarks() {
    const Manifest manifest = InForce();
    for (const ShardEntry& shard : manifest.shards) {
      if (shard.state != ShardState::kSealed) continue;
      const SupersededDocids marks = ReadSupersededMarks(Xapian::Database(FileOf(shard, "").string()));
      for (const ShardEntry& other : manifest.shards) {
        if (other.uuid != shard.uuid && marks.contains(other.uuid)) return shard;
      }
    }
    return std::nullopt;
  }

  std::filesystem::path FileOf(const ShardEntry& shard, const std::string& name) {
    return ShardDirectory(Options().directory, shard) / name;
  }

  void ExpectRestored(ShardSet& shards) {
    ASSERT_NO_FATAL_FAILURE(ExpectAsRebuilt(shards));
    ExpectNoGarbage();
  }

  // What a reader of the manifest in force finds: of no article an old version, and none twice. Returns how many.
  int64_t ExpectNothingOvertaken() {
    const Manifest manifest = InForce();
    std::map<std::string, Xapian::Database> open;
    SupersededDocids marks;
    int64_t sequence = 0;
    for (const ShardEntry& shard : manifest.shards) {
      if (shard.damaged()) continue;
      const Xapian::Database& database = open[shard.uuid] = Xapian::Database(FileOf(shard, "").string());
      for (const auto& [uuid, docids] : ReadSupersededMarks(database))
        MergeDocids(docids, marks[uuid]);
      sequence = std::max<int64_t>(sequence, std::stoll(database.get_metadata("sequence")));
    }
    std::set<std::string> found;
    for (const auto& [uuid, database] : open) {
      const std::string prefix(GetField(FieldId::kId).keyword_prefix);
      for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
        const std::string id = (*term).substr(prefix.size());
        for (auto place = database.postlist_begin(*term); place != database.postlist_end(*term); ++place) {
          if (std::binary_search(marks[uuid].begin(), marks[uuid].end(), *place)) continue;
          EXPECT_TRUE(found.insert(id).second) << id << " stands twice";
          const std::string value = database.get_document(*place).get_value(GetField(FieldId::kSequence).slot);
          EXPECT_EQ(DecodeNumber(value), log_.NewestOf(id, sequence)) << id;
        }
      }
    }
    return static_cast<int64_t>(found.size());
  }

  absl::Duration verify_interval_ = absl::Hours(24);
};

}  // namespace broadsheet::ingest
