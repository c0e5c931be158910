#pragma once

#include "benchmarks/report.h"
#include "benchmarks/search_setup.h"

namespace broadsheet::benchmarks {

// Each class of questions alone, in rounds that take turns: raw Xapian on two threads, then the service with 1, 8 and
// 64 outstanding; calls per second, the ratio to raw, and latencies over all rounds.
void CompareClasses(const SearchSetup& setup, Extras extras, Report& report);

}  // namespace broadsheet::benchmarks
