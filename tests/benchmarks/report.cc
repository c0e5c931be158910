#include "benchmarks/report.h"

#include <array>
#include <ostream>
#include <utility>

#include "absl/strings/str_format.h"
#include "benchmarks/statistics.h"

namespace broadsheet::benchmarks {
namespace {

// None where must is 0.
struct Threshold {
  double must = 0;
  double aim = 0;
};

struct GoalSpec {
  const char* what;
  Threshold articles;
  Threshold paragraphs;
  bool at_most;  // else at least
  int digits;
};

constexpr bool kAtMost = true;
constexpr bool kAtLeast = false;
constexpr Threshold kNoGoal = {};

// In the order of Goal.
constexpr std::array<GoalSpec, static_cast<size_t>(Goal::kCount)> kGoals = {{
    {"search, no facets, the worse of 8 and 64 outstanding: x combined limit (articles), x raw Xapian (paragraphs)",
     {1.0, 1.3},
     {2.5, 5},
     kAtLeast,
     2},
    {"search with three exact facets, 64 outstanding: x raw ValueCountMatchSpy", {2.5, 4}, {4, 8}, kAtLeast, 2},
    {"AND with a date range, time: x the same AND without", {1.2, 0.8}, {1.2, 0.8}, kAtMost, 2},
    {"newest first, p95 at one outstanding, ms", kNoGoal, {3, 0.5}, kAtMost, 2},
    {"ten snippets of long articles, ms", {1, 0.4}, kNoGoal, kAtMost, 2},
    {"p99 at one outstanding, ms", kNoGoal, {8, 3}, kAtMost, 2},
    {"p99 at one outstanding with three facets, ms", kNoGoal, {20, 10}, kAtMost, 2},
    {"p99 while ingesting at half of the maximum rate: x idle", {2, 1.3}, {2, 1.3}, kAtMost, 2},
    {"p99 of light calls under a heavy mix: x idle", {3, 3}, {3, 3}, kAtMost, 2},
    {"ingest until visible: x one raw Xapian writer", {0.9, 1.3}, {0.9, 1.3}, kAtLeast, 2},
    {"rebuild of the index from the archive: x the same", {1.2, 1.5}, {1.2, 1.5}, kAtLeast, 2},
    {"memory of ingest-service at full flood beyond page cache, MB", {250, 120}, {250, 120}, kAtMost, 0},
    {"memory of search-service per million documents beyond page cache, MB", kNoGoal, {150, 60}, kAtMost, 0},
    {"disk, archive and index: bytes per byte of text", {4, 3}, {7, 5}, kAtMost, 2},
    {"acknowledged to visible on an idle system, p99, ms", {150, 60}, {150, 60}, kAtMost, 0},
}};

const char* Verdict(const GoalSpec& goal, const Threshold& threshold, double value) {
  auto reaches = [&](double limit) { return goal.at_most ? value <= limit : value >= limit; };
  if (threshold.must == 0) return "no goal here";
  if (reaches(threshold.aim)) return "aim";
  return reaches(threshold.must) ? "must" : "**no**";
}

}  // namespace

void Report::Measured(Goal goal, std::vector<double> values) {
  measured_[goal] = std::move(values);
}

void Report::PrintGoal(Goal id, std::ostream& out) const {
  const GoalSpec& goal = kGoals[static_cast<size_t>(id)];
  const Threshold& threshold = paragraphs_ ? goal.paragraphs : goal.articles;
  const auto found = measured_.find(id);
  if (threshold.must == 0 && found == measured_.end()) return;
  const char* sign = goal.at_most ? "<=" : ">=";
  out << "| " << goal.what << " | ";
  if (threshold.must == 0) {
    out << "- | - | ";
  } else {
    out << absl::StrFormat("%s %g | %s %g | ", sign, threshold.must, sign, threshold.aim);
  }
  if (found == measured_.end()) {
    out << "not measured | - |\n";
    return;
  }
  out << MedianAndSpread(found->second, goal.digits) << " | " << Verdict(goal, threshold, Quantile(found->second, 0.5))
      << " |\n";
}

void Report::Print(std::ostream& out) const {
  out << "\n## Goals: median (smallest-largest)\n\n| goal | must | aim | measured | reached |\n|---|---|---|---|---|\n";
  for (size_t i = 0; i < kGoals.size(); ++i)
    PrintGoal(static_cast<Goal>(i), out);
  out << "\n## Details\n" << details_.str();
}

}  // namespace broadsheet::benchmarks
