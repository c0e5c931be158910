#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "benchmarks/query_mix.h"

namespace broadsheet::benchmarks {

struct RawResult {
  double queries_per_second = 0;
  double processor_milliseconds = 0;  // a query
};

// Raw Xapian (raw_xapian.h) over `index` on two threads, asked in turn for `duration` and at least each question once.
RawResult RunRaw(const std::filesystem::path& index, const std::vector<MixQuery>& mix, Extras extras,
                 std::chrono::milliseconds duration);

}  // namespace broadsheet::benchmarks
