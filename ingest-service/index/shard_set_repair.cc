// What the shards of an index do about those that are damaged.
#include <algorithm>
#include <functional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "common/index/shard_check.h"
#include "common/index/xapian_status.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/shard_set.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr int kRecheckedAtOnce = 8;

// Frozen shards have no checksums: only what the engine's own check sees is found.
std::optional<FoundDamage> CheckFrozen(const fs::path& files, const ShardEntry& shard) {
  size_t errors = 0;
  const absl::Status checked = CatchXapian([&] { errors = Xapian::Database::check(files.string(), 0, nullptr); });
  if (checked.ok() && errors == 0) return std::nullopt;
  return FoundDamage{shard.uuid, checked.ok() ? absl::StrCat("the engine's check finds ", errors, " errors")
                                              : std::string(checked.message())};
}

}  // namespace

Manifest ShardSet::WithoutFound() const {
  Manifest next = manifest_;
  ++next.generation;
  for (ShardEntry& shard : next.shards) {
    const auto damage =
        std::find_if(found_.begin(), found_.end(), [&](const FoundDamage& one) { return one.uuid == shard.uuid; });
    if (damage == found_.end()) continue;
    shard.state = ShardState::kDamaged;
    shard.files.clear();
    shard.damage = damage->what;
    shard.damaged_us = absl::ToUnixMicros(clock_.Now());
  }
  return next;
}

// What all shards say of superseded documents goes into the hot one before any reader is without the damaged ones.
absl::Status ShardSet::LeaveOutDamaged() {
  for (FoundDamage& damage : verifier_.Take())
    found_.push_back(std::move(damage));
  std::erase_if(found_, [this](const FoundDamage& damage) {
    return std::none_of(manifest_.shards.begin(), manifest_.shards.end(),
                        [&](const ShardEntry& shard) { return shard.uuid == damage.uuid && shard.cold(); });
  });
  if (found_.empty()) return absl::OkStatus();
  for (const FoundDamage& damage : found_) {
    LogError("a shard of the index is damaged: it is left out, and what it had is indexed again from the archive",
             {{"shard", damage.uuid}, {"damage", damage.what}});
    recheck_ |= damage.marks_doubtful;
  }
  if (!options_.archive) {
    found_.clear();
    return absl::OkStatus();
  }
  restorer_.reset();
  recheck_ |= std::exchange(rechecking_, false);
  Manifest next = WithoutFound();
  const SupersededDocids marks = writer_->documents_of().marks();
  if (absl::Status moved = writer_->MoveTo(ColdShards(options_.directory, next)); !moved.ok()) return moved;
  if (absl::Status marked = writer_->Supersede(marks, {}); !marked.ok()) return marked;
  return WriteLeftOut(std::move(next));
}

absl::Status ShardSet::WriteLeftOut(Manifest next) {
  auto plan = writer_->Plan(options_.archive, looks_whether_to_stop_);
  if (absl::IsCancelled(plan.status())) return absl::OkStatus();  // the next start goes on
  if (!plan.ok()) return plan.status();
  if (absl::Status marked = writer_->Supersede({}, plan->overtaken); !marked.ok()) return marked;
  if (absl::Status written = WriteManifest(options_.directory, next); !written.ok()) return written;
  found_.clear();
  Adopt(std::move(next));
  BeginRestoring(*std::move(plan));
  return absl::OkStatus();
}

void ShardSet::BeginRestoring(RepairPlan plan) {
  recheck_ |= plan.doubles;
  restored_in_round_ = 0;
  LogInfo("restoring what damaged shards of the index had", {{"events", absl::StrCat(plan.lost.size())}});
  restorer_ =
      std::make_unique<Restorer>(options_.archive, std::move(plan.lost),
                                 Forgotten{writer_->tombstones_since(), clock_.Now() - options_.tombstone_horizon,
                                           clock_.Now() - options_.retention});
}

