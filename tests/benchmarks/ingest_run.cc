#include "benchmarks/ingest_run.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <iostream>
#include <map>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmarks/raw_xapian.h"
#include "benchmarks/statistics.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kFlushThresholds[] = {200, 1'000};
constexpr double kMegabyte = 1e6;

std::filesystem::path Fresh(const std::filesystem::path& directory) {
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  return directory;
}

void PrintRate(const std::string& what, const Corpus& corpus, const std::vector<double>& seconds) {
  std::vector<double> rates, megabytes;
  for (double s : seconds) {
    rates.push_back(static_cast<double>(corpus.articles.size()) / s);
    megabytes.push_back(static_cast<double>(corpus.text_bytes) / kMegabyte / s);
  }
  std::cout << "| " << what << " | " << MedianAndSpread(rates, 0) << " | " << MedianAndSpread(megabytes, 2) << " |\n";
}

double MillisecondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(steady_clock::now() - start).count();
}

void PrintLatency(const std::string& what, const std::vector<double>& milliseconds) {
  std::cout << absl::StrFormat("| %s | %.1f | %.1f | %.1f |\n", what, Quantile(milliseconds, 0.5),
                               Quantile(milliseconds, 0.95), Quantile(milliseconds, 0.99));
}

}  // namespace

void CompareIngest(const Corpus& corpus, int rounds, const std::filesystem::path& scratch) {
  std::map<int, std::vector<double>> raw;
  std::vector<double> acknowledged, visible, ratios;
  for (int round = 0; round < rounds; ++round) {
    double best_raw = 1e9;
    for (int flush : kFlushThresholds) {
      raw[flush].push_back(BuildRawIndex(corpus, Fresh(scratch / "raw-ingest"), flush));
      best_raw = std::min(best_raw, raw[flush].back());
    }
    ServicePair services(Fresh(scratch / "service-ingest"));
    StreamTimes times = services.Stream(corpus);
    acknowledged.push_back(times.acknowledged_seconds);
    visible.push_back(times.visible_seconds);
    ratios.push_back(best_raw / times.visible_seconds);
  }
  std::cout << absl::StrFormat("\n### Ingest: %d %s, %.1f MB, %d rounds: median (smallest-largest)\n\n",
                               corpus.articles.size(), corpus.name, static_cast<double>(corpus.text_bytes) / kMegabyte,
                               rounds)
            << "| | articles/s | MB/s |\n|---|---|---|\n";
  for (const auto& [flush, seconds] : raw)
    PrintRate(absl::StrCat("raw Xapian, flush ", flush), corpus, seconds);
  PrintRate("stream, until acknowledged", corpus, acknowledged);
  PrintRate("stream, until visible", corpus, visible);
  std::cout << "\nstream until visible / best raw writer of the round: " << MedianAndSpread(ratios, 2) << "\n";
}

void MeasureOneAtATime(const Corpus& corpus, size_t count, ServicePair& services) {
  std::vector<double> acknowledged, visible;
  for (size_t i = 0; i < count; ++i) {
    v1::IngestArticleRequest request;
    *request.mutable_article() = corpus.articles[i % corpus.articles.size()];
    request.mutable_article()->set_id(absl::StrCat("one-at-a-time-", i));
    request.mutable_article()->clear_url();
    request.mutable_article()->set_text(absl::StrCat(request.article().text(), "\n\nNumber ", i));
    v1::IngestArticleResponse response;
    grpc::ClientContext write;
    auto start = steady_clock::now();
    auto status = services.ingest().stub().IngestArticle(&write, request, &response);
    if (!status.ok()) throw std::runtime_error("ingest: " + status.error_message());
    acknowledged.push_back(MillisecondsSince(start));
    start = steady_clock::now();
    v1::GetArticleRequest get;
    get.set_id(response.result().article_id());
    get.set_min_sequence(response.result().sequence());
    v1::GetArticleResponse found;
    grpc::ClientContext read;
    status = services.search().stub().GetArticle(&read, get, &found);
    if (!status.ok()) throw std::runtime_error("get: " + status.error_message());
    visible.push_back(MillisecondsSince(start));
  }
  std::cout << "\n### One article at a time, " << count << " of them, ms\n\n| | p50 | p95 | p99 |\n|---|---|---|---|\n";
  PrintLatency("sent to acknowledged", acknowledged);
  PrintLatency("acknowledged to found by a search", visible);
}

void MeasureSize(const Corpus& corpus, ServicePair& services, const std::filesystem::path& raw_index) {
  auto ratio = [&](const std::filesystem::path& directory) {
    return static_cast<double>(support::BytesOnDisk(directory)) / static_cast<double>(corpus.text_bytes);
  };
  std::cout << "\n### Size after " << corpus.articles.size() << " " << corpus.name << "\n\n"
            << absl::StrFormat("| bytes on disk per byte of text | archive %.2f | index %.2f | raw Xapian %.2f |\n",
                               ratio(services.data() / "archive"), ratio(services.data() / "index"), ratio(raw_index))
            << "|---|---|---|---|\n";
  for (const auto& [name, process] : {std::pair<const char*, support::Process&>{"ingest", services.ingest().process()},
                                      {"search", services.search().process()}}) {
    support::Memory memory = process.MemoryUse();
    std::cout << absl::StrFormat("| %s-service memory | resident %.0f MB | heap %.0f MB | peak %.0f MB |\n", name,
                                 static_cast<double>(memory.resident_bytes) / kMegabyte,
                                 static_cast<double>(memory.anonymous_bytes) / kMegabyte,
                                 static_cast<double>(memory.peak_bytes) / kMegabyte);
  }
}

}  // namespace broadsheet::benchmarks
