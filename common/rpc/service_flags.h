#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace CLI {
class App;
}

// The settings of a service: flags and BROADSHEET_* environment variables, a flag before a variable, and no other
// source. A service declares its own beside these with CLI11, each with an environment name, default and check.
namespace broadsheet {

// What both services have. The values set before AddServiceFlags are the defaults.
struct ServiceFlags {
  std::string listen;               // "host:port" or "unix:/path"
  std::string metrics_listen;       // "host:port"; empty: no metrics are served
  std::string log_format = "text";  // or "json"
  std::string log_level = "info";
  int threads = 0;         // workers; 0 is replaced by the number of processors
  size_t queue = 256;      // calls that wait for a worker; more are refused at once
  bool reflection = true;  // whether tools such as grpcurl may list and describe the services
};

// Adds --listen, --metrics-listen, --log-format, --log-level, --threads, --queue, --reflection and --version.
// `flags` must outlive `app`.
void AddServiceFlags(CLI::App& app, ServiceFlags& flags);

// Parses command line and environment. A value means that the process is to end now with this exit code: 0 once --help
// or --version is printed to `out`, 2 once `err` says what is wrong (a value, its variable, an unknown flag, a variable
// that looks like a misspelt one).
std::optional<int> ParseFlags(CLI::App& app, int argc, const char* const* argv, std::ostream& out, std::ostream& err);

// StartLogging with format and level of the flags; gRPC's own messages go there too.
absl::Status StartLoggingAsAsked(std::string_view service, const ServiceFlags& flags);

// Logs every setting in force and where it came from: flag, environment or default.
void LogSettings(const CLI::App& app, int argc, const char* const* argv);

}  // namespace broadsheet