// Rounds: what lacks is planned and restored until a round has found nothing. Copies come last, when all originals are
// there again.
absl::Status ShardSet::TendRestoring() {
  if (stopping_ || !manifest_.HasDamaged() || rechecking_ || std::chrono::steady_clock::now() < no_restoring_before_) {
    return absl::OkStatus();
  }
  if (restorer_ != nullptr) {
    if (!restorer_->done()) return absl::OkStatus();
    const int64_t forgotten = restorer_->forgotten_through();
    restorer_.reset();
    if (absl::Status noted = writer_->ForgetThrough(forgotten); !noted.ok()) return noted;
    if (restored_in_round_ == 0) {
      rechecking_ = std::exchange(recheck_, false);
      return rechecking_ ? absl::OkStatus() : EndRestoring();
    }
  }
  if (!options_.archive) return absl::OkStatus();
  auto plan = writer_->Plan(options_.archive, looks_whether_to_stop_);
  if (absl::IsCancelled(plan.status())) return absl::OkStatus();
  if (!plan.ok())
    return PutOff("what a damaged shard of the index had could not be found out", plan.status(), no_restoring_before_);
  if (absl::Status marked = writer_->Supersede({}, plan->overtaken); !marked.ok()) return marked;
  BeginRestoring(*std::move(plan));
  return absl::OkStatus();
}

absl::StatusOr<size_t> ShardSet::Restore() {
  if (rechecking_) {
    if (absl::Status checked = writer_->Recheck(kRecheckedAtOnce, recheck_cursor_); !checked.ok()) return checked;
    rechecking_ = !recheck_cursor_.empty();
    return size_t{1};
  }
  const auto event = restorer_->Next();
  if (!event.ok()) {
    restorer_.reset();
    PutOff("a damaged shard of the index cannot be restored", event.status(), no_restoring_before_).IgnoreError();
    return size_t{0};
  }
  if (!event->has_value()) return size_t{0};
  const auto restored = writer_->Restore(**event);
  if (!restored.ok()) return restored.status();
  restored_ += *restored;
  restored_in_round_ += *restored;
  return (*event)->bytes + 1;
}

// So that copies of the version that stood are found as if it had been there.
absl::Status ShardSet::RestoreBefore(const PreparedEvent& event) {
  if (!manifest_.HasDamaged() || !options_.archive) return absl::OkStatus();
  const auto stands = writer_->Has(event.id_term);
  if (!stands.ok() || *stands) return stands.status();
  const auto before = options_.archive.before(event.sequence);
  if (absl::IsDataLoss(before.status())) return absl::OkStatus();  // the restorer says so
  if (!before.ok()) return before.status();
  if (!before->has_value() || (*before)->kind == IndexEvent::Kind::kDelete) return absl::OkStatus();
  const auto prepared = CatchXapian([&] { return Prepare(**before); });
  if (!prepared.ok()) return prepared.status();
  const auto restored = writer_->Restore(*prepared);
  if (restored.ok()) restored_ += *restored;
  return restored.status();
}

absl::Status ShardSet::EndRestoring() {
  Manifest next = manifest_;
  ++next.generation;
  std::erase_if(next.shards, std::mem_fn(&ShardEntry::damaged));
  if (absl::Status written = WriteManifest(options_.directory, next); !written.ok()) {
    return PutOff("damaged shards of the index could not be taken out", written, no_restoring_before_);
  }
  for (const ShardEntry& shard : manifest_.shards) {
    if (!shard.damaged()) continue;
    LogInfo("what a damaged shard of the index had is found again, and the shard goes", {{"shard", shard.uuid}});
  }
  return MoveTo(std::move(next));
}

absl::Status ShardSet::Recover(bool may_be_damage, bool& damage_found) {
  restorer_.reset();
  recheck_ |= std::exchange(rechecking_, false);
  expiry_.LookAgain();
  if (may_be_damage && options_.archive) FindDamage();
  damage_found = !found_.empty();
  absl::Status opened = writer_->Reopen(ColdShards(options_.directory, WithoutFound()));
  if (!opened.ok()) return opened;
  return LeaveOutDamaged();
}

void ShardSet::FindDamage() {
  for (const ShardEntry& shard : manifest_.shards) {
    const fs::path files = ShardDirectory(options_.directory, shard);
    if (shard.state == ShardState::kFrozen) {
      if (auto damage = CheckFrozen(files, shard); damage.has_value()) found_.push_back(*std::move(damage));
    }
    if (shard.state != ShardState::kSealed) continue;
    const auto problems = FindDamagedFiles(files, shard, [this](int64_t) { return !stopping_; });
    if (!problems.ok() || problems->empty()) continue;
    found_.push_back(DamageOf(shard.uuid, *problems));
    found_.back().marks_doubtful = true;  // what was read of it is forgotten
  }
}

}  // namespace broadsheet::ingest
