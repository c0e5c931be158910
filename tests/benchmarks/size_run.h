#pragma once

#include <filesystem>

#include "benchmarks/corpus.h"
#include "benchmarks/report.h"
#include "benchmarks/service_pair.h"

namespace broadsheet::benchmarks {

// Memory of both processes and bytes on disk per byte of text. `flood_bytes`: the most heap that ingest-service had
// while the corpus was streamed.
void MeasureSize(const Corpus& corpus, uint64_t flood_bytes, ServicePair& services,
                 const std::filesystem::path& raw_index, Report& report);

}  // namespace broadsheet::benchmarks
