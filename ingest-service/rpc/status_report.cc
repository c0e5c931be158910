#include "ingest/rpc/status_report.h"

#include <algorithm>
#include <system_error>

#include "common/base/version.h"

namespace broadsheet::ingest {
namespace {

// Files come and go with every commit, so one that is gone by now is not an error.
int64_t BytesBelow(const std::filesystem::path& directory) {
  int64_t bytes = 0;
  std::error_code error;
  std::filesystem::recursive_directory_iterator file(directory, error), end;
  while (!error && file != end) {
    std::error_code gone;
    const auto size = file->is_regular_file(gone) ? file->file_size(gone) : 0;
    if (!gone) bytes += static_cast<int64_t>(size);
    file.increment(error);
  }
  return bytes;
}

void SetTime(google::protobuf::Timestamp& timestamp, absl::Time time) {
  const int64_t microseconds = absl::ToUnixMicros(time);
  timestamp.set_seconds(microseconds / 1'000'000);
  timestamp.set_nanos(static_cast<int32_t>(microseconds % 1'000'000) * 1000);
}

void SetDuration(google::protobuf::Duration& message, absl::Duration duration) {
  message.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  message.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(duration)));
}

int64_t CountOf(const IntakeState& state, int outcome, int64_t rejected_unasked) {
  return state.outcomes[outcome] + (outcome == v1::OUTCOME_REJECTED ? rejected_unasked : 0);
}

void ReportIntake(Intake& intake, int64_t rejected_unasked, v1::GetIngestStatusResponse& report) {
  const IntakeState state = intake.state();
  report.set_articles_in_flight(static_cast<int64_t>(state.articles_in_flight));
  report.set_bytes_in_flight(static_cast<int64_t>(state.bytes_in_flight));
  for (int outcome = v1::OUTCOME_CREATED; outcome < v1::Outcome_ARRAYSIZE; ++outcome) {
    auto* count = report.add_outcomes();
    count->set_outcome(static_cast<v1::Outcome>(outcome));
    count->set_count(CountOf(state, outcome, rejected_unasked));
  }
  const absl::Status accepting = intake.Accepting();
  report.set_accepting(accepting.ok());
  report.set_refusing_because(std::string(accepting.message()));
}

v1::IndexShardState ToMessage(ShardState state) {
  switch (state) {
    case ShardState::kHot:
      return v1::INDEX_SHARD_STATE_HOT;
    case ShardState::kFrozen:
      return v1::INDEX_SHARD_STATE_FROZEN;
    case ShardState::kSealed:
      return v1::INDEX_SHARD_STATE_SEALED;
    case ShardState::kDamaged:
      return v1::INDEX_SHARD_STATE_DAMAGED;
  }
  return v1::INDEX_SHARD_STATE_UNSPECIFIED;
}

void ReportShards(const ShardSetStatus& status, v1::IndexShards& report) {
  report.set_hot_documents(status.hot_documents);
  report.set_frozen(status.frozen);
  report.set_sealed(status.sealed);
  report.set_superseded(status.superseded);
  report.set_sealing(status.sealing);
  report.set_damaged(status.damaged);
  report.set_left_to_restore(status.left_to_restore);
  report.set_restored(status.restored);
  report.set_expired(status.expired);
  report.set_verified_bytes(status.verified_bytes);
  report.set_verifying(status.verifying);
  for (const ShardReport& shard : status.shards) {
    v1::IndexShard* message = report.add_shards();
    message->set_uuid(shard.uuid);
    message->set_state(ToMessage(shard.state));
    message->set_documents(shard.documents);
    message->set_bytes(shard.bytes);
    if (shard.verified.has_value()) SetTime(*message->mutable_verified_time(), *shard.verified);
    if (shard.state != ShardState::kDamaged) continue;
    message->set_damage(shard.damage);
    SetTime(*message->mutable_damaged_time(), shard.damaged_time);
  }
}

void ReportIndex(const IndexerStatus& index, v1::GetIngestStatusResponse& report) {
  report.set_index_sequence(index.visible_sequence);
  report.set_index_backlog(std::max<int64_t>(0, report.archive_sequence() - index.visible_sequence));
  report.set_visible_waiters(static_cast<int64_t>(index.waiters));
  ReportShards(index.shards, *report.mutable_index_shards());
  if (!index.last_commit_time.has_value()) return;
  SetTime(*report.mutable_last_commit_time(), *index.last_commit_time);
  SetDuration(*report.mutable_last_commit_duration(), index.last_commit_duration);
}

void ReportLearning(const LearnerStatus& status, v1::LearningStatus& report) {
  report.set_enabled(status.enabled);
  report.set_sequence(status.sequence);
  report.set_version(status.version);
  report.set_applied_lines(status.in_force);
  report.set_counted_lines(status.lines);
  report.set_error(status.error);
}

}  // namespace

