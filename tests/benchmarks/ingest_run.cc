#include "benchmarks/ingest_run.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <map>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmarks/paced_writer.h"
#include "benchmarks/raw_xapian.h"
#include "benchmarks/statistics.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kFlushThresholds[] = {200, 1'000};
constexpr double kMegabyte = 1e6;
constexpr auto kIdleBetween = std::chrono::milliseconds(700);  // commits are at least 500 ms apart
constexpr size_t kFirstBlend = 10'000'000;                     // numbers that no other writer uses

std::filesystem::path Fresh(const std::filesystem::path& directory) {
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  return directory;
}

void PrintRate(const std::string& what, const Corpus& corpus, const std::vector<double>& seconds, std::ostream& out) {
  std::vector<double> rates, megabytes;
  for (double s : seconds) {
    rates.push_back(static_cast<double>(corpus.articles.size()) / s);
    megabytes.push_back(static_cast<double>(corpus.text_bytes) / kMegabyte / s);
  }
  out << "| " << what << " | " << MedianAndSpread(rates, 0) << " | " << MedianAndSpread(megabytes, 2) << " |\n";
}

double MillisecondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(steady_clock::now() - start).count();
}

void PrintLatency(const std::string& what, const std::vector<double>& milliseconds, std::ostream& out) {
  out << absl::StrFormat("| %s | %d | %.1f | %.1f | %.1f |\n", what, milliseconds.size(), Quantile(milliseconds, 0.5),
                         Quantile(milliseconds, 0.95), Quantile(milliseconds, 0.99));
}

double RebuildSeconds(const std::filesystem::path& data) {
  const auto start = steady_clock::now();
  support::Process rebuild({support::ProgramPath("ingest-service"), "rebuild", "--data-dir", data.string()},
                           data / "rebuild.log");
  if (rebuild.Wait() != 0) throw std::runtime_error("the rebuild failed; see rebuild.log");
  return MillisecondsSince(start) / 1'000;
}

v1::IngestResult Send(const Corpus& corpus, size_t number, ServicePair& services) {
  v1::IngestArticleRequest request;
  *request.mutable_article() = Blend(corpus, kFirstBlend + number);
  v1::IngestArticleResponse response;
  grpc::ClientContext context;
  auto status = services.ingest().client().IngestArticle(&context, request, &response);
  if (!status.ok()) throw std::runtime_error("ingest: " + status.error_message());
  return response.result();
}

void Find(const v1::IngestResult& result, ServicePair& services) {
  v1::GetArticleRequest get;
  get.set_id(result.article_id());
  get.set_min_sequence(result.sequence());
  v1::GetArticleResponse found;
  grpc::ClientContext context;
  auto status = services.search().client().GetArticle(&context, get, &found);
  if (!status.ok()) throw std::runtime_error("get: " + status.error_message());
}

}  // namespace

void CompareIngest(const Corpus& corpus, int rounds, const std::filesystem::path& scratch, Report& report) {
  std::map<int, std::vector<double>> raw;
  std::vector<double> acknowledged, visible, rebuilt, ratios, rebuild_ratios;
  for (int round = 0; round < rounds; ++round) {
    double best_raw = 1e9;
    for (int flush : kFlushThresholds) {
      raw[flush].push_back(BuildRawIndex(corpus, Fresh(scratch / "raw-ingest"), flush));
      best_raw = std::min(best_raw, raw[flush].back());
    }
    const auto data = Fresh(scratch / "service-ingest");
    const StreamTimes times = ServicePair(data).Stream(corpus);
    acknowledged.push_back(times.acknowledged_seconds);
    visible.push_back(times.visible_seconds);
    rebuilt.push_back(RebuildSeconds(data));
    ratios.push_back(best_raw / visible.back());
    rebuild_ratios.push_back(best_raw / rebuilt.back());
  }
  auto& out = report.details();
  out << absl::StrFormat("\n### Ingest: %d %s, %.1f MB, %d rounds\n\n", corpus.articles.size(), corpus.name,
                         static_cast<double>(corpus.text_bytes) / kMegabyte, rounds)
      << "| | articles/s | MB/s |\n|---|---|---|\n";
  for (const auto& [flush, seconds] : raw)
    PrintRate(absl::StrCat("raw Xapian, flush ", flush), corpus, seconds, out);
  PrintRate("stream, until acknowledged", corpus, acknowledged, out);
  PrintRate("stream, until visible", corpus, visible, out);
  PrintRate("rebuild, the start of the process included", corpus, rebuilt, out);
  report.Measured(Goal::kIngest, ratios);
  report.Measured(Goal::kRebuild, rebuild_ratios);
}

void MeasureOneAtATime(const Corpus& corpus, size_t count, size_t idle_count, ServicePair& services, Report& report) {
  std::vector<double> acknowledged, visible;
  for (size_t i = 0; i < count; ++i) {
    const auto start = steady_clock::now();
    Send(corpus, i, services);
    acknowledged.push_back(MillisecondsSince(start));
  }
  services.WaitUntilIdle();
  for (size_t i = 0; i < idle_count; ++i) {
    std::this_thread::sleep_for(kIdleBetween);
    const v1::IngestResult result = Send(corpus, count + i, services);
    const auto start = steady_clock::now();
    Find(result, services);
    visible.push_back(MillisecondsSince(start));
  }
  report.details() << "\n### One article at a time, ms\n\n| | articles | p50 | p95 | p99 |\n|---|---|---|---|---|\n";
  PrintLatency("sent to acknowledged, one after the other", acknowledged, report.details());
  PrintLatency("acknowledged to found by a search, idle system", visible, report.details());
  report.Measured(Goal::kVisible, {Quantile(visible, 0.99)});
}

}  // namespace broadsheet::benchmarks
