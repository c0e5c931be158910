#include "ingest/index/shard_writer.h"

#include <stdlib.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/index/superseded.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"
#include "common/schema/term.h"
#include "ingest/index/copy_links.h"
#include "ingest/index/document_builder.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/retention.h"
#include "ingest/index/shard_metadata.h"
#include "ingest/index/tombstones.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr char kFlushVariable[] = "XAPIAN_FLUSH_THRESHOLD";

// Xapian reads the threshold from the environment when it opens a database, and from nowhere else. Left alone when it
// is right already, since other threads may read the environment when a database is opened again.
void SetFlushThreshold(int documents) {
  std::string wanted = absl::StrCat(documents);
  const char* current = getenv(kFlushVariable);
  if (current == nullptr || wanted != current) setenv(kFlushVariable, wanted.c_str(), 1);
}

absl::Status SyncFailed(const absl::Status& cause) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "SYNC_FAILED",
                         absl::StrCat("committing the index failed: ", cause.message()));
}

}  // namespace

PreparedEvent Prepare(const IndexEvent& event) {
  if (event.kind == IndexEvent::Kind::kDelete) {
    return {event.sequence, IdTerm(event.article_id),
            BuildTombstone(event.article_id, event.sequence, event.updated_time, event.time, event.reason),
            std::nullopt, event.article_id.size()};
  }
  const v1::Article& article = event.article;
  const int64_t first_sequence = event.first_sequence > 0 ? event.first_sequence : event.sequence;
  PreparedEvent prepared{event.sequence, IdTerm(article.id()), BuildDocument(article),
                         MakeCopyKey(article, event.first_received, first_sequence),
                         article.title().size() + article.body().size()};
  AddCopyKey(*prepared.copy_key, prepared.document);
  return prepared;
}

ShardWriter::ShardWriter(fs::path directory, ShardEntry shard, std::string lineage, std::vector<ColdShard> cold)
    : directory_(std::move(directory)),
      shard_(std::move(shard)),
      lineage_(std::move(lineage)),
      cold_(std::move(cold)) {}

ShardWriter::~ShardWriter() {
  Drop();
}

