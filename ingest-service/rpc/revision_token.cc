#include "ingest/rpc/revision_token.h"

#include <array>

#include "common/base/error.h"
#include "ingest/rpc/sealed_place.h"

namespace broadsheet::ingest {

std::string MakeRevisionToken(std::string_view lineage, std::string_view article_id, int64_t before_sequence) {
  return SealPlace(lineage, article_id, std::array{before_sequence});
}

absl::StatusOr<int64_t> ReadRevisionToken(std::string_view lineage, std::string_view article_id,
                                          std::string_view token) {
  if (token.empty()) return 0;
  std::array<int64_t, 1> place{};
  if (OpenPlace(lineage, article_id, token, place) && place[0] > 0) return place[0];
  return InvalidField("PAGE_TOKEN", "page_token",
                      "is no token of a page of this article, or the archive is another one since: begin again "
                      "without it");
}

}  // namespace broadsheet::ingest
