#include "ingest/index/shard_set.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/logging.h"
#include "common/index/shard_check.h"
#include "common/index/superseded.h"
#include "common/index/xapian_status.h"
#include "ingest/index/freeze.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/merge_choice.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr auto kRestAfterFailure = std::chrono::minutes(1);

// A hot shard to which nothing comes is frozen when it has this part of what makes it full, an eighth: small shards are
// merged over and over until they come to kMergeFactor full ones.
constexpr int64_t kWorthSealing = 8;

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

// Damage that is seen without reading the files, or in opening the shard.
std::optional<FoundDamage> FindAtOpen(const fs::path& directory, const ShardEntry& shard) {
  const fs::path files = ShardDirectory(directory, shard);
  if (const auto missing = FindMissingFiles(files, shard); !missing.empty()) return DamageOf(shard.uuid, missing);
  const absl::Status opened = CatchXapian([&] { ReadSupersededMarks(Xapian::Database(files.string())); });
  if (opened.ok()) return std::nullopt;
  return FoundDamage{shard.uuid, absl::StrCat("it cannot be opened: ", opened.message())};
}

std::vector<FoundDamage> FindAtOpen(const ShardSetOptions& options, const Manifest& manifest) {
  std::vector<FoundDamage> found;
  if (!options.archive) return found;
  for (const ShardEntry& shard : manifest.shards) {
    if (!shard.cold()) continue;
    if (auto damage = FindAtOpen(options.directory, shard); damage.has_value()) found.push_back(*std::move(damage));
  }
  return found;
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
  std::vector<FoundDamage> found = FindAtOpen(options, *manifest);
  std::vector<ColdShard> cold = ColdShards(options.directory, *manifest);
  for (ColdShard& shard : cold)
    shard.damaged |= std::any_of(found.begin(), found.end(), [&](auto& damage) { return damage.uuid == shard.uuid; });
  auto writer = ShardWriter::Open(ShardDirectory(options.directory, *hot), *hot, options.lineage,
                                  options.flush_documents, std::move(cold));
  if (!writer.ok()) return writer.status();
  std::unique_ptr<ShardSet> shards(new ShardSet(options, clock, *std::move(manifest), *std::move(writer)));
  shards->found_ = std::move(found);
  if (absl::Status left_out = shards->LeaveOutDamaged(); !left_out.ok()) return left_out;
  return shards;
}

ShardSet::ShardSet(const ShardSetOptions& options, const Clock& clock, Manifest manifest,
                   std::unique_ptr<ShardWriter> writer)
    : options_(options),
      clock_(clock),
      manifest_(std::move(manifest)),
      writer_(std::move(writer)),
      expiry_(options.retention, clock),
      verifier_({options.directory, options.verify_interval, options.verify_bytes_per_second}, clock) {
  recheck_ = manifest_.HasDamaged();
  verifier_.SetShards(manifest_);
}

absl::Status ShardSet::Tend() {
  if (stopping_) return absl::OkStatus();
  const SteadyTime now = std::chrono::steady_clock::now();
  if (absl::Status left_out = LeaveOutDamaged(); !left_out.ok()) return left_out;
  if (absl::Status taken = TakeSealed(); !taken.ok()) return taken;
  if (absl::Status tended = TendRestoring(); !tended.ok()) return tended;
  NoteChange(now);
  if (now >= no_freezing_before_ && HotIsDue(now)) {
    if (absl::Status frozen = Freeze(); !frozen.ok()) return frozen;
  }
  if (!restoring()) {
    if (absl::Status looked = expiry_.Look(*writer_); !looked.ok()) return looked;
  }
  if (sealer_.busy() || now < no_sealing_before_) return absl::OkStatus();
  if (absl::Status dropped = DropEmptied(); !dropped.ok()) return dropped;
  StartSealing();
  return absl::OkStatus();
}

absl::StatusOr<size_t> ShardSet::Advance() {
  if (restoring()) return Restore();
  if (!expiry_.pending()) return size_t{0};
  if (absl::Status taken = expiry_.TakeOut(*writer_); !taken.ok()) return taken;
  return size_t{1};
}

void ShardSet::Adopt(Manifest manifest) {
  manifest_ = std::move(manifest);
  verifier_.SetShards(manifest_);
}

// Goes over to a manifest that was written: the writer first, then the files of shards that it names no more.
absl::Status ShardSet::MoveTo(Manifest manifest) {
  std::vector<ShardEntry> before = std::move(manifest_.shards);
  Adopt(std::move(manifest));
  absl::Status moved = writer_->MoveTo(ColdShards(options_.directory, manifest_));
  for (const ShardEntry& shard : before) {
    const bool stays = std::any_of(manifest_.shards.begin(), manifest_.shards.end(),
                                   [&](const ShardEntry& other) { return other.uuid == shard.uuid; });
    std::error_code error;  // what stays is removed at the next start
    if (!stays) fs::remove_all(ShardDirectory(options_.directory, shard), error);
  }
  return moved;
}

