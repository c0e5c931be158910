#include "ingest/rpc/replay_request.h"

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "google/protobuf/util/time_util.h"

namespace broadsheet::ingest {
namespace {

using google::protobuf::util::TimeUtil;

constexpr size_t kSealDigits = 16;

// Ties the place to filter and lineage; the filter has no maps, so its bytes do not vary.
std::string Seal(const v1::ReplayFilter& filter, std::string_view lineage, std::string_view place) {
  std::string sealed(lineage);
  sealed.append(1, '\0').append(filter.SerializeAsString()).append(1, '\0').append(place);
  return std::string(absl::StrCat(absl::Hex(Hash64(sealed), absl::kZeroPad16)));
}

absl::Status ReadToken(const v1::ReplayArticlesRequest& request, std::string_view lineage, ReplayPlan& plan) {
  if (request.start_after().empty()) return absl::OkStatus();
  std::string plain;
  if (absl::WebSafeBase64Unescape(request.start_after(), &plain) && plain.size() > kSealDigits) {
    const std::string place = plain.substr(kSealDigits);
    const std::vector<std::string> numbers = absl::StrSplit(place, '.');
    const bool ours = numbers.size() == 2 && absl::SimpleAtoi(numbers[0], &plan.after_sequence) &&
                      absl::SimpleAtoi(numbers[1], &plan.through_sequence) &&
                      plain.substr(0, kSealDigits) == Seal(request.filter(), lineage, place);
    if (ours) return absl::OkStatus();
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
  if (absl::Status read = ReadToken(request, lineage, plan); !read.ok()) return read;
  plan.filter = request.filter();
  plan.dry_run = request.dry_run();
  plan.include_unchanged = request.include_unchanged();
  plan.articles_per_second = request.articles_per_second();
  return plan;
}

std::string MakeReplayToken(const v1::ReplayFilter& filter, std::string_view lineage, int64_t after, int64_t through) {
  const std::string place = absl::StrCat(after, ".", through);
  return absl::WebSafeBase64Escape(absl::StrCat(Seal(filter, lineage, place), place));
}

}  // namespace broadsheet::ingest
