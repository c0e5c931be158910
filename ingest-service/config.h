#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>

#include "absl/time/time.h"
#include "common/rpc/service_flags.h"
#include "ingest/index/indexer.h"
#include "ingest/learn/learner.h"
#include "ingest/pipeline/pipeline.h"

namespace CLI {
class App;
}

namespace broadsheet::ingest {

// Everything that can be set. The two times at the end have no flag.
struct IngestConfig {
  enum class Command { kServe, kRebuild };

  Command command = Command::kServe;
  ServiceFlags service{.listen = "127.0.0.1:7401"};
  std::filesystem::path data_directory = "data";         // holds archive/ and index/
  int64_t disk_reserve_mib = 512;                        // writing stops when less is free
  PipelineLimits content;                                // of one article, in bytes
  LearnerOptions learning;                               // of boilerplate
  int64_t hot_shard_articles = kHotDocuments;            // the shard that takes writes is closed when it has so many
  int64_t hot_shard_mib = kHotBytes >> 20;               // or is so large
  int64_t seal_quiet_seconds = kSealQuietSeconds;        // or has an eighth of it and nothing came for so long
  int64_t retention_days = 0;                            // older articles leave the index; 0: none does
  int64_t verify_seconds = 24 * 60 * 60;                 // from one verification of a part of the index to the next
  int64_t verify_mib_per_second = 32;                    // that it reads at most
  absl::Duration drain_grace = absl::Milliseconds(250);  // between NOT_SERVING and the end of taking calls
  absl::Duration drain_limit = absl::Seconds(5);         // for calls under way; then they are cancelled

  std::filesystem::path archive_directory() const { return data_directory / "archive"; }
  std::filesystem::path index_directory() const { return data_directory / "index"; }
  absl::Duration retention() const {
    return retention_days == 0 ? absl::InfiniteDuration() : absl::Hours(24) * retention_days;
  }
};

// Declares all flags and the subcommand. `config` must outlive `app`; its values are the defaults.
void AddIngestFlags(CLI::App& app, IngestConfig& config);

}  // namespace broadsheet::ingest
