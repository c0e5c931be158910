#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/base/durable_file.h"
#include "ingest/archive/dictionaries.h"
#include "ingest/archive/event.h"
#include "ingest/archive/record.h"

namespace broadsheet::ingest {

class Connection;
class ConnectionPool;
struct Decision;

struct ArchiveOptions {
  // Whether each commit is synced before it counts. Only tests that must see what happens without it turn it off; no
  // flag leads here.
  bool synchronous = true;
  // Largest database in pages; 0: no limit. For tests of a full archive; no flag leads here.
  int64_t max_pages = 0;
};

struct ArchiveCounts {
  int64_t articles = 0;  // that stand
  int64_t tombstones = 0;
  int64_t last_sequence = 0;  // of the newest durable event; 0 in an empty archive
  int64_t bytes = 0;          // on disk, write-ahead log included
};

// What was written at one revision.
struct RawRevision {
  v1::RawArticle article;
  v1::Revision revision;
};

// An article as its writer sent it.
struct ReceivedArticle {
  v1::RawArticle article;
  absl::Time received;
};

// The source of truth: DIR/archive.db, an SQLite database whose rows are events under a growing sequence. The index is
// a function of it. This class opens it and reads it; ArchiveWriter writes.
//
// Reads are thread-safe, run in short transactions on connections of their own and never block the writer. Errors:
// DATA_LOSS naming the sequence when a row does not fit its checksum, INTERNAL with SQLite's words otherwise.
class Archive {
 public:
  // Opens the archive in `directory`, or creates directory and archive. FAILED_PRECONDITION when another process has
  // it, when the file is something else, or when a newer version of this program made it.
  static absl::StatusOr<std::unique_ptr<Archive>> Open(const std::filesystem::path& directory,
                                                       const ArchiveOptions& options = {});
  ~Archive();

  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  const std::filesystem::path& directory() const { return directory_; }

  // UUID of this archive. Sequences compare only within one lineage.
  const std::string& lineage() const { return lineage_; }

  // The events after `after_sequence`, ascending and without gaps in meaning: all that is durable, history included.
  absl::StatusOr<std::vector<Event>> ReadEvents(int64_t after_sequence, const ReadLimits& limits = {});

  // The events that stand (the newest of each article, tombstones included) after `after_sequence`, ascending. Read to
  // the end, then followed by ReadEvents from the last sequence seen, they give the same state as all events.
  absl::StatusOr<std::vector<Event>> ReadStanding(int64_t after_sequence, const ReadLimits& limits = {});

  // The event that stands of one article, by any id it is known by. NOT_FOUND when there is no such id.
  absl::StatusOr<Event> ReadStandingOf(std::string_view id);

  // How many articles stand by events after `after_sequence` up to `through_sequence`.
  absl::StatusOr<int64_t> CountStanding(int64_t after_sequence, int64_t through_sequence);

  // What a writer sent that led to an event, and when the service received it.
  absl::StatusOr<ReceivedArticle> GetRawBehind(const Event& event);

  // The article as its writer sent it: at `revision`, or the newest that is no deletion. `id` may be any id it is
  // known by. NOT_FOUND when there is no such id, or no such revision, or it was a deletion.
  absl::StatusOr<RawRevision> GetRaw(std::string_view id, std::optional<int32_t> revision);

  // What happened to an article, newest first: at most `limit` events with a sequence below `before_sequence` (0: the
  // newest). NOT_FOUND when there is no such id.
  absl::StatusOr<std::vector<v1::Revision>> ListRevisions(std::string_view id, int64_t before_sequence, int limit);

  // What happened to an article last before `sequence`; none if nothing did. `id` is the article's own.
  absl::StatusOr<std::optional<Event>> EventBefore(std::string_view id, int64_t sequence);

  // Sequences of the events that stand, after one and up to another, ascending; at most `limit`. Reads no articles.
  absl::StatusOr<std::vector<int64_t>> ListStanding(int64_t after_sequence, int64_t through_sequence, int limit);

  // The newest event, up to `through_sequence`, of the article that the event `sequence` is of; 0 when there is none.
  absl::StatusOr<int64_t> NewestOfSame(int64_t sequence, int64_t through_sequence);

  // The event under a sequence, with what ReadEvents gives. NOT_FOUND when there is none.
  absl::StatusOr<Event> ReadAt(int64_t sequence);

  // What happened to the article of the event `sequence` last before it, likewise; none if nothing did.
  absl::StatusOr<std::optional<Event>> BeforeOfSame(int64_t sequence);

  absl::StatusOr<ArchiveCounts> Counts();

  // The article that an id or a canonical URL leads to, deleted ones too; empty when there is none.
  absl::StatusOr<std::string> ResolveKey(DeletionRecord::Key kind, std::string_view key);

  // What writing `record` at `now` would give. Its sequence is that of the version that stands, or 0.
  absl::StatusOr<v1::IngestResult> Preview(const ArticleRecord& record, absl::Time now);
  absl::StatusOr<v1::IngestResult> Preview(const DerivationRecord& record, absl::Time now);

  // Derived articles as they were compressed, from all over the archive, until they are `bytes` together. Those that
  // are damaged are passed over.
  absl::StatusOr<std::vector<std::string>> Sample(size_t bytes);

  // What the articles are compressed with.
  Dictionaries& dictionaries() { return dictionaries_; }

  // For ArchiveWriter and Checkpointer, one thread each.
  Connection& write_connection() { return *write_; }
  Connection& checkpoint_connection() { return *checkpoint_; }

 private:
  Archive(std::filesystem::path directory, DirectoryLock lock);
  template <typename Decide>
  absl::StatusOr<Decision> DecideOnly(Decide decide);

  const std::filesystem::path directory_;
  DirectoryLock lock_;
  std::string lineage_;
  Dictionaries dictionaries_;
  std::unique_ptr<Connection> write_;
  std::unique_ptr<Connection> checkpoint_;
  std::unique_ptr<ConnectionPool> readers_;
};

}  // namespace broadsheet::ingest
