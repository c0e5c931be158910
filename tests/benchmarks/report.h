#pragma once

#include <iosfwd>
#include <map>
#include <sstream>
#include <string>
#include <vector>

// What the benchmark has to say: the goals of speed and size with what was measured, then the tables behind them.
namespace broadsheet::benchmarks {

enum class Goal {
  kSearch,
  kFacets,
  kDateRange,
  kNewestFirst,
  kSnippets,
  kSlowest,
  kSlowestWithFacets,
  kWhileIngesting,
  kLightBesideHeavy,
  kIngest,
  kRebuild,
  kIngestMemory,
  kSearchMemory,
  kDisk,
  kVisible,
  kCount,
};

// Not thread-safe.
class Report {
 public:
  // `paragraphs`: which of the two corpora the goals are for.
  explicit Report(bool paragraphs) : paragraphs_(paragraphs) {}

  bool paragraphs() const { return paragraphs_; }

  // Several measurements of one goal, of which the median counts; what is measured again is replaced.
  void Measured(Goal goal, std::vector<double> values);

  // Where the tables go.
  std::ostream& details() { return details_; }

  // The goals, then the tables, as Markdown.
  void Print(std::ostream& out) const;

 private:
  void PrintGoal(Goal goal, std::ostream& out) const;

  const bool paragraphs_;
  std::map<Goal, std::vector<double>> measured_;
  std::ostringstream details_;
};

}  // namespace broadsheet::benchmarks
