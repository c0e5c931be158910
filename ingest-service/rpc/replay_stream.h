#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/rpc/call_record.h"
#include "ingest/pipeline/replayer.h"

namespace broadsheet::ingest {

// One ReplayArticles call. The replay works on a thread of its own, which waits while the caller has a message to read,
// and ends soon after the caller went away.
class ReplayStream : public grpc::ServerWriteReactor<v1::ReplayArticlesResponse>,
                     public std::enable_shared_from_this<ReplayStream> {
 public:
  // `replayer`, which must have been claimed unless `refused`, must outlive it. A `refused` stream ends with that
  // status at once and must not Work().
  static std::shared_ptr<ReplayStream> Start(Replayer& replayer, std::string lineage, ReplayPlan plan,
                                             MethodMetrics& metrics, grpc::CallbackServerContext* context,
                                             const absl::Status& refused);

  // The whole replay; for its thread.
  void Work();

  // Ends it with `status` as soon as the article at hand is done. Thread-safe.
  void End(const absl::Status& status);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  ReplayStream(Replayer& replayer, std::string lineage, ReplayPlan plan, MethodMetrics& metrics,
               grpc::CallbackServerContext* context);
  bool Send(v1::ReplayArticlesResponse message, int64_t after, int64_t through);
  void Close(const absl::Status& status);

  Replayer& replayer_;
  const std::string lineage_;
  const ReplayPlan plan_;
  CallRecord record_;
  ReplayStop stop_;
  std::shared_ptr<ReplayStream> self_;   // until OnDone
  v1::ReplayArticlesResponse response_;  // of the write under way

  std::mutex mutex_;
  std::condition_variable written_;
  bool writing_ = false;  // guarded by mutex_, as what follows
  bool reachable_ = true;
  absl::Status ending_;
};

}  // namespace broadsheet::ingest
