#pragma once

#include <filesystem>

#include "benchmarks/corpus.h"
#include "benchmarks/report.h"
#include "benchmarks/service_pair.h"

// The ingest half of the benchmark. Each prints its tables to the details of the report.
namespace broadsheet::benchmarks {

// `rounds` times in turn: raw Xapian at each flush threshold, the service through one stream, then a rebuild of its
// index from its archive, all over fresh directories below `scratch`.
void CompareIngest(const Corpus& corpus, int rounds, const std::filesystem::path& scratch, Report& report);

// Articles one after the other: time to the acknowledgement. Then, on an idle system, `idle_count` of them, more than
// the least time between commits apart: from there until a search finds it.
void MeasureOneAtATime(const Corpus& corpus, size_t count, size_t idle_count, ServicePair& services, Report& report);

}  // namespace broadsheet::benchmarks
