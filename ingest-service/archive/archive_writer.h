#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/base/clock.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/record.h"

namespace broadsheet::ingest {

class Checkpointer;
class Connection;
class DictionaryTrainer;
class Ledger;

struct ArchiveWriterOptions {
  size_t queue_records = 4'096;         // waiting records; Append refuses beyond
  size_t queue_bytes = 256 << 20;       // of waiting records; Append refuses beyond
  size_t group_records = 512;           // most records of one commit
  size_t group_bytes = 16 << 20;        // a group takes no further record beyond
  int64_t checkpoint_bytes = 16 << 20;  // of write-ahead log, after which it is copied into the database
  int64_t restart_bytes = 32 << 20;     // of write-ahead log, after which the writer waits until it begins anew
  int64_t dictionary_events = 512;      // events of the archive, after which it gets its first dictionary
};

// The one thread that writes the archive. It takes all records that wait, decides each against what stands (earlier
// records of the same group included), commits them as one group, and only then gives the results, in order.
//
// Any error of SQLite in a group, at its commit or at a checkpoint ends it for good: no result of that group is given,
// the fatal callback is called once, and every record waiting or to come gets UNAVAILABLE. The process then exits and
// recovers at the next start. Append is thread-safe; callbacks come from the writer's threads and must not block.
class ArchiveWriter {
 public:
  // Called once per record. A result is durable; an error says that nothing is known of the record.
  using Done = std::function<void(absl::StatusOr<v1::IngestResult>)>;

  struct Callbacks {
    std::function<void(int64_t last_sequence)> on_durable;     // after each commit that wrote, before its results
    std::function<void(const absl::Status& status)> on_fatal;  // at most once
  };

  // `archive` and `clock` must outlive it. Errors of reading where the archive stands.
  static absl::StatusOr<std::unique_ptr<ArchiveWriter>> Start(Archive& archive, const Clock& clock, Callbacks callbacks,
                                                              const ArchiveWriterOptions& options = {});

  // Commits what waits, then ends.
  ~ArchiveWriter();

  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;

  // Queues a record behind all that were queued before. RESOURCE_EXHAUSTED with RetryInfo when the queue is full,
  // UNAVAILABLE after a fatal error; `done` is then not called.
  absl::Status Append(Record record, Done done);

  // Sequence of the newest event whose commit has returned.
  int64_t durable_sequence() const { return durable_sequence_.load(std::memory_order_acquire); }

 private:
  struct Entry {
    Record record;
    Done done;
    size_t bytes;
  };
  using Group = std::vector<Entry>;

  ArchiveWriter(Archive& archive, const Clock& clock, Callbacks callbacks, const ArchiveWriterOptions& options);

  void Work();
  bool TakeGroup(Group& group);
  absl::StatusOr<std::vector<v1::IngestResult>> CommitGroup(const Group& group);
  void Deliver(Group& group, std::vector<v1::IngestResult> results);
  bool failed();
  void Fail(const absl::Status& status);
  void Abandon(Group& group);
  absl::Status AppendAndWait(Record record);

  const ArchiveWriterOptions options_;
  const Callbacks callbacks_;
  const Clock& clock_;
  const std::string lineage_;
  Connection& connection_;
  std::unique_ptr<Ledger> ledger_;
  std::atomic<int64_t> durable_sequence_{0};

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Entry> queue_;
  size_t queued_bytes_ = 0;
  bool stopping_ = false;
  bool failed_ = false;

  std::unique_ptr<Checkpointer> checkpointer_;
  std::unique_ptr<DictionaryTrainer> trainer_;
  std::thread thread_;
};

}  // namespace broadsheet::ingest
