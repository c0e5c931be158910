#include "ingest/rpc/replay_request.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "google/protobuf/util/time_util.h"
#include "ingest/rpc/sealed_place.h"

namespace broadsheet::ingest {
namespace {

using google::protobuf::util::TimeUtil;

// The filter has no maps, so its bytes do not vary.
absl::Status ReadResumeToken(const v1::ReplayArticlesRequest& request, std::string_view lineage, ReplayPlan& plan) {
  if (request.start_after().empty()) return absl::OkStatus();
  std::array<int64_t, 2> place{};
  if (OpenPlace(lineage, request.filter().SerializeAsString(), request.start_after(), place)) {
    plan.after_sequence = place[0];
    plan.through_sequence = place[1];
    return absl::OkStatus();
  }
  return InvalidField("START_AFTER", "start_after",
                      "is no token of a replay with this filter, or the archive is another one since: give the filter "
                      "of that replay, or begin again without the token");
}

absl::Status CheckTime(const char* field, bool present, const google::protobuf::Timestamp& time) {
  const bool valid = time.seconds() >= TimeUtil::kTimestampMinSeconds &&
                     time.seconds() <= TimeUtil::kTimestampMaxSeconds && time.nanos() >= 0 &&
                     time.nanos() < 1'000'000'000;
  if (!present || valid) return absl::OkStatus();
  return InvalidField("TIMESTAMP", field,
                      "must be within the years 1 to 9999 with 0 to 999,999,999 nanoseconds, or absent");
}

absl::Status CheckNumber(const char* field, int64_t number) {
  if (number >= 0) return absl::OkStatus();
  return InvalidField("NEGATIVE", field, "must not be negative; 0 or absent means no limit");
}

absl::Status CheckCount(const char* field, int count, int limit) {
  if (count <= limit) return absl::OkStatus();
  return InvalidField("TOO_MANY", field, absl::StrCat("has ", count, " entries; at most ", limit, " are allowed"));
}

absl::Status Check(const v1::ReplayArticlesRequest& request) {
  const v1::ReplayFilter& f = request.filter();
  for (absl::Status status :
       {CheckNumber("articles_per_second", request.articles_per_second()),
        CheckNumber("filter.min_sequence", f.min_sequence()), CheckNumber("filter.max_sequence", f.max_sequence()),
        CheckNumber("filter.normaliser_version_below", f.normaliser_version_below()),
        CheckCount("filter.ids", f.ids_size(), kMaxReplayIds),
        CheckCount("filter.sources", f.sources_size(), kMaxReplaySources),
        CheckTime("filter.published_start", f.has_published_start(), f.published_start()),
        CheckTime("filter.published_end", f.has_published_end(), f.published_end()),
        CheckTime("filter.ingested_start", f.has_ingested_start(), f.ingested_start()),
        CheckTime("filter.ingested_end", f.has_ingested_end(), f.ingested_end())}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ReplayPlan> PlanReplay(const v1::ReplayArticlesRequest& request, std::string_view lineage) {
  if (absl::Status valid = Check(request); !valid.ok()) return valid;
  ReplayPlan plan;
  if (absl::Status read = ReadResumeToken(request, lineage, plan); !read.ok()) return read;
  plan.filter = request.filter();
  plan.dry_run = request.dry_run();
  plan.include_unchanged = request.include_unchanged();
  plan.articles_per_second = request.articles_per_second();
  return plan;
}

std::string MakeReplayToken(const v1::ReplayFilter& filter, std::string_view lineage, int64_t after, int64_t through) {
  return SealPlace(lineage, filter.SerializeAsString(), std::array{after, through});
}

}  // namespace broadsheet::ingest
