#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "common/base/executor.h"
#include "common/rpc/metrics.h"
#include "common/rpc/parked_calls.h"
#include "common/rpc/unary_call.h"
#include "ingest/rpc/article_stream.h"
#include "ingest/rpc/replay_stream.h"
#include "ingest/rpc/status_report.h"
#include "ingest/rpc/write_call.h"

namespace broadsheet::ingest {

inline constexpr char kIngestServiceName[] = "broadsheet.v1.IngestService";

struct IngestServiceLimits {
  size_t waiting_calls = 256;          // unary calls that wait for VISIBLE or are batches under way
  size_t streams = 128;                // open at once
  size_t stream_unread_results = 256;  // results that a stream may owe before it stops reading
  absl::Duration max_deadline = absl::Seconds(60);
};

// The gRPC face of ingest: checks requests, hands writes to the intake and reads to the executor. Thread-safe.
class IngestService : public v1::IngestService::CallbackService {
 public:
  // All must outlive it.
  IngestService(IngestParts& parts, Executor& executor, Metrics& metrics, const IngestServiceLimits& limits = {});
  ~IngestService() override;

  // Ends every stream with UNAVAILABLE once it has sent the results of what it took, a replay after the article at
  // hand, and refuses new ones.
  void Drain();

  // Waits for the end of a replay, which Drain or its caller has ended. Before the intake and the writer go.
  void JoinReplay();

  const std::atomic<int64_t>& rejected_unasked() const { return stream_context_.rejected_unasked; }

  grpc::ServerUnaryReactor* IngestArticle(grpc::CallbackServerContext* context, const v1::IngestArticleRequest* request,
                                          v1::IngestArticleResponse* response) override;
  grpc::ServerUnaryReactor* IngestArticles(grpc::CallbackServerContext* context,
                                           const v1::IngestArticlesRequest* request,
                                           v1::IngestArticlesResponse* response) override;
  grpc::ServerBidiReactor<v1::StreamArticlesRequest, v1::StreamArticlesResponse>* StreamArticles(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* DeleteArticle(grpc::CallbackServerContext* context, const v1::DeleteArticleRequest* request,
                                          v1::DeleteArticleResponse* response) override;
  grpc::ServerUnaryReactor* GetRawArticle(grpc::CallbackServerContext* context, const v1::GetRawArticleRequest* request,
                                          v1::GetRawArticleResponse* response) override;
  grpc::ServerUnaryReactor* ListRevisions(grpc::CallbackServerContext* context, const v1::ListRevisionsRequest* request,
                                          v1::ListRevisionsResponse* response) override;
  grpc::ServerUnaryReactor* PreviewArticle(grpc::CallbackServerContext* context,
                                           const v1::PreviewArticleRequest* request,
                                           v1::PreviewArticleResponse* response) override;
  grpc::ServerUnaryReactor* ListBoilerplate(grpc::CallbackServerContext* context,
                                            const v1::ListBoilerplateRequest* request,
                                            v1::ListBoilerplateResponse* response) override;
  grpc::ServerUnaryReactor* GetIngestStatus(grpc::CallbackServerContext* context,
                                            const v1::GetIngestStatusRequest* request,
                                            v1::GetIngestStatusResponse* response) override;
  grpc::ServerWriteReactor<v1::ReplayArticlesResponse>* ReplayArticles(
      grpc::CallbackServerContext* context, const v1::ReplayArticlesRequest* request) override;

 private:
  void StartWrites(std::shared_ptr<Call> call, const absl::Status& valid, WriteCall::Plan plan);
  absl::StatusOr<v1::GetRawArticleResponse> ReadRaw(const v1::GetRawArticleRequest& request);
  absl::StatusOr<v1::ListRevisionsResponse> ReadRevisions(const v1::ListRevisionsRequest& request);
  absl::StatusOr<v1::PreviewArticleResponse> Preview(const v1::PreviewArticleRequest& request);

  IngestParts& parts_;
  ServiceCalls calls_;
  ParkedCalls waiting_calls_;
  ParkedCalls open_streams_;
  StreamContext stream_context_;

  std::mutex mutex_;
  bool draining_ = false;                              // guarded by mutex_
  std::vector<std::weak_ptr<ArticleStream>> streams_;  // likewise; at most twice as many as are open
  std::weak_ptr<ReplayStream> replay_;                 // likewise; the last one
  std::thread replay_thread_;                          // likewise; its
};

}  // namespace broadsheet::ingest