absl::StatusOr<std::unique_ptr<ShardWriter>> ShardWriter::Create(const fs::path& directory, const ShardEntry& shard,
                                                                 const std::string& lineage, int flush_documents,
                                                                 std::vector<ColdShard> cold, const ShardStart& start) {
  SetFlushThreshold(flush_documents);
  absl::Status created = CatchXapian([&]() -> absl::Status {
    Xapian::WritableDatabase database(directory.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    // Creating is a commit, too: its rename must be durable before the next one writes.
    if (absl::Status synced = SyncDirectory(directory); !synced.ok()) return synced;
    database.set_metadata(kShardUuidKey, shard.uuid);
    database.set_metadata(kLineageKey, lineage);
    database.set_metadata(kSchemaVersionKey, absl::StrCat(shard.schema_version));
    database.set_metadata(kAnalyzerVersionKey, absl::StrCat(shard.analyzer_version));
    database.set_metadata(kSequenceKey, absl::StrCat(start.sequence));
    database.set_metadata(kTombstonesSinceKey, absl::StrCat(start.tombstones_since));
    database.commit();
    return absl::OkStatus();
  });
  if (!created.ok()) return created;
  if (absl::Status synced = SyncDirectory(directory); !synced.ok()) return synced;
  if (absl::Status synced = SyncDirectory(directory.parent_path()); !synced.ok()) return synced;
  return Open(directory, shard, lineage, flush_documents, std::move(cold));
}

absl::StatusOr<std::unique_ptr<ShardWriter>> ShardWriter::Open(const fs::path& directory, const ShardEntry& shard,
                                                               const std::string& lineage, int flush_documents,
                                                               std::vector<ColdShard> cold) {
  SetFlushThreshold(flush_documents);
  std::unique_ptr<ShardWriter> writer(new ShardWriter(directory, shard, lineage, std::move(cold)));
  if (absl::Status opened = writer->Reopen(); !opened.ok()) return opened;
  return writer;
}

template <typename Work>
auto ShardWriter::OrDrop(Work work) {
  auto done = CatchXapian(std::move(work));
  if (!done.ok()) Drop();
  return done;
}

absl::Status ShardWriter::Reopen() {
  Drop();
  absl::Status opened = CatchXapian([&]() -> absl::Status {
    database_ = std::make_unique<Xapian::WritableDatabase>(directory_.string(), Xapian::DB_OPEN);
    return ReadMetadata();
  });
  if (opened.ok()) opened = OpenCold();
  if (!opened.ok()) Drop();
  return opened;
}

absl::Status ShardWriter::Reopen(std::vector<ColdShard> cold) {
  cold_ = std::move(cold);
  return Reopen();
}

absl::Status ShardWriter::OpenCold() {
  absl::Status opened = CatchXapian([&] {
    documents_ = std::make_unique<StandingDocuments>(*database_, cold_);
    if (!documents_->has_foreign_marks()) return;
    Begin();
    documents_->DropForeignMarks();
  });
  return opened.ok() && dirty() ? Commit(sequence_) : opened;
}

absl::Status ShardWriter::MoveTo(std::vector<ColdShard> cold) {
  cold_ = std::move(cold);
  absl::Status opened = OpenCold();
  if (!opened.ok()) Drop();
  return opened;
}

absl::Status ShardWriter::CarryMarks(const std::vector<SealSource>& sources, const ColdShard& sealed) {
  const absl::Status carried = OrDrop([&] {
    const Xapian::Database fresh(sealed.directory.string());
    for (const SealSource& source : sources) {
      const Xapian::Database old((directory_.parent_path() / source.entry.uuid).string());
      for (Xapian::docid docid : documents_->SupersededIn(source.entry.uuid)) {
        if (std::binary_search(source.superseded.begin(), source.superseded.end(), docid)) continue;
        const std::string id_term = IdTermOf(old.get_document(docid));
        const auto found = fresh.postlist_begin(id_term);
        if (found == fresh.postlist_end(id_term)) continue;  // a deletion that was forgotten
        Begin();
        MarkSuperseded(*database_, sealed.uuid, *found);
      }
    }
  });
  return carried.ok() && dirty() ? Commit(sequence_) : carried;
}

absl::Status ShardWriter::Inherit(const std::vector<ShardEntry>& going) {
  const absl::Status inherited = OrDrop([&] {
    Begin();
    for (const ShardEntry& shard : going) {
      const Xapian::Database old(ShardDirectory(directory_.parent_path(), shard).string());
      new_tombstones_since_ = std::max(new_tombstones_since_, NumberUnder(old, kTombstonesSinceKey));
      for (const auto& [uuid, docids] : ReadSupersededMarks(old)) {
        for (Xapian::docid docid : docids)
          MarkSuperseded(*database_, uuid, docid);
      }
    }
  });
  return inherited.ok() ? Commit(sequence_) : inherited;
}

absl::Status ShardWriter::ReadMetadata() {
  if (database_->get_metadata(kShardUuidKey) != shard_.uuid || database_->get_metadata(kLineageKey) != lineage_) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "INDEX_LINEAGE",
                           absl::StrCat("the shard in ", directory_.string(),
                                        " is not the one that the manifest names: run `ingest-service rebuild`"));
  }
  sequence_ = NumberUnder(*database_, kSequenceKey);
  tombstones_since_ = NumberUnder(*database_, kTombstonesSinceKey);
  return absl::OkStatus();
}

void ShardWriter::Begin() {
  if (in_transaction_) return;
  if (database_ == nullptr) throw StatusException{absl::FailedPreconditionError("the shard is closed")};
  database_->begin_transaction(true);
  in_transaction_ = true;
  new_tombstones_since_ = tombstones_since_;
}

void ShardWriter::Drop() {
  // Cancelled by name: outside a transaction Xapian's destructor would commit.
  if (database_ != nullptr && in_transaction_) CatchXapian([&] { database_->cancel_transaction(); }).IgnoreError();
  documents_.reset();
  database_.reset();
  in_transaction_ = false;
}

int64_t ShardWriter::documents() const {
  return database_ == nullptr ? 0 : database_->get_doccount();
}

