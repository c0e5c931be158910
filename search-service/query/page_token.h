#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::search {

// Where the next page begins: after the last hit of the page before. No docids: they are not stable.
struct PagePosition {
  uint64_t snapshot_identity = 0;  // of the page before (Snapshot::identity)
  uint64_t lineage = 0;            // hash of its lineage

  // Orders by date: the last hit.
  bool by_date = false;
  bool dated = false;            // whether it has a published_time
  int64_t published_micros = 0;  // its published_time
  int64_t sequence = 0;          // its sequence

  // Order by relevance: the last hit.
  double score = 0;
  std::string article_id;
  int64_t offset = 0;         // hits on all pages so far
  int64_t ranked_micros = 0;  // when the first page was asked for: ages count from there on every page

  bool operator==(const PagePosition&) const = default;
};

// An opaque, URL-safe token. `fingerprint` is that of the request (SearchQuery::fingerprint).
std::string EncodePageToken(const PagePosition& position, uint64_t fingerprint);

// INVALID_ARGUMENT on field "page_token": PAGE_TOKEN_DAMAGED when it is none of ours, PAGE_TOKEN_OTHER_QUERY when it
// belongs to another request.
absl::StatusOr<PagePosition> DecodePageToken(std::string_view token, uint64_t fingerprint);

// For PagePosition::lineage.
uint64_t HashLineage(std::string_view lineage);

// INVALID_ARGUMENT PAGE_TOKEN_OTHER_LINEAGE when the index is not of the lineage that the token is from.
absl::Status CheckLineage(const PagePosition& position, std::string_view lineage);

}  // namespace broadsheet::search
