#include "support/test_index.h"

#include <stdexcept>
#include <utility>

#include "common/index/shard_check.h"
#include "ingest/index/document_builder.h"
#include "ingest/index/freeze.h"
#include "ingest/index/index_directory.h"

namespace broadsheet::support {
namespace {

constexpr int kFlushDocuments = 200;
constexpr int64_t kIngested = 1'760'000'000;  // seconds since 1970 of the first sequence

void Check(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

}  // namespace

TestIndex::TestIndex(std::filesystem::path directory, std::string lineage) : directory_(std::move(directory)) {
  std::filesystem::create_directories(directory_);
  manifest_ = {1, std::move(lineage), {ingest::NewShardEntry(1)}};
  auto shard_directory = ingest::ShardDirectory(directory_, manifest_.shards[0]);
  auto writer = ingest::ShardWriter::Create(shard_directory, manifest_.shards[0], manifest_.lineage, kFlushDocuments);
  Check(writer.status());
  writer_ = *std::move(writer);
  Check(WriteManifest(directory_, manifest_));
}

TestIndex::~TestIndex() = default;

int64_t TestIndex::Add(v1::Article article) {
  article.set_sequence(++sequence_);
  if (article.revision() == 0) article.set_revision(1);
  if (!article.has_ingested_time()) article.mutable_ingested_time()->set_seconds(kIngested + sequence_);
  if (!article.has_updated_time()) *article.mutable_updated_time() = article.ingested_time();
  ingest::IndexEvent event;
  event.sequence = sequence_;
  event.article = std::move(article);
  ingest::PreparedEvent prepared = ingest::Prepare(event);
  if (!event.article.copy_of().empty()) {
    prepared.document = ingest::BuildDocument(event.article);
    prepared.copy_key.reset();
  }
  Check(writer_->Apply(prepared));
  return sequence_;
}

int64_t TestIndex::AddPlain(const std::string& id) {
  v1::Article article;
  article.set_id(id);
  article.set_title("A title");
  article.set_body("A body.");
  return Add(std::move(article));
}

int64_t TestIndex::Delete(const std::string& id) {
  ingest::IndexEvent event;
  event.kind = ingest::IndexEvent::Kind::kDelete;
  event.sequence = ++sequence_;
  event.article_id = id;
  event.updated_time = event.time = absl::FromUnixSeconds(kIngested + sequence_);
  Check(writer_->Apply(ingest::Prepare(event)));
  return sequence_;
}

void TestIndex::Freeze() {
  Commit();
  auto writer = ingest::FreezeHotShard(directory_, *writer_, kFlushDocuments, manifest_);
  Check(writer.status());
  writer_ = *std::move(writer);
}

void TestIndex::ForgetDeletions() {
  Check(writer_->ForgetTombstones(absl::FromUnixSeconds(kIngested + sequence_) + absl::Hours(48)));
}

void TestIndex::Commit() {
  Check(writer_->Commit(sequence_));
}

void CallSealed(const std::filesystem::path& index_directory, ShardEntry& shard) {
  shard.state = ShardState::kSealed;
  for (const auto& file : std::filesystem::directory_iterator(index_directory / shard.uuid))
    shard.files.push_back(SumFile(file.path(), [](int64_t) { return true; }).value());
}

}  // namespace broadsheet::support