absl::Status ShardWriter::Apply(const PreparedEvent& event) {
  return OrDrop([&] {
    Begin();
    CopyLinks(*documents_).Replace(event.id_term, event.document, event.copy_key);
  });
}

absl::StatusOr<bool> ShardWriter::Restore(const PreparedEvent& event) {
  return OrDrop([&]() -> absl::StatusOr<bool> {
    Begin();
    if (documents_->Find(event.id_term).has_value()) return false;
    CopyLinks(*documents_).Restore(event.id_term, event.document, event.copy_key);
    return true;
  });
}

absl::StatusOr<bool> ShardWriter::Has(const std::string& id_term) {
  return OrDrop([&] { return documents_->Find(id_term).has_value(); });
}

absl::Status ShardWriter::Recheck(int count, std::string& cursor) {
  return OrDrop([&] {
    Begin();
    for (int i = 0; i < count; ++i) {
      cursor = documents_->NextIdTerm(cursor);
      if (cursor.empty()) return;
      CopyLinks(*documents_).Recheck(cursor);
    }
  });
}

absl::StatusOr<std::vector<std::string>> ShardWriter::FindExpired(absl::Time kept_since, size_t limit) {
  return OrDrop([&] { return ingest::FindExpired(*documents_, kept_since, limit); });
}

absl::StatusOr<bool> ShardWriter::Expire(const std::string& id_term, absl::Time kept_since) {
  return OrDrop([&] {
    Begin();
    const std::optional<DocumentPlace> place = documents_->Find(id_term);
    if (!place.has_value() || AgedFrom(documents_->Get(*place)) >= kept_since) return false;
    CopyLinks(*documents_).Remove(id_term);
    return true;
  });
}

absl::StatusOr<RepairPlan> ShardWriter::Plan(const ArchiveView& archive, const std::function<bool()>& stopping) {
  return CatchXapian([&] { return PlanRepair(*documents_, archive, sequence_, stopping); });
}

absl::Status ShardWriter::Supersede(const SupersededDocids& marks, const std::vector<DocumentPlace>& places) {
  const size_t before = documents_->superseded();
  const absl::Status marked = OrDrop([&] {
    Begin();
    documents_->Supersede(marks);
    for (const DocumentPlace& place : places)
      documents_->Supersede(place);
  });
  if (!marked.ok()) return marked;
  return documents_->superseded() == before ? Cancel() : Commit(sequence_);
}

absl::Status ShardWriter::ForgetThrough(int64_t tombstones_since) {
  if (tombstones_since <= tombstones_since_) return absl::OkStatus();
  if (absl::Status begun = OrDrop([&] { Begin(); }); !begun.ok()) return begun;
  new_tombstones_since_ = tombstones_since;
  return Commit(sequence_);
}

absl::Status ShardWriter::Cancel() {
  in_transaction_ = false;
  return OrDrop([&] { database_->cancel_transaction(); });
}

absl::Status ShardWriter::ForgetTombstones(absl::Time before) {
  return OrDrop([&] {
    Begin();
    const OldTombstones old = FindOldTombstones(*database_, before);
    new_tombstones_since_ = std::max(new_tombstones_since_, old.newest_sequence);
    for (Xapian::docid docid : old.docids)
      database_->delete_document(docid);
  });
}

absl::Status ShardWriter::Commit(int64_t sequence) {
  absl::Status committed = CatchXapian([&] {
    Begin();
    database_->set_metadata(kSequenceKey, absl::StrCat(sequence));
    database_->set_metadata(kTombstonesSinceKey, absl::StrCat(new_tombstones_since_));
    database_->commit_transaction();
    in_transaction_ = false;
  });
  // Without this the rename that makes the commit may be lost in a power cut, while the next one overwrites its blocks.
  if (committed.ok()) committed = SyncDirectory(directory_);
  if (!committed.ok()) {
    Drop();
    return SyncFailed(committed);
  }
  sequence_ = sequence;
  tombstones_since_ = new_tombstones_since_;
  return absl::OkStatus();
}

}  // namespace broadsheet::ingest
