#pragma once

#include <optional>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/parse/rejection.h"

namespace broadsheet::ingest {

// Why an article that came in at `received` is not taken `now`, when it is older (enrich/age.h) than what is
// kept. Pure.
std::optional<Rejection> RejectTooOld(const v1::Article& article, absl::Time received, absl::Time now,
                                      absl::Duration retention);

}  // namespace broadsheet::ingest
