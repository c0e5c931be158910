#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "cli/source.h"

namespace broadsheet::cli {

// Counts what became of the items of a load, shows the first that failed, and writes all that failed to a file as one
// JSON object a line: origin, reason (a v1::Reason, or UNREADABLE), field, message, and the request, which can be
// mended and sent again, unless it could not be read. Not thread-safe.
class IngestReport {
 public:
  explicit IngestReport(std::ostream& failures) : failures_(failures) {}

  // PERMISSION_DENIED when the file cannot be made.
  absl::Status WriteRejectedTo(const std::string& path);

  // Every result as one JSON object a line, as soon as it is known: origin and result. Errors as above.
  absl::Status WriteResultsTo(const std::string& path);

  void Count(const Item& item, const v1::IngestResult& result);

  // An item that was never sent, and why.
  void CountUnsent(const Item& item, v1::Reason reason, const absl::Status& status);

  int64_t total() const;
  int64_t failed() const { return counts_[v1::OUTCOME_REJECTED]; }
  int64_t last_sequence() const { return last_sequence_; }

  // The newest of those that can be found, as their results said.
  int64_t visible_sequence() const { return visible_sequence_; }

  // One sentence: how many, how fast, and what became of them.
  std::string Summary(absl::Duration elapsed) const;

 private:
  std::ostream& failures_;
  std::unique_ptr<std::ofstream> rejected_;
  std::unique_ptr<std::ofstream> results_;
  std::array<int64_t, v1::Outcome_ARRAYSIZE> counts_{};
  int64_t last_sequence_ = 0;
  int64_t visible_sequence_ = 0;
};

// "OUTCOME_CREATED" -> "created".
std::string OutcomeWord(v1::Outcome outcome);

}  // namespace broadsheet::cli
