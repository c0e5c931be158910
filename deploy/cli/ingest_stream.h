#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/connection.h"
#include "cli/source.h"

namespace broadsheet::cli {

struct IngestStreamOptions {
  size_t max_in_flight = 1024;                 // items sent or waiting to be, without a result
  size_t max_bytes_in_flight = 16 << 20;       // of those items; one larger item is let through alone
  absl::Duration patience = absl::Minutes(1);  // without a result while the service cannot be reached or is busy
};

// Sends items over StreamArticles, many in flight, and hands out their results in the order sent. When the stream
// breaks because the service is busy, stopping or gone, it connects again and sends what has no result once more: that
// is safe because ingest is idempotent, though an article whose first result was lost is then UNCHANGED.
// Use from one thread; results are handed out on another, one at a time.
class IngestStream {
 public:
  using OnResult = std::function<void(const Item&, const v1::IngestResult&)>;

  IngestStream(IngestClient& client, IngestStreamOptions options, OnResult on_result);
  ~IngestStream();
  IngestStream(const IngestStream&) = delete;
  IngestStream& operator=(const IngestStream&) = delete;

  // Takes an item; blocks while too many are in flight. An error is final: it could not be sent within the patience,
  // or the service refused the stream for a reason that trying again does not mend.
  absl::Status Send(Item item);

  // Waits for all results. After it the stream is at its end.
  absl::Status Finish();

 private:
  using Connection = grpc::ClientReaderWriterInterface<v1::StreamArticlesRequest, v1::StreamArticlesResponse>;

  void StartConnection();
  absl::Status EndConnection();
  absl::Status Recover();
  absl::Status SendPending();
  absl::Status WaitUntil(const std::function<bool()>& reached);
  bool HasRoom(size_t bytes) const;
  void ReadResults();

  IngestClient& client_;
  const IngestStreamOptions options_;
  const OnResult on_result_;

  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Connection> connection_;
  std::thread reader_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Item>> pending_;  // without a result, in the order sent
  size_t sent_ = 0;                            // of pending_: those written to this connection
  size_t pending_bytes_ = 0;
  bool broken_ = false;                                // this connection gives no more results
  absl::Status confused_;                              // the service answered what was not asked
  absl::Time failing_since_ = absl::InfiniteFuture();  // the first failure since the last result
  absl::Duration backoff_;
};

}  // namespace broadsheet::cli
