#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/executor.h"
#include "common/rpc/metrics.h"
#include "common/rpc/metrics_endpoint.h"
#include "common/rpc/parked_calls.h"
#include "common/rpc/server.h"
#include "common/rpc/service_flags.h"
#include "common/rpc/stream_group.h"
#include "common/rpc/stream_turns.h"
#include "common/rpc/unary_call.h"
#include "search/index/column_warmer.h"
#include "search/index/reader_pool.h"
#include "search/index/snapshot_watcher.h"
#include "search/rpc/search_service.h"

namespace broadsheet::search {

struct AppConfig {
  ServiceFlags service{.listen = "127.0.0.1:7402"};
  std::filesystem::path index_directory;            // written by ingest-service; may appear later
  std::filesystem::path synonyms;                   // a file of synonyms (query/synonyms.h); empty: none
  absl::Duration max_deadline = absl::Seconds(10);  // longer deadlines of callers, and none, are taken as this
  size_t max_waiting = 1'000;                       // calls that may wait for a sequence at once
  size_t max_exports = 16;                          // open at once
  size_t max_watches = 1'000;                       // likewise
  absl::Duration drain = absl::Seconds(10);         // time that running calls get at the end
};

// search-service: everything it is made of, wired up. It serves as soon as it listens; until there is an index that it
// can read, health is NOT_SERVING and calls are UNAVAILABLE.
class App {
 public:
  // Listens at once. Errors as SynonymFile::Open, Server::Start and MetricsEndpoint::Start. `clock` must outlive the
  // app.
  static absl::StatusOr<std::unique_ptr<App>> Start(const AppConfig& config, const Clock& clock);

  // Stop().
  ~App();

  // NOT_SERVING, then waits for the calls that run, up to the drain time.
  void Stop();

  // Where it listens: "127.0.0.1:40123".
  const std::string& address() const { return server_->address(); }

 private:
  App(const AppConfig& config, const Clock& clock);
  void Publish(const absl::Status& state, const std::string& left_out);
  void AddGauges();

  const AppConfig config_;
  const Clock& clock_;
  Metrics metrics_;
  ReaderPool readers_;
  ParkedCalls parked_;
  Executor executor_;        // of light calls
  Executor heavy_executor_;  // of heavy calls and streams: as many threads again, which give way to the light ones
  ServiceCalls calls_;
  StreamTurns turns_;
  StreamGroup exports_;
  StreamGroup watches_;
  std::mutex mutex_;
  bool readable_ = false;                     // guarded by mutex_; what health is to say
  bool published_ = false;                    // guarded by mutex_; the server is there to say it
  std::unique_ptr<SnapshotWatcher> watcher_;  // may hold calls, which the server waits for
  std::unique_ptr<ColumnWarmer> warmer_;
  std::unique_ptr<SynonymFile> synonyms_;
  std::unique_ptr<SearchService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<MetricsEndpoint> endpoint_;
};

// The whole life of the process: settings, start, wait for SIGTERM, stop. Returns its exit code.
int RunSearchService(int argc, const char* const* argv);

}  // namespace broadsheet::search
