#include "ingest/index/shard_set.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"
#include "ingest/index/freeze.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/merge_choice.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr auto kRestAfterFailure = std::chrono::minutes(1);

absl::StatusOr<Manifest> CreateIndex(const ShardSetOptions& options) {
  Manifest manifest;
  manifest.generation = 1;
  manifest.lineage = options.lineage;
  manifest.shards = {NewShardEntry(/*first_sequence=*/1)};
  const ShardEntry& shard = manifest.shards.front();
  auto created =
      ShardWriter::Create(ShardDirectory(options.directory, shard), shard, options.lineage, options.flush_documents);
  if (!created.ok()) return created.status();
  if (absl::Status written = WriteManifest(options.directory, manifest); !written.ok()) return written;
  return manifest;
}

absl::StatusOr<Manifest> OpenOrCreateIndex(const ShardSetOptions& options) {
  auto manifest = ReadOwnManifest(options.directory, options.lineage);
  if (absl::IsNotFound(manifest.status())) manifest = CreateIndex(options);
  if (!manifest.ok()) return manifest;
  if (absl::Status removed = RemoveGarbage(options.directory, *manifest); !removed.ok()) return removed;
  return manifest;
}

bool IsSource(const SealRequest& request, const std::string& uuid) {
  return std::any_of(request.sources.begin(), request.sources.end(),
                     [&](const SealSource& source) { return source.entry.uuid == uuid; });
}

}  // namespace

absl::StatusOr<std::unique_ptr<ShardSet>> ShardSet::Open(const ShardSetOptions& options, const Clock& clock) {
  auto manifest = OpenOrCreateIndex(options);
  if (!manifest.ok()) return manifest.status();
  auto hot = HotShard(*manifest);
  if (!hot.ok()) return hot.status();
  auto writer = ShardWriter::Open(ShardDirectory(options.directory, *hot), *hot, options.lineage,
                                  options.flush_documents, ColdShards(options.directory, *manifest));
  if (!writer.ok()) return writer.status();
  return std::unique_ptr<ShardSet>(new ShardSet(options, clock, *std::move(manifest), *std::move(writer)));
}

ShardSet::ShardSet(const ShardSetOptions& options, const Clock& clock, Manifest manifest,
                   std::unique_ptr<ShardWriter> writer)
    : options_(options), clock_(clock), manifest_(std::move(manifest)), writer_(std::move(writer)) {}

absl::Status ShardSet::Tend() {
  const SteadyTime now = std::chrono::steady_clock::now();
  if (absl::Status taken = TakeSealed(); !taken.ok()) return taken;
  if (now >= no_freezing_before_ && HotIsFull()) {
    if (absl::Status frozen = Freeze(); !frozen.ok()) return frozen;
  }
  if (!sealer_.busy() && now >= no_sealing_before_) StartSealing();
  return absl::OkStatus();
}

absl::Status ShardSet::Freeze() {
  auto next = FreezeHotShard(options_.directory, *writer_, options_.flush_documents, manifest_);
  if (!next.ok()) return PutOff("a new shard of the index could not be begun", next.status(), no_freezing_before_);
  writer_ = *std::move(next);
  return absl::OkStatus();
}

// After a sync error nothing may be written any more.
absl::Status ShardSet::PutOff(std::string_view what, const absl::Status& why, SteadyTime& until) {
  if (absl::IsDataLoss(why)) return why;
  LogWarning(what, {{"reason", std::string(why.message())}});
  until = std::chrono::steady_clock::now() + kRestAfterFailure;
  return absl::OkStatus();
}

bool ShardSet::HotIsFull() const {
  if (writer_->documents() == 0) return false;
  return writer_->documents() >= options_.hot_documents || BytesUnder(writer_->directory()) >= options_.hot_bytes;
}

