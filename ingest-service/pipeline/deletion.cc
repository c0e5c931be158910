#include "ingest/pipeline/deletion.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "google/protobuf/util/time_util.h"
#include "ingest/clean/clean.h"
#include "ingest/normalise/canonical_url.h"

namespace broadsheet::ingest {
namespace {

using google::protobuf::util::TimeUtil;

constexpr size_t kIdBytes = 128;
constexpr size_t kUrlBytes = 2048;
constexpr size_t kReasonBytes = 256;

Rejection TooLarge(const std::string& field, size_t bytes, size_t limit) {
  return {v1::REASON_FIELD_TOO_LARGE, field,
          absl::StrCat(field, " has ", bytes, " bytes, the limit is ", limit,
                       field == "reason" ? "; say it shorter" : "; no article can have it")};
}

// A canonical URL, so that any spelling of it finds the article.
std::variant<DeletionRecord, Rejection> ByUrl(const std::string& url) {
  if (url.size() > kUrlBytes) return TooLarge("url", url.size(), kUrlBytes);
  std::optional<std::string> canonical = CanonicalUrl(url);
  if (!canonical.has_value()) {
    return Rejection{v1::REASON_INVALID_URL, "url",
                     "url is no absolute http or https URL; give the one it was ingested with, or its id"};
  }
  return DeletionRecord{DeletionRecord::Key::kUrl, *std::move(canonical), std::nullopt, {}};
}

std::variant<DeletionRecord, Rejection> ById(const std::string& id) {
  if (id.empty()) return Rejection{v1::REASON_INVALID_ID, "id", "id is empty; give the article's id, or its url"};
  if (id.size() > kIdBytes) return TooLarge("id", id.size(), kIdBytes);
  return DeletionRecord{DeletionRecord::Key::kId, id, std::nullopt, {}};
}

}  // namespace

std::variant<DeletionRecord, Rejection> PrepareDeletion(const v1::Deletion& deletion) {
  if (deletion.key_case() == v1::Deletion::KEY_NOT_SET) {
    return Rejection{v1::REASON_MISSING_OPERATION, "", "the deletion names no article; give its id or its url"};
  }
  auto record = deletion.has_id() ? ById(deletion.id()) : ByUrl(deletion.url());
  if (std::holds_alternative<Rejection>(record)) return record;
  if (deletion.reason().size() > kReasonBytes) return TooLarge("reason", deletion.reason().size(), kReasonBytes);
  std::get<DeletionRecord>(record).reason = CleanLine(deletion.reason());
  if (!deletion.has_updated_time()) return record;
  const auto& time = deletion.updated_time();
  if (time.seconds() < TimeUtil::kTimestampMinSeconds || time.seconds() > TimeUtil::kTimestampMaxSeconds ||
      time.nanos() < 0 || time.nanos() >= 1'000'000'000) {
    return Rejection{v1::REASON_INVALID_TIMESTAMP, "updated_time",
                     "updated_time must be within the years 1 to 9999 with 0 to 999,999,999 nanoseconds; leave it out "
                     "to have the time of receipt"};
  }
  std::get<DeletionRecord>(record).updated_time = ToTime(time);
  return record;
}

}  // namespace broadsheet::ingest
