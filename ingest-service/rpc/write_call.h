#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/rpc/unary_call.h"
#include "ingest/index/indexer.h"
#include "ingest/pipeline/intake.h"

namespace broadsheet::ingest {

// The writes of one unary call: submits its operations in order in a lane of their own, collects their results in the
// same order, waits for VISIBLE if that was asked for, and answers. Holds no thread while it waits. The first operation
// is refused when there is no room; the others wait for it. A refusal or failure on the way fails the call: what was
// written until then stays, and is UNCHANGED when the call is repeated.
class WriteCall : public std::enable_shared_from_this<WriteCall> {
 public:
  struct Plan {
    int operations = 1;
    // Makes operation i from the request. Called once for each, in order, while the call is not finished.
    std::function<Intake::Operation(int i)> make;
    v1::AcknowledgeLevel acknowledge = v1::ACKNOWLEDGE_LEVEL_DURABLE;
    // Puts the results into the response. Called at most once, before the call is finished with OK.
    std::function<void(std::vector<v1::IngestResult> results)> respond;
    // Held until the call is finished.
    std::shared_ptr<const void> place;
  };

  // Begins on the calling thread and goes on by itself.
  static void Start(Intake& intake, Indexer& indexer, std::shared_ptr<Call> call, Plan plan);

 private:
  WriteCall(Intake& intake, Indexer& indexer, std::shared_ptr<Call> call, Plan plan);

  void Submit();
  absl::Status SubmitNext();
  void OnResult(int i, absl::StatusOr<v1::IngestResult> result);
  void AllDurable();
  void Answer(int64_t visible_sequence);
  void Fail(const absl::Status& status);

  Indexer& indexer_;
  const std::shared_ptr<Call> call_;
  const std::unique_ptr<Intake::Lane> lane_;

  std::mutex mutex_;
  Plan plan_;  // guarded by mutex_, as the rest
  std::vector<v1::IngestResult> results_;
  int submitted_ = 0;
  int durable_ = 0;
  bool finished_ = false;
};

}  // namespace broadsheet::ingest
