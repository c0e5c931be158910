#include "benchmarks/growth_run.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <span>
#include <stdexcept>

#include "absl/strings/str_format.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kOutstanding = 8;
constexpr size_t kParts[] = {40, 12, 4, 1};  // each step reaches one part of so many

// A second search-service over the same index, until it has given an answer with facets.
double StartUpMilliseconds(const SearchSetup& setup, const ServicePair& services) {
  const auto start = steady_clock::now();
  support::SearchProcess search(services.data());
  v1::SearchResponse response;
  grpc::ClientContext context;
  const auto request = RequestFor(setup.mix.front(), Extras::kFacets);
  if (auto status = search.client().Search(&context, request, &response); !status.ok()) {
    throw std::runtime_error("start-up: " + status.error_message());
  }
  return std::chrono::duration<double, std::milli>(steady_clock::now() - start).count();
}

void PrintStep(const SearchSetup& setup, size_t documents, double rate, const ServicePair& services,
               std::ostream& out) {
  out << absl::StrFormat("| %d | %.0f | %.0f |", documents, rate, StartUpMilliseconds(setup, services));
  for (const std::string& name : ClassesOf(setup.mix)) {
    const auto questions = QuestionsFor(OfClass(setup.mix, name), Extras::kNone);
    out << absl::StrFormat(" %.0f |",
                           RunService(setup, questions, kOutstanding, setup.ShortDuration()).calls_per_second);
  }
  const auto faceted = QuestionsFor(setup.mix, Extras::kFacets);
  out << absl::StrFormat(" %.0f |\n", RunService(setup, faceted, kOutstanding, setup.ShortDuration()).calls_per_second);
}

void PrintHeader(const SearchSetup& setup, std::ostream& out) {
  out << absl::StrFormat(
             "\n### Cost by size: ingest until visible in documents/s, start-up of search-service in ms, searches with "
             "%d outstanding in calls/s\n\n",
             kOutstanding)
      << "| documents | ingest | start-up |";
  std::string line = "|---|---|---|";
  for (const std::string& name : ClassesOf(setup.mix)) {
    out << " " << name << " |";
    line += "---|";
  }
  out << " all, three facets |\n" << line << "---|\n";
}

}  // namespace

LoadTimes LoadInSteps(const SearchSetup& setup, const Corpus& corpus, ServicePair& services, Report& report) {
  PrintHeader(setup, report.details());
  LoadTimes sum;
  size_t done = 0;
  for (size_t part : kParts) {
    const size_t upto = std::max<size_t>(1, corpus.articles.size() / part);
    if (upto <= done) continue;
    const std::span<const v1::RawArticle> articles(corpus.articles.data() + done, upto - done);
    const StreamTimes times = services.Stream(articles);
    sum.acknowledged_seconds += times.acknowledged_seconds;
    sum.visible_seconds += times.visible_seconds;
    sum.taken += times.taken;
    sum.peak_heap_bytes = std::max(sum.peak_heap_bytes, times.peak_heap_bytes);
    done = upto;
    PrintStep(setup, done, static_cast<double>(articles.size()) / times.visible_seconds, services, report.details());
  }
  return sum;
}

}  // namespace broadsheet::benchmarks
