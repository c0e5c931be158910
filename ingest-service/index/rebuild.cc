#include "ingest/index/rebuild.h"

#include <xapian.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/index/manifest.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "ingest/index/event_feed.h"
#include "ingest/index/freeze.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/retention.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

// Text between two commits: nobody reads yet, so only memory asks for them.
constexpr size_t kCommitBytes = 32 << 20;
constexpr int kReportEvents = 1000;

int64_t CountOf(const Xapian::Database& database, std::string_view term) {
  return database.get_termfreq(std::string(term));
}

// Takes the events one by one from the feed into the shard.
absl::Status Fill(EventFeed& feed, ShardWriter& writer, const std::function<void(int64_t)>& reached) {
  size_t bytes = 0;
  int64_t applied = 0;
  for (int64_t events = 1; !feed.caught_up(); ++events) {
    auto event = feed.Next(std::nullopt);
    if (!event.ok()) return event.status();
    if (!event->has_value()) continue;
    if (absl::Status status = writer.Apply(**event); !status.ok()) return status;
    applied = (*event)->sequence;
    bytes += (*event)->bytes;
    if (bytes >= kCommitBytes) {
      if (absl::Status status = writer.Commit(applied); !status.ok()) return status;
      bytes = 0;
    }
    if (events % kReportEvents == 0) reached(applied);
  }
  return absl::OkStatus();
}

// Counts what the new shard holds after the engine's own check of its tables.
absl::StatusOr<RebuiltIndex> Verify(const fs::path& shard, int64_t sequence) {
  return CatchXapian([&]() -> absl::StatusOr<RebuiltIndex> {
    if (size_t errors = Xapian::Database::check(shard.string(), 0, nullptr); errors != 0) {
      return ErrorWithReason(absl::StatusCode::kDataLoss, "INDEX_CORRUPT",
                             absl::StrCat("the new index has ", errors, " errors; the old one stays in force"));
    }
    Xapian::Database database(shard.string());
    RebuiltIndex done{sequence, CountOf(database, kArticleTerm), CountOf(database, kTombstoneTerm)};
    if (done.articles + done.tombstones == static_cast<int64_t>(database.get_doccount())) return done;
    return ErrorWithReason(absl::StatusCode::kInternal, "INDEX_CORRUPT",
                           "the new index has documents of no kind; the old one stays in force");
  });
}

absl::StatusOr<std::unique_ptr<ShardWriter>> BuildShard(const RebuildOptions& options, const ShardEntry& shard,
                                                        const EventReader& read, const Clock& clock,
                                                        const std::function<void(int64_t)>& reached) {
  auto writer =
      ShardWriter::Create(ShardDirectory(options.directory, shard), shard, options.lineage, options.flush_documents);
  if (!writer.ok()) return writer;
  EventFeed feed(WithoutExpired(read, clock.Now() - options.retention), 0, options.archive_sequence);
  if (absl::Status filled = Fill(feed, **writer, reached); !filled.ok()) return filled;
  absl::Status forgotten = (*writer)->ForgetTombstones(clock.Now() - options.tombstone_horizon);
  if (!forgotten.ok()) return forgotten;
  if (absl::Status committed = (*writer)->Commit(options.archive_sequence); !committed.ok()) return committed;
  return writer;
}

// The new shard, which takes writes unless it is too large for that.
absl::StatusOr<Manifest> PutInForce(const RebuildOptions& options, const ShardEntry& shard, const ShardWriter& writer,
                                    int64_t old_generation) {
  Manifest manifest{old_generation, options.lineage, {shard}};
  if (writer.documents() >= options.hot_documents) {
    auto next = FreezeHotShard(options.directory, writer, options.flush_documents, manifest);
    if (!next.ok()) return next.status();
    return manifest;
  }
  ++manifest.generation;
  if (absl::Status written = WriteManifest(options.directory, manifest); !written.ok()) return written;
  return manifest;
}

}  // namespace

absl::StatusOr<RebuiltIndex> Rebuild(const RebuildOptions& options, const EventReader& read, const Clock& clock,
                                     const std::function<void(int64_t)>& reached) {
  std::error_code error;
  fs::create_directories(options.directory, error);
  if (error) {
    return absl::InternalError(absl::StrCat("cannot create ", options.directory.string(), ": ", error.message()));
  }
  auto lock = DirectoryLock::Acquire(options.directory);
  if (!lock.ok()) return lock.status();

  // An old index that cannot be read is no reason to stop: it may be why we are here. It is not touched before the end.
  auto old = ReadManifest(options.directory);
  if (old.ok()) {
    if (absl::Status removed = RemoveGarbage(options.directory, *old); !removed.ok()) return removed;
  }
  const ShardEntry shard = NewShardEntry(/*first_sequence=*/1);
  auto built = BuildShard(options, shard, read, clock, reached);
  if (!built.ok()) return built.status();
  auto done = Verify(ShardDirectory(options.directory, shard), options.archive_sequence);
  if (!done.ok()) return done;

  auto manifest = PutInForce(options, shard, **built, old.ok() ? old->generation : 0);
  if (!manifest.ok()) return manifest.status();
  if (absl::Status removed = RemoveGarbage(options.directory, *manifest); !removed.ok()) return removed;
  return done;
}

}  // namespace broadsheet::ingest
