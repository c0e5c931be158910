#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/learn/learner.h"

namespace broadsheet::ingest {

inline constexpr int kDefaultLinesPerPage = 100;
inline constexpr int kMaxLinesPerPage = 1000;

// The answer of ListBoilerplate. Reads boilerplate.db: not for the thread of a call.
absl::StatusOr<v1::ListBoilerplateResponse> ListBoilerplate(Learner& learner, std::string_view lineage,
                                                            const v1::ListBoilerplateRequest& request);

}  // namespace broadsheet::ingest
