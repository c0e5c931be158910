#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "ingest/index/index_event.h"
#include "ingest/index/indexer.h"

namespace broadsheet::ingest {

struct RebuildOptions {
  std::filesystem::path directory;  // of the index; created when missing
  std::string lineage;              // of the archive
  int64_t archive_sequence = 0;     // newest durable sequence: what the new index stands at
  absl::Duration tombstone_horizon = absl::Hours(7 * 24);
  absl::Duration retention = absl::InfiniteDuration();  // older articles are left out (retention.h)
  int flush_documents = 200;                            // as IndexerOptions
  int64_t hot_documents = kHotDocuments;  // the same; the service seals what comes to more at its next start
};

struct RebuiltIndex {
  int64_t sequence = 0;  // that it stands at
  int64_t articles = 0;
  int64_t tombstones = 0;
};

// Builds the index anew beside the old one, checks it, switches the manifest and removes the old shards. A crash at any
// point leaves the old index in force. `read` gives, in ascending order of sequence, the event that stands of each
// article and no other. No Indexer may run on the directory; FAILED_PRECONDITION when one does. `reached` is called now
// and then with the sequence that the work has come to.
absl::StatusOr<RebuiltIndex> Rebuild(const RebuildOptions& options, const EventReader& read, const Clock& clock,
                                     const std::function<void(int64_t sequence)>& reached);

}  // namespace broadsheet::ingest
