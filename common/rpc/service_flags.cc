#include "common/rpc/service_flags.h"

#include <grpc/support/log.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <thread>
#include <vector>

#include "common/base/logging.h"
#include "common/base/version.h"
#include "common/rpc/listen_address.h"

namespace broadsheet {
namespace {

constexpr std::string_view kEnvironmentPrefix = "BROADSHEET_";
constexpr size_t kMisspelling = 2;  // edits between a variable and the one that was probably meant

// CLI11's checks return what is wrong, or nothing.
std::string CheckHostPort(const std::string& value) {
  return std::string(ParseHostPort(value).status().message());
}

std::string CheckListen(const std::string& value) {
  if (value.rfind("unix:", 0) != 0) return CheckHostPort(value);
  return value.size() > 5 ? "" : "\"unix:\" needs a path after it, for example unix:/run/broadsheet/ingest.sock";
}

bool OnCommandLine(const CLI::Option& option, int argc, const char* const* argv) {
  const std::string name = option.get_name();
  return std::any_of(argv + 1, argv + argc, [&name](std::string_view argument) {
    return argument == name || (argument.substr(0, name.size()) == name && argument.substr(name.size(), 1) == "=");
  });
}

bool InEnvironment(const CLI::Option& option) {
  if (option.get_envname().empty()) return false;
  const char* value = std::getenv(option.get_envname().c_str());
  return value != nullptr && *value != '\0';
}

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// A sentence for a variable that nobody reads but that is nearly the name of one that is read; empty when there is
// none.
std::string MisspeltVariable(const CLI::App& app) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view name(*entry);
    name = name.substr(0, name.find('='));
    if (name.substr(0, kEnvironmentPrefix.size()) != kEnvironmentPrefix) continue;
    std::string meant;
    for (const auto* option : app.get_options()) {
      const size_t distance = EditDistance(name, option->get_envname());
      if (distance == 0) meant.clear();
      if (distance == 0) break;
      if (distance <= kMisspelling) meant = option->get_envname();
    }
    if (!meant.empty()) return "the environment variable " + std::string(name) + " is not known: " + meant + " is";
  }
  return "";
}

// CLI11 names the flag only; the value may have come from the environment.
std::string Explain(const CLI::App& app, const std::string& what, int argc, const char* const* argv) {
  for (const auto* option : app.get_options()) {
    if (option->get_name().empty() || what.find(option->get_name()) == std::string::npos) continue;
    if (InEnvironment(*option) && !OnCommandLine(*option, argc, argv)) {
      return what + " (from the environment variable " + option->get_envname() + ")";
    }
  }
  return what;
}

void AddAddresses(CLI::App& app, ServiceFlags& flags) {
  app.add_option("--listen", flags.listen, "Where to serve gRPC: host:port, or unix:/path")
      ->envname("BROADSHEET_LISTEN")
      ->check(CLI::Validator(CheckListen, ""))
      ->type_name("ADDRESS");
  app.add_option(
         "--metrics-listen", flags.metrics_listen,
         "Where to serve Prometheus metrics over HTTP as host:port, for example 127.0.0.1:9401; off when empty. "
         "There is no authentication: keep it on loopback or a private network")
      ->envname("BROADSHEET_METRICS_LISTEN")
      ->check(CLI::Validator(CheckHostPort, ""))
      ->type_name("ADDRESS");
}

void AddLogging(CLI::App& app, ServiceFlags& flags) {
  app.add_option("--log-format", flags.log_format, "How the log on standard error is written")
      ->envname("BROADSHEET_LOG_FORMAT")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("text|json");
  app.add_option("--log-level", flags.log_level,
                 "What is logged. At info, calls that failed or took a second or more; at debug, every call")
      ->envname("BROADSHEET_LOG_LEVEL")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}).description(""))
      ->type_name("trace|debug|info|warn|error|off");
}

// gRPC would write lines of its own form into the log. What it calls an error a client can cause, so it is a warning.
void LogForGrpc(gpr_log_func_args* line) {
  const auto log = line->severity == GPR_LOG_SEVERITY_ERROR ? LogWarning : LogDebug;
  log("grpc", {{"detail", line->message}});
}

int Refuse(const CLI::App& app, const std::string& what, std::ostream& err) {
  err << app.get_name() << ": " << what << "\nSee " << app.get_name() << " --help\n";
  return 2;
}

}  // namespace

void AddServiceFlags(CLI::App& app, ServiceFlags& flags) {
  if (flags.threads == 0) flags.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  app.option_defaults()->always_capture_default();
  app.set_version_flag("--version", std::string(Version()), "Print the version and exit");
  AddAddresses(app, flags);
  AddLogging(app, flags);
  app.add_option("--threads", flags.threads, "Threads that do the work of calls, 1 to 1024")
      ->envname("BROADSHEET_THREADS")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("NUMBER");
  app.add_option("--queue", flags.queue, "Calls that may wait for a thread; more are refused with RESOURCE_EXHAUSTED")
      ->envname("BROADSHEET_QUEUE")
      ->check(CLI::Range(size_t{1}, size_t{1'000'000}).description(""))
      ->type_name("NUMBER");
  app.add_option("--reflection", flags.reflection, "Whether tools such as grpcurl may list and describe the services")
      ->envname("BROADSHEET_REFLECTION")
      ->default_str(flags.reflection ? "true" : "false")
      ->type_name("true|false");
}

std::optional<int> ParseFlags(CLI::App& app, int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked, out, err);
  } catch (const CLI::ParseError& error) {
    return Refuse(app, Explain(app, error.what(), argc, argv), err);
  }
  if (std::string misspelt = MisspeltVariable(app); !misspelt.empty()) return Refuse(app, misspelt, err);
  return std::nullopt;
}

absl::Status StartLoggingAsAsked(std::string_view service, const ServiceFlags& flags) {
  const LogFormat format = flags.log_format == "json" ? LogFormat::kJson : LogFormat::kText;
  if (absl::Status started = StartLogging(service, format, flags.log_level); !started.ok()) return started;
  gpr_set_log_function(LogForGrpc);
  return absl::OkStatus();
}

void LogSettings(const CLI::App& app, int argc, const char* const* argv) {
  LogInfo("starting", {{"version", std::string(Version())}});
  for (const auto* option : app.get_options()) {
    if (option->get_envname().empty()) continue;
    std::string value = option->get_default_str();
    if (option->count() > 0) value = option->results().back();
    const char* from = OnCommandLine(*option, argc, argv) ? "flag" : InEnvironment(*option) ? "environment" : "default";
    LogInfo("setting", {{"name", option->get_name()}, {"value", value}, {"from", from}});
  }
}

}  // namespace broadsheet
