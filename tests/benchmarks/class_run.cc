#include "benchmarks/class_run.h"

#include <map>
#include <ostream>

#include "absl/strings/str_format.h"
#include "benchmarks/raw_load.h"
#include "benchmarks/statistics.h"

namespace broadsheet::benchmarks {
namespace {

struct AtOnce {
  std::vector<double> calls, of_raw;
  std::vector<double> times;  // of every call, in ms
};

struct ClassTimes {
  std::vector<double> raw;
  std::map<int, AtOnce> service;  // by outstanding calls
};

ClassTimes MeasureClass(const SearchSetup& setup, const std::vector<MixQuery>& mix, Extras extras) {
  const auto questions = QuestionsFor(mix, extras);
  ClassTimes measured;
  for (int round = 0; round < setup.rounds; ++round) {
    measured.raw.push_back(RunRaw(setup.raw_index, mix, extras, setup.ShortDuration()).queries_per_second);
    for (int outstanding : {1, 8, 64}) {
      const LoadResult result = RunService(setup, questions, outstanding, setup.ShortDuration());
      AtOnce& at = measured.service[outstanding];
      at.calls.push_back(result.calls_per_second);
      at.of_raw.push_back(result.calls_per_second / measured.raw.back());
      const std::vector<double> times = TimesOf(result);
      at.times.insert(at.times.end(), times.begin(), times.end());
    }
  }
  return measured;
}

void PrintClass(const std::string& name, const ClassTimes& measured, std::ostream& out) {
  for (const auto& [outstanding, at] : measured.service) {
    out << "| " << name << " | " << outstanding << " | " << MedianAndSpread(measured.raw, 0) << " | "
        << MedianAndSpread(at.calls, 0) << " | " << MedianAndSpread(at.of_raw, 2)
        << absl::StrFormat(" | %.2f | %.2f | %.2f |\n", Quantile(at.times, 0.5), Quantile(at.times, 0.95),
                           Quantile(at.times, 0.99));
  }
}

}  // namespace

void CompareClasses(const SearchSetup& setup, Extras extras, Report& report) {
  report.details() << absl::StrFormat("\n### %s: each class alone, %d rounds\n\n", NameOf(extras), setup.rounds)
                   << "| class | outstanding | raw Xapian, queries/s | Broadsheet, calls/s | x raw | p50, ms | p95, ms "
                      "| p99, ms |\n|---|---|---|---|---|---|---|---|\n";
  for (const std::string& name : ClassesOf(setup.mix)) {
    const ClassTimes measured = MeasureClass(setup, OfClass(setup.mix, name), extras);
    PrintClass(name, measured, report.details());
    const bool newest = name == "sortdate" && extras == Extras::kNone;
    if (newest) report.Measured(Goal::kNewestFirst, {Quantile(measured.service.at(1).times, 0.95)});
  }
}

}  // namespace broadsheet::benchmarks
