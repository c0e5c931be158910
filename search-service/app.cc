#include "search/app.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "common/base/logging.h"
#include "common/base/thread_priority.h"
#include "common/rpc/signals.h"

namespace broadsheet::search {
namespace {

void AddSearchFlags(CLI::App& flags, AppConfig& config) {
  flags
      .add_option("--index-dir", config.index_directory,
                  "The index that ingest-service writes: the folder \"index\" of its data directory. Search waits for "
                  "it when it is not there yet")
      ->envname("BROADSHEET_INDEX_DIR")
      ->required()
      ->type_name("DIRECTORY");
  flags
      .add_option("--synonyms", config.synonyms,
                  "A file of synonyms: lines such as \"car, automobile\" or \"pm => prime minister\". It is read again "
                  "when it changes")
      ->envname("BROADSHEET_SYNONYMS")
      ->type_name("FILE");
  flags.add_option("--max-exports", config.max_exports, "Exports at once; more are refused")
      ->envname("BROADSHEET_MAX_EXPORTS")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  flags.add_option("--max-watches", config.max_watches, "Live queries at once; more are refused")
      ->envname("BROADSHEET_MAX_WATCHES")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

int Fail(const absl::Status& status) {
  LogError("cannot start", {{"reason", std::string(status.message())}});
  return 1;
}

}  // namespace

App::App(const AppConfig& config, const Clock& clock)
    : config_(config),
      clock_(clock),
      readers_(config.index_directory),
      parked_(config.max_waiting),
      executor_(config.service.threads, config.service.queue),
      heavy_executor_(config.service.threads, config.service.queue, kBehindCalls),
      calls_(kSearchServiceName, {executor_, heavy_executor_}, metrics_, {.max_deadline = config.max_deadline}),
      turns_(heavy_executor_, config.service.threads / 2),  // at least one; the other threads are for calls
      exports_(turns_, "exports", config.max_exports),
      watches_(turns_, "live queries", config.max_watches) {}

absl::StatusOr<std::unique_ptr<App>> App::Start(const AppConfig& config, const Clock& clock) {
  std::unique_ptr<App> app(new App(config, clock));
  App* self = app.get();
  app->watcher_ = std::make_unique<SnapshotWatcher>(
      app->readers_, [self](const auto& state, const auto& left_out) { self->Publish(state, left_out); });
  auto synonyms = SynonymFile::Open(config.synonyms);
  if (!synonyms.ok()) return synonyms.status();
  app->synonyms_ = *std::move(synonyms);
  app->warmer_ = std::make_unique<ColumnWarmer>(app->readers_);
  app->watcher_->Follow([self] { return self->exports_.open() + self->watches_.open(); },
                        [self] {
                          self->exports_.WakeAll();
                          self->watches_.WakeAll();
                        });
  app->service_ = std::make_unique<SearchService>(app->calls_, app->readers_, *app->watcher_, app->parked_,
                                                  SearchService::Streams{app->exports_, app->watches_}, app->clock_,
                                                  *app->synonyms_);
  app->AddGauges();
  if (!config.service.metrics_listen.empty()) {
    auto endpoint = MetricsEndpoint::Start(app->metrics_, config.service.metrics_listen);
    if (!endpoint.ok()) return endpoint.status();
    app->endpoint_ = *std::move(endpoint);
  }
  ServerOptions options{.listen = config.service.listen, .reflection = config.service.reflection};
  auto server = Server::Start(options, {{kSearchServiceName, app->service_.get()}});
  if (!server.ok()) return server.status();
  std::lock_guard lock(app->mutex_);
  app->server_ = *std::move(server);
  app->published_ = true;
  app->server_->SetServing(app->readable_);
  return app;
}

App::~App() {
  Stop();
  {
    std::lock_guard lock(mutex_);
    published_ = false;  // the watcher outlives the server
  }
  metrics_.RemoveCallbacks();
}

void App::Stop() {
  if (server_ == nullptr) return;
  server_->StopServing();
  service_->Drain();
  server_->Shutdown(config_.drain);
  executor_.End();  // light calls may have become heavy ones
  heavy_executor_.End();
}

// A part that is left out is no reason to be NOT_SERVING: everything else is found, here as by any other instance.
void App::Publish(const absl::Status& state, const std::string& left_out) {
  if (state.ok() && !left_out.empty()) {
    LogError("a part of the index is damaged and left out", {{"damage", left_out}});
  } else if (state.ok()) {
    LogInfo("index open", {{"directory", config_.index_directory.string()}});
  } else {
    LogWarning("index not open", {{"reason", std::string(state.message())}});
  }
  std::lock_guard lock(mutex_);
  readable_ = state.ok();
  if (published_) server_->SetServing(readable_);
}

void App::AddGauges() {
  metrics_.AddGauge("broadsheet_search_queued_calls", "Calls that wait for a thread",
                    [this] { return static_cast<double>(executor_.queued()); }, {{"lane", "light"}});
  metrics_.AddGauge("broadsheet_search_queued_calls", "Calls that wait for a thread",
                    [this] { return static_cast<double>(heavy_executor_.queued()); }, {{"lane", "heavy"}});
  metrics_.AddGauge("broadsheet_search_waiting_calls", "Calls that wait for a sequence",
                    [this] { return static_cast<double>(parked_.count()); });
  metrics_.AddGauge("broadsheet_search_column_bytes", "Memory of the columns of all shards",
                    [this] { return static_cast<double>(readers_.column_bytes()); });
  metrics_.AddGauge("broadsheet_search_postings_bytes", "Memory of decoded posting lists",
                    [this] { return static_cast<double>(service_->caches().postings.bytes()); });
  metrics_.AddGauge("broadsheet_search_article_bytes", "Memory of articles that were shown lately",
                    [this] { return static_cast<double>(service_->caches().articles.bytes()); });
  metrics_.AddGauge("broadsheet_search_open_streams", "Open streams by method",
                    [this] { return static_cast<double>(exports_.open()); }, {{"method", "ExportArticles"}});
  metrics_.AddGauge("broadsheet_search_open_streams", "Open streams by method",
                    [this] { return static_cast<double>(watches_.open()); }, {{"method", "WatchArticles"}});
  metrics_.AddGauge("broadsheet_search_waiting_turns", "Streams that wait for their turn on a thread",
                    [this] { return static_cast<double>(turns_.waiting()); });
  metrics_.AddGauge("broadsheet_search_watch_lag_sequences", "Sequences that the slowest live query is behind",
                    [this] { return static_cast<double>(service_->watch_lag()); });
  metrics_.AddGauge("broadsheet_search_index_incomplete", "1 while a damaged part of the index is left out, else 0",
                    [this] { return watcher_->latest().left_out.empty() ? 0.0 : 1.0; });
  metrics_.AddGauge("broadsheet_search_snapshot_sequence", "The newest sequence that can be found",
                    [this] { return static_cast<double>(watcher_->sequence()); });
}

int RunSearchService(int argc, const char* const* argv) {
  AppConfig config;
  CLI::App flags("Answers full-text and faceted queries over the index of ingest-service.", "search-service");
  AddServiceFlags(flags, config.service);
  AddSearchFlags(flags, config);
  if (auto ended = ParseFlags(flags, argc, argv, std::cout, std::cerr); ended.has_value()) return *ended;
  if (auto started = StartLoggingAsAsked("search-service", config.service); !started.ok()) return Fail(started);
  StopSignals signals;
  LogSettings(flags, argc, argv);
  const SystemClock clock;
  auto app = App::Start(config, clock);
  if (!app.ok()) return Fail(app.status());
  signals.Wait();
  (*app)->Stop();
  return 0;
}

}  // namespace broadsheet::search
