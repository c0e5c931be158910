#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>

#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/rpc/metrics.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/archive/disk_guard.h"
#include "ingest/index/indexer.h"
#include "ingest/learn/learner.h"
#include "ingest/pipeline/intake.h"
#include "ingest/pipeline/replayer.h"

namespace broadsheet::ingest {

// What the service is made of; all of it outlives the service.
struct IngestParts {
  Archive& archive;
  ArchiveWriter& writer;
  Intake& intake;
  Indexer& indexer;
  Learner& learner;
  Replayer& replayer;
  DiskGuard& disk;
  std::filesystem::path index_directory;
  v1::IngestLimits limits;
  int32_t normaliser_version;
};

// The answer of GetIngestStatus. Reads the archive and walks the index directory: not for the thread of a call.
// `rejected_unasked` are the elements rejected without asking the intake.
absl::StatusOr<v1::GetIngestStatusResponse> ReportStatus(IngestParts& parts, int64_t rejected_unasked);

// Registers the same figures, as far as they cost nothing, as broadsheet_ingest_* metrics. `parts` and
// `rejected_unasked` must live until Metrics::RemoveCallbacks.
void RegisterIngestMetrics(Metrics& metrics, IngestParts& parts, const std::atomic<int64_t>& rejected_unasked);

}  // namespace broadsheet::ingest
