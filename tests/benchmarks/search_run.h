#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "benchmarks/query_mix.h"
#include "benchmarks/service_pair.h"

// The search half of the benchmark. Each prints its figures to standard output as Markdown.
namespace broadsheet::benchmarks {

struct SearchSetup {
  std::filesystem::path self;       // this program, to run as the echo server
  std::filesystem::path raw_index;  // made by BuildRawIndex
  std::filesystem::path scratch;
  std::string search_address;
  std::vector<MixQuery> mix;
  int rounds = 5;
  std::chrono::milliseconds duration{3'000};  // of one measurement
};

// `rounds` times in turn: raw Xapian on two threads, a gRPC echo of the same reply, and the service, all with 64
// questions outstanding; and the ratio of the service to the combined limit 1 / (1/raw + 1/echo).
void CompareSearch(const SearchSetup& setup, Extras extras);

// Calls per second and latency by query class at 1, 8 and 64 outstanding calls.
void MeasureClasses(const SearchSetup& setup, Extras extras);

// What ten snippets of long articles add to an answer, one call at a time.
void MeasureSnippets(const SearchSetup& setup);

}  // namespace broadsheet::benchmarks
