#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "cli/commands.h"

namespace broadsheet::cli {

struct ReplayOptions {
  bool dry_run = false;
  std::vector<std::string> ids;
  std::vector<std::string> sources;
  std::string since, until;  // published; a day (UTC) or an RFC 3339 time; until is exclusive
  std::string ingested_since, ingested_until;
  int64_t from_sequence = 0;
  int64_t to_sequence = 0;
  int32_t older_than = 0;  // version of the rules
  int32_t rate = 0;        // articles a second
  std::string start_after;
  bool changes = false;  // each article that changes
  bool json = false;
};

// INVALID_ARGUMENT naming the option.
absl::StatusOr<v1::ReplayArticlesRequest> MakeReplayRequest(const ReplayOptions& options);

// Makes articles again and says what that changes: progress on standard error, a summary with counts by rule at the
// end. kSomeFailed when the rules in force would reject some.
ExitCode RunReplay(const ReplayOptions& options, const Services& services, const Terminal& terminal);

// What one article becomes, in a few lines.
void PrintChange(const v1::ReplayedArticle& change, std::ostream& out);

// All of it, from the last message.
void PrintReplaySummary(const v1::ReplayArticlesResponse& last, bool dry_run, std::ostream& out);

}  // namespace broadsheet::cli
