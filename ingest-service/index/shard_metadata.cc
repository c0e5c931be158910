#include "ingest/index/shard_metadata.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/index/xapian_status.h"

namespace broadsheet::ingest {

int64_t NumberUnder(const Xapian::Database& shard, const char* key) {
  int64_t number = 0;
  if (absl::SimpleAtoi(shard.get_metadata(key), &number)) return number;
  throw StatusException{ErrorWithReason(
      absl::StatusCode::kDataLoss, "INDEX_CORRUPT",
      absl::StrCat("a shard's metadata has no number under \"", key, "\": run `ingest-service rebuild`"))};
}

}  // namespace broadsheet::ingest
