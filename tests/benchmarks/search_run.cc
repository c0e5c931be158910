#include "benchmarks/search_run.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <ostream>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmarks/raw_load.h"
#include "benchmarks/statistics.h"
#include "support/service_process.h"

namespace broadsheet::benchmarks {
namespace {

constexpr int kFew = 8;
constexpr int kMany = 64;

// What was measured with so many calls outstanding, a value a round.
struct AtOnce {
  std::vector<double> calls, echo, of_raw, of_limit, processor, p50, p95, p99;
};

struct RawTimes {
  std::vector<double> queries, processor;
};

// A reply of the size that the service's have on average.
v1::SearchResponse ReplyOfSize(const SearchSetup& setup, const std::vector<Question>& questions, size_t size) {
  auto client = MakeSearchClient(grpc::CreateChannel(setup.search_address, grpc::InsecureChannelCredentials()));
  v1::SearchResponse closest;
  for (const auto& question : questions) {
    v1::SearchResponse response;
    grpc::ClientContext context;
    if (!client->Search(&context, question.request, &response).ok()) continue;
    auto distance = [&](const v1::SearchResponse& r) {
      return std::abs(static_cast<long>(r.ByteSizeLong()) - static_cast<long>(size));
    };
    if (distance(response) < distance(closest)) closest = response;
  }
  return closest;
}

double RunEcho(const SearchSetup& setup, const std::vector<Question>& questions, const std::filesystem::path& reply,
               int outstanding) {
  std::string address = absl::StrCat("127.0.0.1:", support::FreePort());
  support::Process echo({setup.self.string(), "--echo", address, "--reply", reply.string()},
                        setup.scratch / "echo.log");
  auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) {
    throw std::runtime_error("the echo server did not come up");
  }
  return RunLoad(address, questions, outstanding, setup.duration).calls_per_second;
}

void RunRound(const SearchSetup& setup, Extras extras, const std::vector<Question>& questions,
              const std::filesystem::path& reply, RawTimes& raw, std::map<int, AtOnce>& service) {
  const RawResult alone = RunRaw(setup.raw_index, setup.mix, extras, setup.duration);
  raw.queries.push_back(alone.queries_per_second);
  raw.processor.push_back(alone.processor_milliseconds);
  for (int outstanding : {1, kFew, kMany}) {
    const double echo = RunEcho(setup, questions, reply, outstanding);
    const double processor_before = setup.search_processor_seconds();
    const LoadResult result = RunService(setup, questions, outstanding, setup.duration);
    const double processor = setup.search_processor_seconds() - processor_before;
    AtOnce& at = service[outstanding];
    at.calls.push_back(result.calls_per_second);
    at.echo.push_back(echo);
    at.of_raw.push_back(result.calls_per_second / alone.queries_per_second);
    at.of_limit.push_back(result.calls_per_second * (1 / alone.queries_per_second + 1 / echo));
    at.processor.push_back(processor * 1'000 / static_cast<double>(result.answered.size()));
    at.p50.push_back(QuantileOf(result, 0.5));
    at.p95.push_back(QuantileOf(result, 0.95));
    at.p99.push_back(QuantileOf(result, 0.99));
  }
}

void SetGoals(Extras extras, bool limited_by_grpc, const std::map<int, AtOnce>& service, Report& report) {
  if (extras == Extras::kSnippets) return;
  const AtOnce& many = service.at(kMany);
  const AtOnce& few = service.at(kFew);
  if (extras == Extras::kFacets) {
    report.Measured(Goal::kFacets, many.of_raw);
    report.Measured(Goal::kSlowestWithFacets, service.at(1).p99);
    return;
  }
  const auto& of_few = limited_by_grpc ? few.of_limit : few.of_raw;
  const auto& of_many = limited_by_grpc ? many.of_limit : many.of_raw;
  report.Measured(Goal::kSearch, Quantile(of_few, 0.5) < Quantile(of_many, 0.5) ? of_few : of_many);
  report.Measured(Goal::kSlowest, service.at(1).p99);
}

double MillisecondsACall(const SearchSetup& setup, const std::vector<Question>& questions,
                         std::chrono::milliseconds duration) {
  return 1'000 / RunService(setup, questions, 1, duration).calls_per_second;
}

}  // namespace

void CompareSearch(const SearchSetup& setup, Extras extras, Report& report) {
  const auto questions = QuestionsFor(setup.mix, extras);
  const size_t size = RunService(setup, questions, kMany, setup.duration).reply_bytes;  // warms both caches as well
  RunRaw(setup.raw_index, setup.mix, extras, setup.ShortDuration());
  auto reply = setup.scratch / "reply.binpb";
  std::ofstream(reply, std::ios::binary) << ReplyOfSize(setup, questions, size).SerializeAsString();
  RawTimes raw;
  std::map<int, AtOnce> service;
  for (int round = 0; round < setup.rounds; ++round)
    RunRound(setup, extras, questions, reply, raw, service);
  report.details() << absl::StrFormat("\n### %s: the whole mix, replies of %d bytes, %d rounds\n\n", NameOf(extras),
                                      size, setup.rounds)
                   << "Raw Xapian, 2 threads: " << MedianAndSpread(raw.queries, 0) << " queries/s, processor time "
                   << MedianAndSpread(raw.processor, 3) << " ms a query\n\n"
                   << "| outstanding | gRPC echo, calls/s | Broadsheet, calls/s | x raw | x combined limit | processor "
                      "time of search-service, ms a call | p50, ms | p95, ms | p99, ms |\n"
                   << "|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& [outstanding, at] : service) {
    report.details() << "| " << outstanding << " | " << MedianAndSpread(at.echo, 0) << " | "
                     << MedianAndSpread(at.calls, 0) << " | " << MedianAndSpread(at.of_raw, 2) << " | "
                     << MedianAndSpread(at.of_limit, 2) << " | " << MedianAndSpread(at.processor, 3) << " | "
                     << MedianAndSpread(at.p50, 2) << " | " << MedianAndSpread(at.p95, 2) << " | "
                     << MedianAndSpread(at.p99, 2) << " |\n";
  }
  SetGoals(extras, !report.paragraphs(), service, report);
}

