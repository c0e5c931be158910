#pragma once

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// The time that says how old an article is: when it was published, or, without a date, when it came in. Pure.
absl::Time AgedFrom(const v1::Article& article, absl::Time received);

}  // namespace broadsheet::ingest
