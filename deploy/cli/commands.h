#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

#include <string>

#include "cli/connection.h"
#include "cli/exit_code.h"
#include "cli/ingest.h"
#include "cli/render.h"
#include "cli/search_request.h"

// The commands that ask once and print the answer. Each talks gRPC as any client would.
namespace broadsheet::cli {

struct Services {
  Endpoint ingest{"ingest-service", "127.0.0.1:7401", "--ingest or BROADSHEET_INGEST"};
  Endpoint search{"search-service", "127.0.0.1:7402", "--search or BROADSHEET_SEARCH"};
  absl::Duration timeout = absl::Seconds(30);  // of one call
};

// Says what failed, and with which exit code the command ends.
ExitCode Fail(const grpc::Status& status, const Endpoint& endpoint, const Terminal& terminal);

ExitCode PrintJson(const google::protobuf::Message& message, const Terminal& terminal);

ExitCode RunSearch(const SearchOptions& options, const Services& services, Colour colour, const Terminal& terminal);

struct GetOptions {
  std::string id;
  bool raw = false;        // as its writer sent it, from the archive
  bool revisions = false;  // what happened to it
  bool json = false;
};

ExitCode RunGet(const GetOptions& options, const Services& services, Colour colour, const Terminal& terminal);

struct PreviewOptions {
  std::string path;
  Format format = Format::kAuto;
  bool json = false;
};

// What the articles of a file would become; nothing is written.
ExitCode RunPreview(const PreviewOptions& options, const Services& services, Colour colour, const Terminal& terminal);

ExitCode RunStatus(bool json, const Services& services, const Terminal& terminal);

// Whether services are healthy: `which` is "ingest", "search", or empty for both. One line each.
ExitCode RunHealth(const std::string& which, const Services& services, const Terminal& terminal);

}  // namespace broadsheet::cli
