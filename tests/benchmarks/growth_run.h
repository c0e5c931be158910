#pragma once

#include "benchmarks/corpus.h"
#include "benchmarks/report.h"
#include "benchmarks/search_setup.h"
#include "benchmarks/service_pair.h"

namespace broadsheet::benchmarks {

struct LoadTimes {
  double acknowledged_seconds = 0;  // of all steps
  double visible_seconds = 0;
  size_t taken = 0;
  uint64_t peak_heap_bytes = 0;  // of ingest-service
};

// Streams the corpus into the services in steps, and after each says what things cost at that size: ingest, start-up of
// search-service (until its first answer with facets), and searches by class.
LoadTimes LoadInSteps(const SearchSetup& setup, const Corpus& corpus, ServicePair& services, Report& report);

}  // namespace broadsheet::benchmarks