void MeasureSnippets(const SearchSetup& setup, Report& report) {
  std::vector<double> without, with, added;
  const auto plain = QuestionsFor(setup.mix, Extras::kNone);
  const auto snippets = QuestionsFor(setup.mix, Extras::kSnippets);
  for (int round = 0; round < setup.rounds; ++round) {
    without.push_back(MillisecondsACall(setup, plain, setup.duration));
    with.push_back(MillisecondsACall(setup, snippets, setup.duration));
    added.push_back(with.back() - without.back());
  }
  report.details() << "\n### Ten snippets, one call at a time, " << setup.rounds << " rounds, ms a call\n\n"
                   << "| without | with | added by the snippets |\n|---|---|---|\n| " << MedianAndSpread(without, 2)
                   << " | " << MedianAndSpread(with, 2) << " | " << MedianAndSpread(added, 2) << " |\n";
  report.Measured(Goal::kSnippets, added);
}

void MeasureDateRange(const SearchSetup& setup, Report& report) {
  std::vector<MixQuery> with = OfClass(setup.mix, "and+date");
  if (with.empty()) return;
  std::vector<MixQuery> without = with;
  for (MixQuery& query : without) {
    query.from = absl::InfinitePast();
    query.until = absl::InfiniteFuture();
  }
  std::vector<double> plain, ranged, ratios;
  for (int round = 0; round < setup.rounds; ++round) {
    plain.push_back(MillisecondsACall(setup, QuestionsFor(without, Extras::kNone), setup.ShortDuration()));
    ranged.push_back(MillisecondsACall(setup, QuestionsFor(with, Extras::kNone), setup.ShortDuration()));
    ratios.push_back(ranged.back() / plain.back());
  }
  report.details() << "\n### AND with a date range, one call at a time, " << setup.rounds << " rounds, ms a call\n\n"
                   << "| without the range | with it | ratio |\n|---|---|---|\n| " << MedianAndSpread(plain, 2) << " | "
                   << MedianAndSpread(ranged, 2) << " | " << MedianAndSpread(ratios, 2) << " |\n";
  report.Measured(Goal::kDateRange, ratios);
}

}  // namespace broadsheet::benchmarks
