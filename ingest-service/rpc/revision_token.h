#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Page tokens of ListRevisions: opaque, and good only for the article and the lineage they were made for.
namespace broadsheet::ingest {

// Continues with events below `before_sequence`.
std::string MakeRevisionToken(std::string_view lineage, std::string_view article_id, int64_t before_sequence);

// The sequence in the token, or 0 for the empty token. INVALID_ARGUMENT for one of another article or lineage.
absl::StatusOr<int64_t> ReadRevisionToken(std::string_view lineage, std::string_view article_id,
                                          std::string_view token);

}  // namespace broadsheet::ingest
