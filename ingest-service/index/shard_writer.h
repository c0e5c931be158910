#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/index/manifest.h"
#include "ingest/copies/copy_key.h"
#include "ingest/index/archive_view.h"
#include "ingest/index/index_event.h"
#include "ingest/index/repair_plan.h"
#include "ingest/index/seal.h"
#include "ingest/index/standing_documents.h"

namespace broadsheet::ingest {

// An event made ready for the shard. Belongs to one thread at a time.
struct PreparedEvent {
  int64_t sequence = 0;
  std::string id_term;
  Xapian::Document document;        // as that of an original, until it is applied
  std::optional<CopyKey> copy_key;  // none of a tombstone
  size_t bytes = 0;                 // of title and body: a measure of the memory it takes until the next commit
};

// Pure.
PreparedEvent Prepare(const IndexEvent& event);

// Where a shard begins.
struct ShardStart {
  int64_t sequence = 0;          // the index stands at
  int64_t tombstones_since = 0;  // deletions up to this sequence may be forgotten
};

// The Xapian database of the hot shard, open for writing beside those that are written no more (`cold`,
// standing_documents.h): events go in by transactions that also write the sequence reached, so that the shard always
// says what it holds. After any error the transaction is gone and the database closed; Reopen() goes on from what was
// committed. Not thread-safe.
class ShardWriter {
 public:
  // Creates the shard, empty, durable when it returns.
  static absl::StatusOr<std::unique_ptr<ShardWriter>> Create(const std::filesystem::path& directory,
                                                             const ShardEntry& shard, const std::string& lineage,
                                                             int flush_documents, std::vector<ColdShard> cold = {},
                                                             const ShardStart& start = {});

  // Opens it. FAILED_PRECONDITION when its metadata is not that of the manifest's entry and lineage, or when another
  // process writes it; DATA_LOSS when it cannot be read.
  static absl::StatusOr<std::unique_ptr<ShardWriter>> Open(const std::filesystem::path& directory,
                                                           const ShardEntry& shard, const std::string& lineage,
                                                           int flush_documents, std::vector<ColdShard> cold = {});

  // Drops what was not committed.
  ~ShardWriter();

  // Adds or replaces the document of one article, and rewrites those of others that are copies of another article, or
  // of none, because of it (copy_links.h), in whichever shard they are. Opens a transaction when there is none.
  absl::Status Apply(const PreparedEvent& event);

  // Adds the document of an article that has none (copy_links.h, Restore), as Apply does. False when it has one: that
  // one stands.
  absl::StatusOr<bool> Restore(const PreparedEvent& event);

  // Whether a document stands under a unique term.
  absl::StatusOr<bool> Has(const std::string& id_term);

  // Finds the originals of `count` articles again, those behind the unique term `cursor`, as Apply does. Moves it on;
  // it is empty at the beginning and at the end.
  absl::Status Recheck(int count, std::string& cursor);

  // Unique terms of articles that are older (retention.h), `limit` at most. Nothing may wait for Commit().
  absl::StatusOr<std::vector<std::string>> FindExpired(absl::Time kept_since, size_t limit);

  // Takes the article out, as part of the next commit, and finds the originals of others again that this concerns, as
  // Apply does. False when none stands, or one that is younger.
  absl::StatusOr<bool> Expire(const std::string& id_term, absl::Time kept_since);

  // What the index lacks (repair_plan.h). Nothing may wait for Commit(). CANCELLED when `stopping` says so.
  absl::StatusOr<RepairPlan> Plan(const ArchiveView& archive, const std::function<bool()>& stopping);

  // Marks documents as superseded and takes note of forgotten deletions, and commits, if there is anything new in it.
  // Nothing may wait for Commit(). Errors as Commit.
  absl::Status Supersede(const SupersededDocids& marks, const std::vector<DocumentPlace>& places);
  absl::Status ForgetThrough(int64_t tombstones_since);

  // Forgets deletions whose day ended before `before` and whose documents are in this shard, as part of the next
  // commit. Marks of superseded documents stay.
  absl::Status ForgetTombstones(absl::Time before);

  // Commits as of `sequence`, then fsyncs the directory: durable and visible when it returns OK. DATA_LOSS
  // (SYNC_FAILED) on any error: the caller must not go on writing.
  absl::Status Commit(int64_t sequence);

  // Marks in `sealed`, which was made of `sources`, what became superseded in them since, and commits. Nothing may wait
  // for Commit(). Errors as Commit.
  absl::Status CarryMarks(const std::vector<SealSource>& sources, const ColdShard& sealed);

  // Says itself what cold shards say that are about to go: of superseded documents in others, and of forgotten
  // deletions. Commits. Nothing may wait for Commit(). Errors as Commit.
  absl::Status Inherit(const std::vector<ShardEntry>& going);

  // From now on these are the shards that are written no more. Drops marks of documents in others, and commits. Nothing
  // may wait for Commit(). Errors as Open and Commit.
  absl::Status MoveTo(std::vector<ColdShard> cold);

  // Drops what was not committed and opens the database again, beside `cold` when they are given. Errors as Open.
  absl::Status Reopen();
  absl::Status Reopen(std::vector<ColdShard> cold);

  // Documents in it, with those that wait for Commit().
  int64_t documents() const;

  const ShardEntry& shard() const { return shard_; }
  const std::filesystem::path& directory() const { return directory_; }

  // Valid until the next change of shards, or error.
  const StandingDocuments& documents_of() const { return *documents_; }

  // Not after an error, until Reopen().
  bool is_open() const { return documents_ != nullptr; }

  // As committed.
  int64_t sequence() const { return sequence_; }
  int64_t tombstones_since() const { return tombstones_since_; }

  // Whether anything waits for Commit().
  bool dirty() const { return in_transaction_; }

 private:
  ShardWriter(std::filesystem::path directory, ShardEntry shard, std::string lineage, std::vector<ColdShard> cold);
  absl::Status ReadMetadata();
  absl::Status OpenCold();
  void Begin();
  absl::Status Cancel();
  void Drop();

  // What `work` returns. When it fails, half of it may be written: the shard is closed.
  template <typename Work>
  auto OrDrop(Work work);

  const std::filesystem::path directory_;
  const ShardEntry shard_;
  const std::string lineage_;
  std::vector<ColdShard> cold_;
  std::unique_ptr<Xapian::WritableDatabase> database_;
  std::unique_ptr<StandingDocuments> documents_;
  bool in_transaction_ = false;
  int64_t sequence_ = 0;
  int64_t tombstones_since_ = 0;
  int64_t new_tombstones_since_ = 0;
};

}  // namespace broadsheet::ingest
