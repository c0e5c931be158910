#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/pipeline/replayer.h"

// Checking of ReplayArticles requests, and their tokens: opaque, and good only for the filter and lineage they were
// made for.
namespace broadsheet::ingest {

inline constexpr int kMaxReplayIds = 1'000;
inline constexpr int kMaxReplaySources = 1'000;

// INVALID_ARGUMENT with the field, its limit and the way out.
absl::StatusOr<ReplayPlan> PlanReplay(const v1::ReplayArticlesRequest& request, std::string_view lineage);

// Goes on after `after`, to the end at `through`.
std::string MakeReplayToken(const v1::ReplayFilter& filter, std::string_view lineage, int64_t after, int64_t through);

}  // namespace broadsheet::ingest
