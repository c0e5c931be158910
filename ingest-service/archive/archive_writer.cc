#include "ingest/archive/archive_writer.h"

#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "ingest/archive/checkpointer.h"
#include "ingest/archive/dictionary_trainer.h"
#include "ingest/archive/ledger.h"
#include "ingest/archive/schema.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {
namespace {

constexpr absl::Duration kRetryDelay = absl::Milliseconds(200);

size_t BytesOf(const Record& record) {
  if (const auto* article = std::get_if<ArticleRecord>(&record)) return article->bytes();
  if (const auto* derivation = std::get_if<DerivationRecord>(&record)) return derivation->bytes();
  if (const auto* dictionary = std::get_if<KeptDictionary>(&record)) return dictionary->bytes.size() + sizeof(Record);
  return sizeof(Record);
}

absl::Status Failed() {
  return RetryableError(absl::StatusCode::kUnavailable, "ARCHIVE_FAILED",
                        "the archive cannot be written and the service is restarting; send the article again",
                        absl::Seconds(1));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ArchiveWriter>> ArchiveWriter::Start(Archive& archive, const Clock& clock,
                                                                    Callbacks callbacks,
                                                                    const ArchiveWriterOptions& options) {
  absl::StatusOr<std::unique_ptr<Ledger>> ledger = Ledger::Open(archive.write_connection(), archive.dictionaries());
  if (!ledger.ok()) return ledger.status();
  std::unique_ptr<ArchiveWriter> writer(new ArchiveWriter(archive, clock, std::move(callbacks), options));
  writer->durable_sequence_ = (*ledger)->last_sequence();
  writer->ledger_ = *std::move(ledger);
  writer->checkpointer_ = std::make_unique<Checkpointer>(
      archive.checkpoint_connection(), options.checkpoint_bytes / kPageSize, options.restart_bytes / kPageSize,
      [writer = writer.get()](const absl::Status& status) { writer->Fail(status); });
  writer->trainer_ = std::make_unique<DictionaryTrainer>(
      archive, options.dictionary_events,
      [writer = writer.get()](const KeptDictionary& dictionary) { return writer->AppendAndWait(dictionary); });
  writer->trainer_->Notify(writer->durable_sequence());
  writer->thread_ = std::thread([writer = writer.get()] { writer->Work(); });
  return writer;
}

ArchiveWriter::ArchiveWriter(Archive& archive, const Clock& clock, Callbacks callbacks,
                             const ArchiveWriterOptions& options)
    : options_(options),
      callbacks_(std::move(callbacks)),
      clock_(clock),
      lineage_(archive.lineage()),
      connection_(archive.write_connection()) {}

ArchiveWriter::~ArchiveWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_one();
  thread_.join();
  trainer_.reset();
  checkpointer_.reset();
  if (failed_) return;
  absl::Status status = connection_.RunCheckpoint(Connection::Checkpoint::kTruncate);
  if (!status.ok()) LogWarning("archive checkpoint at the end failed", {{"error", std::string(status.message())}});
}

absl::Status ArchiveWriter::Append(Record record, Done done) {
  size_t bytes = BytesOf(record);
  {
    std::lock_guard lock(mutex_);
    if (failed_ || stopping_) return Failed();
    if (queue_.size() >= options_.queue_records || queued_bytes_ >= options_.queue_bytes) {
      return RetryableError(absl::StatusCode::kResourceExhausted, "BUSY",
                            "the archive's queue is full; try again after the delay", kRetryDelay);
    }
    queued_bytes_ += bytes;
    queue_.push_back({std::move(record), std::move(done), bytes});
  }
  ready_.notify_one();
  return absl::OkStatus();
}

bool ArchiveWriter::TakeGroup(Group& group) {
  std::unique_lock lock(mutex_);
  ready_.wait(lock, [this] { return stopping_ || failed_ || !queue_.empty(); });
  size_t bytes = 0;
  while (!queue_.empty() && group.size() < options_.group_records && bytes < options_.group_bytes) {
    bytes += queue_.front().bytes;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_bytes_ -= bytes;
  return !group.empty();
}

void ArchiveWriter::Work() {
  for (Group group; TakeGroup(group); group.clear()) {
    absl::StatusOr<std::vector<v1::IngestResult>> results = failed() ? Failed() : CommitGroup(group);
    if (!results.ok()) Fail(results.status());
    if (failed()) {
      Abandon(group);
    } else {
      Deliver(group, *std::move(results));
    }
  }
}

absl::StatusOr<std::vector<v1::IngestResult>> ArchiveWriter::CommitGroup(const Group& group) {
  std::vector<v1::IngestResult> results;
  results.reserve(group.size());
  absl::Status status = ledger_->Begin();
  for (auto entry = group.begin(); status.ok() && entry != group.end(); ++entry) {
    absl::StatusOr<v1::IngestResult> result = ledger_->Write(entry->record, clock_.Now());
    status = result.status();
    if (result.ok()) results.push_back(*std::move(result));
  }
  if (status.ok()) status = ledger_->Commit();
  if (status.ok()) return results;
  ledger_->Rollback();
  return status;
}

void ArchiveWriter::Deliver(Group& group, std::vector<v1::IngestResult> results) {
  if (ledger_->last_sequence() != durable_sequence()) {
    durable_sequence_.store(ledger_->last_sequence(), std::memory_order_release);
    checkpointer_->Notify(connection_.log_pages());
    trainer_->Notify(durable_sequence());
    if (callbacks_.on_durable) callbacks_.on_durable(durable_sequence());
  }
  for (size_t i = 0; i < group.size(); ++i) {
    results[i].set_lineage(lineage_);
    results[i].set_acknowledged(v1::ACKNOWLEDGE_LEVEL_DURABLE);
    group[i].done(std::move(results[i]));
  }
}

bool ArchiveWriter::failed() {
  std::lock_guard lock(mutex_);
  return failed_;
}

void ArchiveWriter::Fail(const absl::Status& status) {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(failed_, true)) return;
  }
  ready_.notify_one();
  LogError("the archive failed; nothing is acknowledged any more", {{"error", std::string(status.message())}});
  if (callbacks_.on_fatal) callbacks_.on_fatal(status);
}

void ArchiveWriter::Abandon(Group& group) {
  for (Entry& entry : group)
    entry.done(Failed());
}

absl::Status ArchiveWriter::AppendAndWait(Record record) {
  std::promise<absl::Status> promise;
  auto done = [&](const absl::StatusOr<v1::IngestResult>& result) { promise.set_value(result.status()); };
  if (absl::Status status = Append(std::move(record), done); !status.ok()) return status;
  return promise.get_future().get();
}

}  // namespace broadsheet::ingest