absl::StatusOr<v1::GetIngestStatusResponse> ReportStatus(IngestParts& parts, int64_t rejected_unasked) {
  const auto counts = parts.archive.Counts();
  if (!counts.ok()) return counts.status();
  v1::GetIngestStatusResponse report;
  report.set_lineage(parts.archive.lineage());
  report.set_archive_sequence(counts->last_sequence);
  report.set_articles(counts->articles);
  report.set_tombstones(counts->tombstones);
  report.set_archive_bytes(counts->bytes);
  report.set_index_bytes(BytesBelow(parts.index_directory));
  report.set_free_bytes(parts.disk.free_bytes());
  report.set_normaliser_version(parts.normaliser_version);
  report.set_version(std::string(Version()));
  *report.mutable_limits() = parts.limits;
  ReportIntake(parts.intake, rejected_unasked, report);
  ReportIndex(parts.indexer.status(), report);
  ReportLearning(parts.learner.status(), *report.mutable_learning());
  v1::ReplayState replay = parts.replayer.state();
  if (replay.has_start_time()) *report.mutable_replay() = std::move(replay);
  return report;
}

void RegisterIngestMetrics(Metrics& metrics, IngestParts& parts, const std::atomic<int64_t>& rejected_unasked) {
  for (int outcome = v1::OUTCOME_CREATED; outcome < v1::Outcome_ARRAYSIZE; ++outcome) {
    metrics.AddCounter("broadsheet_ingest_outcomes_total",
                       "Articles and deletions answered since the start, by outcome.",
                       [&parts, &rejected_unasked, outcome] {
                         return static_cast<double>(CountOf(parts.intake.state(), outcome, rejected_unasked.load()));
                       },
                       {{"outcome", v1::Outcome_Name(outcome).substr(sizeof("OUTCOME_") - 1)}});
  }
  metrics.AddGauge("broadsheet_ingest_in_flight", "Articles being prepared or waiting for the archive.",
                   [&parts] { return static_cast<double>(parts.intake.state().articles_in_flight); });
  metrics.AddGauge("broadsheet_ingest_in_flight_bytes", "Bytes of those articles.",
                   [&parts] { return static_cast<double>(parts.intake.state().bytes_in_flight); });
  metrics.AddGauge("broadsheet_ingest_index_shards", "Parts of the index, that which takes writes too.", [&parts] {
    const ShardSetStatus shards = parts.indexer.status().shards;
    return 1.0 + shards.frozen + shards.sealed;
  });
  metrics.AddGauge("broadsheet_ingest_index_damaged_shards",
                   "Parts of the index that are damaged and left out until their articles are indexed again.",
                   [&parts] { return static_cast<double>(parts.indexer.status().shards.damaged); });
  metrics.AddGauge("broadsheet_ingest_index_left_to_restore", "Articles and deletions of those that are not yet.",
                   [&parts] { return static_cast<double>(parts.indexer.status().shards.left_to_restore); });
  metrics.AddCounter("broadsheet_ingest_index_restored_total", "Those that were, since the start.",
                     [&parts] { return static_cast<double>(parts.indexer.status().shards.restored); });
  metrics.AddCounter("broadsheet_ingest_index_expired_total",
                     "Articles taken out of the index for their age, since the start.",
                     [&parts] { return static_cast<double>(parts.indexer.status().shards.expired); });
  metrics.AddCounter("broadsheet_ingest_index_verified_bytes_total",
                     "Bytes of the index that were verified against checksums, since the start.",
                     [&parts] { return static_cast<double>(parts.indexer.status().shards.verified_bytes); });
  metrics.AddGauge("broadsheet_ingest_accepting", "1 while writes are taken, 0 while they are refused.",
                   [&parts] { return parts.intake.Accepting().ok() ? 1.0 : 0.0; });
  metrics.AddGauge("broadsheet_ingest_archive_sequence", "Newest durable sequence.",
                   [&parts] { return static_cast<double>(parts.writer.durable_sequence()); });
  metrics.AddGauge("broadsheet_ingest_index_sequence", "Newest sequence that search can see.",
                   [&parts] { return static_cast<double>(parts.indexer.visible_sequence()); });
  metrics.AddGauge("broadsheet_ingest_visible_waiters", "Calls and stream elements that wait for VISIBLE.",
                   [&parts] { return static_cast<double>(parts.indexer.status().waiters); });
  metrics.AddCounter("broadsheet_ingest_index_commits_total", "Commits of the index since the start.",
                     [&parts] { return static_cast<double>(parts.indexer.status().commits); });
  metrics.AddGauge("broadsheet_ingest_index_last_commit_seconds", "How long the last commit of the index took.",
                   [&parts] { return absl::ToDoubleSeconds(parts.indexer.status().last_commit_duration); });
  metrics.AddGauge("broadsheet_ingest_replay_running", "1 while a replay runs.",
                   [&parts] { return parts.replayer.state().running() ? 1.0 : 0.0; });
  metrics.AddGauge("broadsheet_ingest_replay_done", "Articles that the replay, or the last one, has looked at.",
                   [&parts] { return static_cast<double>(parts.replayer.state().progress().done()); });
  metrics.AddGauge("broadsheet_ingest_disk_free_bytes", "Bytes free where the archive lives.",
                   [&parts] { return static_cast<double>(parts.disk.free_bytes()); });
}

}  // namespace broadsheet::ingest
