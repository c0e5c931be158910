#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/base/executor.h"
#include "common/rpc/metrics.h"
#include "common/rpc/metrics_endpoint.h"
#include "common/rpc/server.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/archive/disk_guard.h"
#include "ingest/config.h"
#include "ingest/index/indexer.h"
#include "ingest/learn/learner.h"
#include "ingest/pipeline/intake.h"
#include "ingest/pipeline/replayer.h"
#include "ingest/rpc/ingest_service.h"

namespace broadsheet::ingest {

// ingest-service: everything it is made of, wired up. The order of the members is the order of dependency; they end in
// the opposite one, so that what is under way reaches the archive, and the archive the index.
class App {
 public:
  struct Hooks {
    // The archive or the index cannot be written any more. By default the process ends at once, with code 1: nothing
    // that was not acknowledged is lost, and the next start recovers.
    std::function<void(const absl::Status&)> on_fatal;
    ArchiveOptions archive;
    IntakeOptions intake;
    IngestServiceLimits limits;
    Replayer::Prepare prepare;  // takes the place of the pipeline, as if its rules had changed; for tests
  };

  // Recovers, listens and serves. FAILED_PRECONDITION when another process has the data directory, when the index
  // needs a rebuild, or when it cannot listen. `clock` must outlive the app.
  static absl::StatusOr<std::unique_ptr<App>> Start(const IngestConfig& config, const Clock& clock, Hooks hooks);

  // Stop().
  ~App();

  // NOT_SERVING, a moment of grace, then no new calls; finishes those under way, commits archive and index.
  absl::Status Stop();

  // Where it listens until Stop: "127.0.0.1:40123".
  const std::string& address() const { return server_->address(); }

  // Port of the metrics; 0 when none are served.
  int metrics_port() const { return endpoint_ ? endpoint_->port() : 0; }

 private:
  App(const IngestConfig& config, const Clock& clock, Hooks hooks);
  absl::Status Open();
  absl::Status Serve();
  std::variant<EnrichedArticle, Rejection> PrepareArticle(const v1::RawArticle& raw, absl::Time received) const;
  IntakeStages Stages() const;
  v1::IngestLimits Limits() const;

  const IngestConfig config_;
  const Clock& clock_;
  const Hooks hooks_;
  Metrics metrics_;
  DiskGuard disk_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Indexer> indexer_;
  std::unique_ptr<Learner> learner_;
  std::unique_ptr<ArchiveWriter> writer_;
  Executor stage_executor_;
  Executor call_executor_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<Replayer> replayer_;
  std::unique_ptr<IngestParts> parts_;
  std::unique_ptr<IngestService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<MetricsEndpoint> endpoint_;
};

// `ingest-service rebuild`: builds the index anew and logs how far it is.
absl::Status RunRebuild(const IngestConfig& config, const Clock& clock);

// The whole life of the process: settings, start, wait for SIGTERM, stop. Returns its exit code.
int RunIngestService(int argc, const char* const* argv);

}  // namespace broadsheet::ingest
