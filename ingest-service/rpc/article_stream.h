#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/rpc/call_record.h"
#include "ingest/index/indexer.h"
#include "ingest/pipeline/intake.h"

namespace broadsheet::ingest {

// What all streams share; must outlive them.
struct StreamContext {
  Intake& intake;
  Indexer& indexer;
  std::string lineage;
  size_t max_unread_results;                 // results a stream may owe before it stops reading
  std::atomic<int64_t> rejected_unasked{0};  // elements rejected without asking the intake
};

// One StreamArticles call. Every element gets one result, in the order of the elements. It reads on only while there is
// room in its lane and not too many results are owed, so a caller that does not read its results is not read either.
// It ends OK once the caller has half-closed and all results are sent; an element can be rejected but never ends it.
//
// Any event (a message read or written, a result, room, visibility) calls Advance, which takes the steps that are due
// one by one; what is under way is noted under the lock, so that events may come on any thread.
class ArticleStream : public grpc::ServerBidiReactor<v1::StreamArticlesRequest, v1::StreamArticlesResponse>,
                      public std::enable_shared_from_this<ArticleStream> {
 public:
  // `place` is held until the stream is done. A `refused` stream ends with that status at once.
  static std::shared_ptr<ArticleStream> Start(StreamContext& shared, MethodMetrics& metrics,
                                              grpc::CallbackServerContext* context, std::shared_ptr<const void> place,
                                              const absl::Status& refused);

  // Reads no more, sends the results of what was taken, then ends with `status`. Thread-safe.
  void End(const absl::Status& status);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  enum class Step { kNone, kRead, kSubmit, kWrite, kAwaitVisible, kFinish };

  // A result that is owed: empty until it is durable. Guarded by the stream's mutex.
  struct Owed {
    v1::StreamArticlesResponse response;
    bool visible_asked = false;
    bool ready = false;
    bool visibility_known = false;
  };

  ArticleStream(StreamContext& shared, MethodMetrics& metrics, grpc::CallbackServerContext* context,
                std::shared_ptr<const void> place);

  void Advance();
  Step NextStep();
  Step NextResultStep();
  static bool CanSend(const Owed& owed);
  void TakeRequest();
  void Submit();
  bool Settle(const absl::Status& submitted, const std::shared_ptr<Owed>& owed,
              std::optional<Intake::Operation>& operation);
  void OnResult(const std::shared_ptr<Owed>& owed, absl::StatusOr<v1::IngestResult> result);
  void AwaitHeadVisible();

  StreamContext& shared_;
  CallRecord record_;
  const absl::Time deadline_;
  std::shared_ptr<const void> place_;
  std::shared_ptr<ArticleStream> self_;  // until OnDone
  std::unique_ptr<Intake::Lane> lane_;

  v1::StreamArticlesRequest request_;    // of the read under way
  v1::StreamArticlesResponse response_;  // of the write under way
  grpc::WriteOptions write_options_;     // likewise

  std::mutex mutex_;                                 // guards what follows
  std::shared_ptr<Owed> next_;                       // for the element read and not yet submitted; null: none
  std::optional<Intake::Operation> next_operation_;  // of next_; none when it is rejected already
  std::deque<std::shared_ptr<Owed>> owed_;           // in the order of the elements
  std::optional<absl::Status> ending_;               // no more reads; the end once nothing is owed
  bool reading_ = false;
  bool submitting_ = false;
  bool awaiting_room_ = false;
  bool awaiting_visible_ = false;
  bool writing_ = false;
  bool written_ = false;  // at least one result
  bool finished_ = false;
  int in_lane_ = 0;  // threads inside a call of the lane, which must outlive them
};

}  // namespace broadsheet::ingest
