#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "cli/commands.h"

// The commands that read a stream of search-service and can go on where they were: export and watch.
namespace broadsheet::cli {

struct StreamOptions {
  SearchOptions search;     // query, filters and how to read the query; nothing else counts
  std::string resume_file;  // where the last token is kept; empty: nowhere
  bool card = false;        // export: without bodies
  bool json = false;        // watch: each element as proto JSON, heartbeats left out
  double patience_seconds = 60;
};

// INVALID_ARGUMENT naming the option.
absl::StatusOr<v1::ExportArticlesRequest> MakeExportRequest(const StreamOptions& options);
absl::StatusOr<v1::WatchArticlesRequest> MakeWatchRequest(const StreamOptions& options);

// Writes every article that matches, one JSON object a line, and keeps the place in the resume file: once what came
// before it is written. A run that is cut off and begun again with the same file goes on there; one that had come to
// its end brings what was written since. kSomeFailed when the output cannot be written.
ExitCode RunExport(const StreamOptions& options, const Services& services, const Terminal& terminal);

// Prints what newly matches, changes or is withdrawn, as it comes, until it is stopped or the service is away for
// longer than the patience.
ExitCode RunWatch(const StreamOptions& options, const Services& services, Colour colour, const Terminal& terminal);

// One element for people, with its line feed; nothing for heartbeats.
std::string RenderEvent(const v1::WatchArticlesResponse& event, Colour colour);

}  // namespace broadsheet::cli