void ShardSet::StartSealing() {
  std::vector<ShardLoad> loads;
  for (const ShardEntry& shard : manifest_.shards) {
    if (shard.state == ShardState::kHot) continue;
    loads.push_back({shard.uuid, shard.state, shard.documents, writer_->documents_of().CountSuperseded(shard.uuid)});
  }
  const std::vector<std::string> chosen = ChooseMerge(loads, options_.hot_documents);
  if (chosen.empty()) return;
  SealRequest request;
  request.index_directory = options_.directory;
  request.lineage = options_.lineage;
  request.forget_before = clock_.Now() - options_.tombstone_horizon;
  request.run_documents = static_cast<size_t>(options_.flush_documents);
  for (const ShardEntry& shard : manifest_.shards) {
    if (std::find(chosen.begin(), chosen.end(), shard.uuid) == chosen.end()) {
      request.other_shards.insert(shard.uuid);
    } else {
      request.sources.push_back({shard, writer_->documents_of().SupersededIn(shard.uuid)});
    }
  }
  if (HasRoomFor(request)) return sealer_.Start(std::move(request));
  const absl::Status full = absl::ResourceExhaustedError("the disk is nearly full");
  PutOff("shards of the index cannot be sealed", full, no_sealing_before_).IgnoreError();
}

// The runs, a round of longer ones, and the new shard, each about as large as the sources.
bool ShardSet::HasRoomFor(const SealRequest& request) const {
  int64_t bytes = 0;
  for (const SealSource& source : request.sources)
    bytes += source.entry.bytes;
  std::error_code error;
  const fs::space_info space = fs::space(options_.directory, error);
  return error || static_cast<int64_t>(space.available) >= 3 * bytes + options_.disk_reserve;
}

absl::Status ShardSet::TakeSealed() {
  const std::optional<Sealer::Result> result = sealer_.Take();
  if (!result.has_value()) return absl::OkStatus();
  if (result->sealed.ok()) return Switch(result->request, *result->sealed);
  return PutOff("shards of the index could not be sealed", result->sealed.status(), no_sealing_before_);
}

// First what became superseded meanwhile, which no reader takes notice of before the manifest names the new shard; then
// the manifest; then what the manifest names no more.
absl::Status ShardSet::Switch(const SealRequest& request, const ShardEntry& sealed) {
  const ColdShard fresh{sealed.uuid, ShardDirectory(options_.directory, sealed)};
  if (absl::Status carried = writer_->CarryMarks(request.sources, fresh); !carried.ok()) return carried;
  Manifest next = manifest_;
  ++next.generation;
  const auto first = std::find_if(next.shards.begin(), next.shards.end(),
                                  [&](const ShardEntry& shard) { return IsSource(request, shard.uuid); });
  *first = sealed;
  std::erase_if(next.shards, [&](const ShardEntry& shard) { return IsSource(request, shard.uuid); });
  if (absl::Status written = WriteManifest(options_.directory, next); !written.ok()) {
    return PutOff("shards of the index could not be replaced by sealed ones", written, no_sealing_before_);
  }
  manifest_ = std::move(next);
  absl::Status moved = writer_->MoveTo(ColdShards(options_.directory, manifest_));
  for (const SealSource& source : request.sources) {
    std::error_code error;  // what stays is removed at the next start
    fs::remove_all(ShardDirectory(options_.directory, source.entry), error);
  }
  LogInfo("shards of the index sealed",
          {{"shards", absl::StrCat(request.sources.size())}, {"documents", absl::StrCat(sealed.documents)}});
  return moved;
}

ShardSetStatus ShardSet::status() const {
  ShardSetStatus status;
  status.hot_documents = writer_->documents();
  for (const ShardEntry& shard : manifest_.shards) {
    if (shard.state == ShardState::kFrozen) ++status.frozen;
    if (shard.state == ShardState::kSealed) ++status.sealed;
  }
  status.superseded = static_cast<int64_t>(writer_->documents_of().superseded());
  status.sealing = sealing();
  return status;
}

}  // namespace broadsheet::ingest
