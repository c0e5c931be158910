#pragma once

#include <filesystem>

#include "benchmarks/corpus.h"
#include "benchmarks/service_pair.h"

// The ingest half of the benchmark. Each prints its figures to standard output as Markdown.
namespace broadsheet::benchmarks {

// `rounds` times in turn: raw Xapian at each flush threshold, then the service through one stream, all over fresh
// directories below `scratch`.
void CompareIngest(const Corpus& corpus, int rounds, const std::filesystem::path& scratch);

// One article at a time: time to the acknowledgement, and from there until a search finds it.
void MeasureOneAtATime(const Corpus& corpus, size_t count, ServicePair& services);

// Memory of both processes and bytes on disk per byte of text.
void MeasureSize(const Corpus& corpus, ServicePair& services, const std::filesystem::path& raw_index);

}  // namespace broadsheet::benchmarks
