#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "benchmarks/load.h"
#include "benchmarks/query_mix.h"

// What the measurements of search have in common.
namespace broadsheet::benchmarks {

struct SearchSetup {
  std::filesystem::path self;       // this program, to run as the echo server
  std::filesystem::path raw_index;  // made by BuildRawIndex
  std::filesystem::path scratch;
  std::string search_address;
  std::function<double()> search_processor_seconds;  // of search-service so far
  std::vector<MixQuery> mix;
  int rounds = 5;
  std::chrono::milliseconds duration{1'500};  // of one measurement

  // Of one that looks at a single class of queries: there are many of those.
  std::chrono::milliseconds ShortDuration() const { return duration / 4; }
};

const char* NameOf(Extras extras);

std::vector<std::string> ClassesOf(const std::vector<MixQuery>& mix);

std::vector<MixQuery> OfClass(const std::vector<MixQuery>& mix, const std::string& query_class);

std::vector<Question> QuestionsFor(const std::vector<MixQuery>& mix, Extras extras);

// RunLoad against the service. Throws std::runtime_error when a call fails.
LoadResult RunService(const SearchSetup& setup, const std::vector<Question>& questions, int outstanding,
                      std::chrono::milliseconds duration);

std::vector<double> TimesOf(const LoadResult& result);

// The quantile of the times of a result, in ms.
double QuantileOf(const LoadResult& result, double quantile);

}  // namespace broadsheet::benchmarks
