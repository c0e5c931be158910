#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "search/query/resume_token.h"
#include "search/query/search_query.h"

// The requests of streams, checked: what they share with SearchRequest is read by the very same rules.
namespace broadsheet::search {

struct ExportPlan {
  SearchQuery query;
  std::optional<ResumePosition> resume;
};

// INVALID_ARGUMENT naming the field, the limit and the way out. Pure, thread-safe.
absl::StatusOr<ExportPlan> Validate(const v1::ExportArticlesRequest& request);

struct WatchPlan {
  SearchQuery query;
  std::optional<ResumePosition> resume;
  std::optional<int64_t> start_sequence;  // not together with resume
  absl::Duration heartbeat;
};

// Likewise.
absl::StatusOr<WatchPlan> Validate(const v1::WatchArticlesRequest& request);

}  // namespace broadsheet::search
