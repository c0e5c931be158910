#include "benchmarks/pressure_run.h"

#include <atomic>
#include <future>
#include <map>
#include <ostream>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "benchmarks/paced_writer.h"
#include "benchmarks/statistics.h"
#include "common/base/thread_priority.h"

namespace broadsheet::benchmarks {
namespace {

constexpr int kHeavyOutstanding = 16;
constexpr auto kHeadStart = std::chrono::milliseconds(700);  // of the load beside, a commit at least

// Of one kind of call, alone and beside the load; a value a round.
struct Pairs {
  std::vector<double> alone, beside, ratios, calls_alone, calls_beside;

  void Add(const LoadResult& idle, const LoadResult& busy) {
    alone.push_back(QuantileOf(idle, 0.99));
    beside.push_back(QuantileOf(busy, 0.99));
    ratios.push_back(beside.back() / alone.back());
    calls_alone.push_back(idle.calls_per_second);
    calls_beside.push_back(busy.calls_per_second);
  }

  void Print(int outstanding, std::string_view beside_what, std::ostream& out) const {
    out << "| " << outstanding << " | " << beside_what << " | " << MedianAndSpread(calls_alone, 0) << " | "
        << MedianAndSpread(calls_beside, 0) << " | " << MedianAndSpread(alone, 2) << " | " << MedianAndSpread(beside, 2)
        << " | " << MedianAndSpread(ratios, 2) << " |\n";
  }
};

constexpr const char* kHeader =
    "| outstanding | beside | calls/s alone | beside | p99 alone, ms | beside | ratio "
    "|\n|---|---|---|---|---|---|---|\n";
constexpr std::string_view kNothing = "threads that only count";
constexpr int kOutstanding[] = {1, 8};

// Keeps all processors busy at the lowest priority with nothing. What searches lose beside it they lose to the machine
// and its scheduler, whatever a service does.
class BusyProcessors {
 public:
  BusyProcessors() {
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
      threads_.emplace_back([this] {
        LowerPriority(kLowest);
        while (!stopping_)
          ++counted_;
      });
    }
  }
  ~BusyProcessors() {
    stopping_ = true;
    for (std::thread& thread : threads_)
      thread.join();
  }
  BusyProcessors(const BusyProcessors&) = delete;
  BusyProcessors& operator=(const BusyProcessors&) = delete;

 private:
  static constexpr int kLowest = 19;

  std::atomic<bool> stopping_ = false;
  std::atomic<size_t> counted_ = 0;
  std::vector<std::thread> threads_;
};

LoadResult RunBesideCounting(const SearchSetup& setup, const std::vector<Question>& questions, int outstanding) {
  const BusyProcessors busy;
  return RunService(setup, questions, outstanding, setup.duration);
}

}  // namespace

void MeasureWhileIngesting(const SearchSetup& setup, const Corpus& corpus, double articles_per_second,
                           ServicePair& services, Report& report) {
  const auto questions = QuestionsFor(setup.mix, Extras::kNone);
  std::map<int, Pairs> pairs;
  std::map<int, Pairs> floor;
  std::map<int, std::vector<double>> acknowledged;  // articles a second
  // An article that an earlier run left in kept data would change nothing.
  size_t next = static_cast<size_t>(absl::ToUnixSeconds(absl::Now())) * 1'000;
  for (int round = 0; round < setup.rounds; ++round) {
    std::map<int, LoadResult> idle;
    for (int outstanding : kOutstanding)
      idle[outstanding] = RunService(setup, questions, outstanding, setup.duration);
    for (int outstanding : kOutstanding)
      floor[outstanding].Add(idle[outstanding], RunBesideCounting(setup, questions, outstanding));
    {
      PacedWriter writer(services.ingest().client(), corpus, articles_per_second, next);
      std::this_thread::sleep_for(kHeadStart);
      for (int outstanding : kOutstanding) {
        const size_t before = writer.acknowledged();
        const LoadResult beside = RunService(setup, questions, outstanding, setup.duration);
        const double seconds = static_cast<double>(beside.answered.size()) / beside.calls_per_second;
        pairs[outstanding].Add(idle[outstanding], beside);
        acknowledged[outstanding].push_back(static_cast<double>(writer.acknowledged() - before) / seconds);
      }
      next += writer.sent();
    }
    services.WaitUntilIdle();
  }
  report.details() << absl::StrFormat("\n### Searches while %.0f articles a second are ingested; %d rounds\n\n",
                                      articles_per_second, setup.rounds)
                   << kHeader;
  for (const auto& [outstanding, measured] : pairs) {
    measured.Print(outstanding, "the writer", report.details());
    floor[outstanding].Print(outstanding, kNothing, report.details());
  }
  report.details() << "\nArticles acknowledged a second meanwhile: beside one call "
                   << MedianAndSpread(acknowledged[1], 0) << ", beside eight " << MedianAndSpread(acknowledged[8], 0)
                   << ".\n";
  report.Measured(Goal::kWhileIngesting, pairs[1].ratios);
}

void MeasureLightBesideHeavy(const SearchSetup& setup, Report& report) {
  const auto light = QuestionsFor(OfClass(setup.mix, "1term"), Extras::kNone);
  const auto heavy = QuestionsFor(OfClass(setup.mix, "or"), Extras::kFacets);
  if (light.empty() || heavy.empty()) return;
  Pairs pairs;
  Pairs floor;
  std::vector<double> heavy_calls;
  for (int round = 0; round < setup.rounds; ++round) {
    const LoadResult idle = RunService(setup, light, 1, setup.duration);
    floor.Add(idle, RunBesideCounting(setup, light, 1));
    auto load = std::async(std::launch::async, [&] {
      return RunService(setup, heavy, kHeavyOutstanding, setup.duration + 2 * kHeadStart);
    });
    std::this_thread::sleep_for(kHeadStart);
    pairs.Add(idle, RunService(setup, light, 1, setup.duration));
    heavy_calls.push_back(load.get().calls_per_second);
  }
  report.details() << absl::StrFormat(
                          "\n### Light searches beside %d outstanding heavy ones (%s calls/s of these); %d rounds\n\n",
                          kHeavyOutstanding, MedianAndSpread(heavy_calls, 0), setup.rounds)
                   << kHeader;
  pairs.Print(1, "heavy searches", report.details());
  floor.Print(1, kNothing, report.details());
  report.Measured(Goal::kLightBesideHeavy, pairs.ratios);
}

}  // namespace broadsheet::benchmarks