// A shard of which nothing stands any more: what it says of others goes into the hot one first.
absl::Status ShardSet::DropEmptied() {
  const auto is_emptied = [this](const ShardEntry& shard) {
    return shard.cold() && writer_->documents_of().CountSuperseded(shard.uuid) == shard.documents;
  };
  std::vector<ShardEntry> going;
  std::copy_if(manifest_.shards.begin(), manifest_.shards.end(), std::back_inserter(going), is_emptied);
  if (going.empty()) return absl::OkStatus();
  if (absl::Status inherited = writer_->Inherit(going); !inherited.ok()) return inherited;
  Manifest next = manifest_;
  ++next.generation;
  std::erase_if(next.shards, is_emptied);
  if (absl::Status written = WriteManifest(options_.directory, next); !written.ok()) {
    return PutOff("shards of the index of which nothing stands could not be dropped", written, no_sealing_before_);
  }
  LogInfo("shards of the index of which nothing stands any more are dropped", {{"shards", absl::StrCat(going.size())}});
  return MoveTo(std::move(next));
}

absl::Status ShardSet::Freeze() {
  auto next = FreezeHotShard(options_.directory, *writer_, options_.flush_documents, manifest_);
  if (!next.ok()) return PutOff("a new shard of the index could not be begun", next.status(), no_freezing_before_);
  writer_ = *std::move(next);
  verifier_.SetShards(manifest_);
  return absl::OkStatus();
}

// After a sync error nothing may be written any more.
absl::Status ShardSet::PutOff(std::string_view what, const absl::Status& why, SteadyTime& until) {
  if (IsSyncFailure(why)) return why;
  LogWarning(what, {{"reason", std::string(why.message())}});
  until = std::chrono::steady_clock::now() + kRestAfterFailure;
  return absl::OkStatus();
}

void ShardSet::NoteChange(SteadyTime now) {
  if (writer_->sequence() == last_sequence_ && !advancing()) return;
  last_sequence_ = writer_->sequence();
  last_change_ = now;
}

bool ShardSet::HotIsDue(SteadyTime now) const {
  const bool quiet = absl::FromChrono(now - last_change_) >= options_.seal_quiet;
  return writer_->documents() > 0 && HotHasPart(quiet ? kWorthSealing : 1);
}

// Whether the hot shard has an `nth` of what makes it full.
bool ShardSet::HotHasPart(int64_t nth) const {
  return writer_->documents() >= options_.hot_documents / nth ||
         BytesUnder(writer_->directory()) >= options_.hot_bytes / nth;
}

void ShardSet::StartSealing() {
  std::vector<ShardLoad> loads;
  for (const ShardEntry& shard : manifest_.shards) {
    if (!shard.cold()) continue;
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
    if (shard.damaged()) continue;
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
  if (!IsWhole(result->request)) {
    std::error_code error;  // what stays is removed at the next start
    if (result->sealed.ok()) fs::remove_all(ShardDirectory(options_.directory, *result->sealed), error);
    return absl::OkStatus();
  }
  if (!result->sealed.ok()) {
    for (const SealSource& source : result->request.sources)
      verifier_.Suspect(source.entry.uuid);
  }
  if (result->sealed.ok()) return Switch(result->request, *result->sealed);
  return PutOff("shards of the index could not be sealed", result->sealed.status(), no_sealing_before_);
}

// Whether none of its sources was found damaged meanwhile.
bool ShardSet::IsWhole(const SealRequest& request) const {
  const auto whole = std::count_if(manifest_.shards.begin(), manifest_.shards.end(), [&](const ShardEntry& shard) {
    return !shard.damaged() && IsSource(request, shard.uuid);
  });
  return whole == static_cast<std::ptrdiff_t>(request.sources.size());
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
  LogInfo("shards of the index sealed",
          {{"shards", absl::StrCat(request.sources.size())}, {"documents", absl::StrCat(sealed.documents)}});
  return MoveTo(std::move(next));
}

ShardSetStatus ShardSet::status() const {
  ShardSetStatus status;
  status.hot_documents = writer_->documents();
  const ShardVerifier::State verifier = verifier_.state();
  for (const ShardEntry& shard : manifest_.shards) {
    if (shard.state == ShardState::kFrozen) ++status.frozen;
    if (shard.state == ShardState::kSealed) ++status.sealed;
    if (shard.damaged()) ++status.damaged;
    ShardReport& report = status.shards.emplace_back();
    report.uuid = shard.uuid;
    report.state = shard.state;
    report.documents = shard.state == ShardState::kHot ? status.hot_documents : shard.documents;
    report.bytes = shard.bytes;
    report.damage = shard.damage;
    report.damaged_time = absl::FromUnixMicros(shard.damaged_us);
    const auto verified = verifier.verified.find(shard.uuid);
    if (verified != verifier.verified.end()) report.verified = verified->second;
  }
  if (writer_->is_open()) status.superseded = static_cast<int64_t>(writer_->documents_of().superseded());
  status.sealing = sealing();
  status.left_to_restore = restorer_ == nullptr ? 0 : restorer_->left();
  status.restored = restored_;
  status.expired = expiry_.taken_out();
  status.verified_bytes = verifier.bytes;
  status.verifying = verifier.verifying;
  return status;
}

}  // namespace broadsheet::ingest
