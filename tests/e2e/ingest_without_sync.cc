// ingest-service with its archive not synced at commit: what the durability test must be able to tell from the real
// one.
#include <CLI/CLI.hpp>
#include <iostream>

#include "common/base/clock.h"
#include "common/base/logging.h"
#include "common/rpc/signals.h"
#include "ingest/app.h"

int main(int argc, char** argv) {
  using broadsheet::ingest::App;
  broadsheet::ingest::IngestConfig config;
  CLI::App flags("ingest-service without synchronous commits, for a test", "ingest-service-without-sync");
  AddIngestFlags(flags, config);
  CLI11_PARSE(flags, argc, argv);
  if (!broadsheet::StartLogging("ingest-service-without-sync", broadsheet::LogFormat::kText, "info").ok()) return 1;
  const broadsheet::SystemClock clock;
  broadsheet::StopSignals signals;
  App::Hooks hooks;
  hooks.archive.synchronous = false;
  auto app = App::Start(config, clock, hooks);
  if (!app.ok()) {
    std::cerr << app.status().message() << "\n";
    return 1;
  }
  signals.Wait();
  return (*app)->Stop().ok() ? 0 : 1;
}
