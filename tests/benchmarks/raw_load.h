#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "benchmarks/query_mix.h"

namespace broadsheet::benchmarks {

// Questions per second of raw Xapian (raw_xapian.h) over `index` on two threads, asked in turn for `duration` and at
// least once each.
double RunRaw(const std::filesystem::path& index, const std::vector<MixQuery>& mix, Extras extras,
              std::chrono::milliseconds duration);

}  // namespace broadsheet::benchmarks
