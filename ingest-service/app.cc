#include "ingest/app.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"
#include "common/base/thread_priority.h"
#include "common/rpc/signals.h"
#include "ingest/event_source.h"
#include "ingest/index/rebuild.h"
#include "ingest/pipeline/deletion.h"
#include "ingest/pipeline/pipeline.h"
#include "ingest/pipeline/too_old.h"
#include "ingest/rpc/validation.h"

namespace broadsheet::ingest {
namespace {

// Without unwinding: whatever would still run could acknowledge or write.
void EndAtOnce(const absl::Status& status) {
  LogError("ending at once; the next start recovers", {{"error", std::string(status.message())}});
  _exit(1);
}

int Fail(std::string_view what, const absl::Status& status) {
  LogError(what, {{"error", std::string(status.message())}});
  return 1;
}

}  // namespace

App::App(const IngestConfig& config, const Clock& clock, Hooks hooks)
    : config_(config),
      clock_(clock),
      hooks_(std::move(hooks)),
      disk_(config.data_directory, config.disk_reserve_mib << 20),
      stage_executor_(config.service.threads, hooks_.intake.max_articles),
      call_executor_(config.service.threads, config.service.queue) {}

absl::StatusOr<std::unique_ptr<App>> App::Start(const IngestConfig& config, const Clock& clock, Hooks hooks) {
  if (hooks.on_fatal == nullptr) hooks.on_fatal = EndAtOnce;
  std::unique_ptr<App> app(new App(config, clock, std::move(hooks)));
  if (absl::Status opened = app->Open(); !opened.ok()) return opened;
  if (absl::Status serving = app->Serve(); !serving.ok()) return serving;
  return app;
}

absl::Status App::Open() {
  auto archive = Archive::Open(config_.archive_directory(), hooks_.archive);
  if (!archive.ok()) return archive.status();
  archive_ = *std::move(archive);
  const auto counts = archive_->Counts();
  if (!counts.ok()) return counts.status();

  IndexerOptions options;
  options.directory = config_.index_directory();
  options.lineage = archive_->lineage();
  options.archive_sequence = counts->last_sequence;
  options.hot_documents = config_.hot_shard_articles;
  options.hot_bytes = config_.hot_shard_mib << 20;
  options.seal_quiet = absl::Seconds(config_.seal_quiet_seconds);
  options.retention = config_.retention();
  options.disk_reserve = config_.disk_reserve_mib << 20;
  options.archive = ViewOf(*archive_);
  options.verify_interval = absl::Seconds(config_.verify_seconds);
  options.verify_bytes_per_second = config_.verify_mib_per_second << 20;
  auto indexer = Indexer::Start(options, AllEvents(*archive_), clock_, hooks_.on_fatal);
  if (!indexer.ok()) return indexer.status();
  indexer_ = *std::move(indexer);

  auto learner = Learner::Start(*archive_, config_.learning);
  if (!learner.ok()) return learner.status();
  learner_ = *std::move(learner);

  ArchiveWriter::Callbacks callbacks;
  callbacks.on_durable = [this](int64_t sequence) {
    indexer_->Notify(sequence);
    learner_->Notify(sequence);
  };
  callbacks.on_fatal = hooks_.on_fatal;
  auto writer = ArchiveWriter::Start(*archive_, clock_, std::move(callbacks));
  if (!writer.ok()) return writer.status();
  writer_ = *std::move(writer);
  intake_ = std::make_unique<Intake>(*archive_, *writer_, disk_, stage_executor_, clock_, Stages(), hooks_.intake);
  replayer_ = std::make_unique<Replayer>(
      *archive_, *writer_, *intake_, clock_,
      [this](const v1::RawArticle& raw, absl::Time received) { return PrepareArticle(raw, received); });
  return absl::OkStatus();
}

absl::Status App::Serve() {
  parts_.reset(new IngestParts{*archive_, *writer_, *intake_, *indexer_, *learner_, *replayer_, disk_,
                               config_.index_directory(), Limits(), kNormaliserVersion});
  service_ = std::make_unique<IngestService>(*parts_, call_executor_, metrics_, hooks_.limits);
  RegisterIngestMetrics(metrics_, *parts_, service_->rejected_unasked());
  if (!config_.service.metrics_listen.empty()) {
    auto endpoint = MetricsEndpoint::Start(metrics_, config_.service.metrics_listen);
    if (!endpoint.ok()) return endpoint.status();
    endpoint_ = *std::move(endpoint);
  }
  ServerOptions options;
  options.listen = config_.service.listen;
  options.reflection = config_.service.reflection;
  auto server = Server::Start(options, {{kIngestServiceName, service_.get()}});
  if (!server.ok()) return server.status();
  server_ = *std::move(server);
  server_->SetServing(true);
  return absl::OkStatus();
}

// The one way from a raw article to what the archive keeps, for live writes and replays alike.
std::variant<EnrichedArticle, Rejection> App::PrepareArticle(const v1::RawArticle& raw, absl::Time received) const {
  auto prepared = hooks_.prepare != nullptr ? hooks_.prepare(raw, received)
                                            : Prepare(raw, config_.content, received, learner_->lines().get());
  const auto* enriched = std::get_if<EnrichedArticle>(&prepared);
  if (enriched == nullptr) return prepared;
  auto too_old = RejectTooOld(enriched->article, received, clock_.Now(), config_.retention());
  return too_old.has_value() ? *std::move(too_old) : std::move(prepared);
}

IntakeStages App::Stages() const {
  IntakeStages stages;
  stages.prepare = [this](const v1::RawArticle& raw) { return PrepareArticle(raw, clock_.Now()); };
  stages.prepare_deletion = [](const v1::Deletion& deletion) { return PrepareDeletion(deletion); };
  return stages;
}

v1::IngestLimits App::Limits() const {
  v1::IngestLimits limits;
  limits.set_request_bytes(ServerOptions().max_receive_bytes);
  limits.set_text_bytes(static_cast<int64_t>(config_.content.text_bytes));
  limits.set_html_bytes(static_cast<int64_t>(config_.content.html_bytes));
  limits.set_batch_articles(kMaxBatchArticles);
  limits.set_retention_days(config_.retention_days);
  return limits;
}

App::~App() {
  Stop().IgnoreError();  // why it failed was logged, or returned before
}

absl::Status App::Stop() {
  if (server_ != nullptr) {
    server_->StopServing();
    std::this_thread::sleep_for(absl::ToChronoMilliseconds(config_.drain_grace));
    service_->Drain();
    server_->Shutdown(config_.drain_limit);
    service_->JoinReplay();
    server_.reset();
  }
  endpoint_.reset();
  metrics_.RemoveCallbacks();
  replayer_.reset();
  intake_.reset();
  writer_.reset();
  return indexer_ == nullptr ? absl::OkStatus() : indexer_->Stop();
}

absl::Status RunRebuild(const IngestConfig& config, const Clock& clock) {
  auto archive = Archive::Open(config.archive_directory());
  if (!archive.ok()) return archive.status();
  const auto counts = (*archive)->Counts();
  if (!counts.ok()) return counts.status();
  RebuildOptions options;
  options.directory = config.index_directory();
  options.lineage = (*archive)->lineage();
  options.archive_sequence = counts->last_sequence;
  options.retention = config.retention();
  options.hot_documents = config.hot_shard_articles;
  LogInfo("rebuilding the index", {{"through_sequence", absl::StrCat(options.archive_sequence)}});
  auto report = [&options](int64_t sequence) {
    LogInfo("rebuilding", {{"sequence", absl::StrCat(sequence)}, {"of", absl::StrCat(options.archive_sequence)}});
  };
  const auto rebuilt = Rebuild(options, StandingEvents(**archive), clock, report);
  if (!rebuilt.ok()) return rebuilt.status();
  LogInfo("the new index is in force",
          {{"articles", absl::StrCat(rebuilt->articles)}, {"tombstones", absl::StrCat(rebuilt->tombstones)}});
  return absl::OkStatus();
}

int RunIngestService(int argc, const char* const* argv) {
  IngestConfig config;
  CLI::App flags("Takes news articles over gRPC, keeps them in a durable archive and indexes them for search-service.",
                 "ingest-service");
  AddIngestFlags(flags, config);
  if (auto ended = ParseFlags(flags, argc, argv, std::cout, std::cerr); ended.has_value()) return *ended;
  if (auto started = StartLoggingAsAsked("ingest-service", config.service); !started.ok()) {
    return Fail("cannot log", started);
  }
  LogSettings(flags, argc, argv);
  const SystemClock clock;
  if (config.command == IngestConfig::Command::kRebuild) {
    const absl::Status rebuilt = RunRebuild(config, clock);
    return rebuilt.ok() ? 0 : Fail("cannot rebuild", rebuilt);
  }
  LowerPriority(kBackground);  // of every thread that starts from here on: for a search, a reader waits
  StopSignals signals;         // a rebuild may simply be interrupted: the old index stays in force
  auto app = App::Start(config, clock, {});
  if (!app.ok()) return Fail("cannot start", app.status());
  signals.Wait();
  const absl::Status stopped = (*app)->Stop();
  if (!stopped.ok()) return Fail("stopped with an error", stopped);
  LogInfo("stopped");
  return 0;
}

}  // namespace broadsheet::ingest
