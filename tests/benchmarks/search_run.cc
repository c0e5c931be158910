#include "benchmarks/search_run.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmarks/load.h"
#include "benchmarks/raw_xapian.h"
#include "benchmarks/statistics.h"
#include "support/service_process.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kThreads = 2;
constexpr int kOutstanding = 64;
constexpr const char* kExtrasNames[] = {"ten cards", "ten cards, three exact facets", "ten cards with snippets"};

const char* NameOf(Extras extras) {
  return kExtrasNames[static_cast<int>(extras)];
}

std::vector<Question> QuestionsFor(const std::vector<MixQuery>& mix, Extras extras) {
  std::vector<Question> questions;
  for (const auto& query : mix)
    questions.push_back({query.query_class, RequestFor(query, extras)});
  return questions;
}

// Questions per second of raw Xapian on two threads, over the same time and in the same order.
double RunRaw(const SearchSetup& setup, Extras extras) {
  std::atomic<size_t> next = 0, bytes = 0;
  auto start = steady_clock::now();
  auto work = [&] {
    RawSearcher searcher(setup.raw_index);
    for (;;) {
      size_t ticket = next.fetch_add(1);
      if (ticket >= setup.mix.size() && steady_clock::now() - start >= setup.duration) break;
      bytes += searcher.Answer(setup.mix[ticket % setup.mix.size()], extras);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back(work);
  for (auto& thread : threads)
    thread.join();
  double seconds = std::chrono::duration<double>(steady_clock::now() - start).count();
  return static_cast<double>(next - kThreads) / seconds;
}

// A reply of the size that the service's have on average.
v1::SearchResponse ReplyOfSize(const SearchSetup& setup, const std::vector<Question>& questions, size_t size) {
  auto stub = v1::SearchService::NewStub(grpc::CreateChannel(setup.search_address, grpc::InsecureChannelCredentials()));
  v1::SearchResponse closest;
  for (const auto& question : questions) {
    v1::SearchResponse response;
    grpc::ClientContext context;
    if (!stub->Search(&context, question.request, &response).ok()) continue;
    auto distance = [&](const v1::SearchResponse& r) {
      return std::abs(static_cast<long>(r.ByteSizeLong()) - static_cast<long>(size));
    };
    if (distance(response) < distance(closest)) closest = response;
  }
  return closest;
}

double RunEcho(const SearchSetup& setup, const std::vector<Question>& questions, const std::filesystem::path& reply) {
  std::string address = absl::StrCat("127.0.0.1:", support::FreePort());
  support::Process echo({setup.self.string(), "--echo", address, "--reply", reply.string()},
                        setup.scratch / "echo.log");
  auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) {
    throw std::runtime_error("the echo server did not come up");
  }
  return RunLoad(address, questions, kOutstanding, setup.duration).calls_per_second;
}

LoadResult RunService(const SearchSetup& setup, const std::vector<Question>& questions, int outstanding) {
  LoadResult result = RunLoad(setup.search_address, questions, outstanding, setup.duration);
  if (result.failed > 0) throw std::runtime_error(absl::StrCat(result.failed, " searches failed"));
  return result;
}

}  // namespace

void CompareSearch(const SearchSetup& setup, Extras extras) {
  auto questions = QuestionsFor(setup.mix, extras);
  size_t size = RunService(setup, questions, kOutstanding).reply_bytes;  // warms both caches as well
  RunRaw(setup, extras);
  auto reply = setup.scratch / "reply.binpb";
  std::ofstream(reply, std::ios::binary) << ReplyOfSize(setup, questions, size).SerializeAsString();
  std::vector<double> raw, echo, service, ratios;
  for (int round = 0; round < setup.rounds; ++round) {
    raw.push_back(RunRaw(setup, extras));
    echo.push_back(RunEcho(setup, questions, reply));
    service.push_back(RunService(setup, questions, kOutstanding).calls_per_second);
    ratios.push_back(service.back() * (1 / raw.back() + 1 / echo.back()));
  }
  std::cout << absl::StrFormat(
                   "\n### %s, %d outstanding, replies of %d bytes, %d rounds: median (smallest-largest)\n\n",
                   NameOf(extras), kOutstanding, size, setup.rounds)
            << "| raw Xapian, 2 threads, queries/s | gRPC echo, calls/s | Broadsheet, calls/s | x combined limit |\n"
            << "|---|---|---|---|\n| " << MedianAndSpread(raw, 0) << " | " << MedianAndSpread(echo, 0) << " | "
            << MedianAndSpread(service, 0) << " | " << MedianAndSpread(ratios, 2) << " |\n";
}

void MeasureClasses(const SearchSetup& setup, Extras extras) {
  auto questions = QuestionsFor(setup.mix, extras);
  std::cout << "\n### " << NameOf(extras) << ": calls/s and ms (p50/p95/p99) by query class\n\n"
            << "| outstanding | calls/s | class | calls | p50 | p95 | p99 |\n|---|---|---|---|---|---|---|\n";
  for (int outstanding : {1, 8, 64}) {
    LoadResult result = RunService(setup, questions, outstanding);
    std::map<std::string, std::vector<double>> classes;
    for (const auto& answer : result.answered) {
      classes[answer.query_class].push_back(answer.milliseconds);
      classes["all"].push_back(answer.milliseconds);
    }
    for (const auto& [name, times] : classes) {
      std::cout << absl::StrFormat("| %d | %.0f | %s | %d | %.2f | %.2f | %.2f |\n", outstanding,
                                   result.calls_per_second, name, times.size(), Quantile(times, 0.5),
                                   Quantile(times, 0.95), Quantile(times, 0.99));
    }
  }
}

void MeasureSnippets(const SearchSetup& setup) {
  std::vector<double> without, with, added;
  auto plain = QuestionsFor(setup.mix, Extras::kNone);
  auto snippets = QuestionsFor(setup.mix, Extras::kSnippets);
  auto mean = [](const LoadResult& result) { return 1'000 / result.calls_per_second; };
  for (int round = 0; round < setup.rounds; ++round) {
    without.push_back(mean(RunService(setup, plain, 1)));
    with.push_back(mean(RunService(setup, snippets, 1)));
    added.push_back(with.back() - without.back());
  }
  std::cout << "\n### Ten snippets, one call at a time, " << setup.rounds << " rounds, ms a call\n\n"
            << "| without | with | added by the snippets |\n|---|---|---|\n| " << MedianAndSpread(without, 2) << " | "
            << MedianAndSpread(with, 2) << " | " << MedianAndSpread(added, 2) << " |\n";
}

}  // namespace broadsheet::benchmarks
