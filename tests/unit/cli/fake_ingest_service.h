#pragma once

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "broadsheet/v1/ingest.grpc.pb.h"

namespace broadsheet::cli {

// An ingest-service that keeps ids in memory and misbehaves as it is told to. Real gRPC on a free port. Thread-safe.
class FakeIngestService : public v1::IngestService::Service {
 public:
  FakeIngestService() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~FakeIngestService() override { server_->Shutdown(std::chrono::system_clock::now()); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  // The next streams end with these, each after `results` results.
  struct Failure {
    int results;
    grpc::Status status;
  };
  void FailNext(std::vector<Failure> failures) {
    const std::lock_guard lock(mutex_);
    failures_ = std::move(failures);
  }
  void AnswerWithWrongCorrelation() { wrong_correlation_ = true; }

  std::set<std::string> ids() const {
    const std::lock_guard lock(mutex_);
    return ids_;
  }
  int streams() const { return streams_; }
  int64_t index_sequence() const {
    const std::lock_guard lock(mutex_);
    return index_sequence_;
  }

  grpc::Status GetIngestStatus(grpc::ServerContext*, const v1::GetIngestStatusRequest*,
                               v1::GetIngestStatusResponse* response) override {
    response->mutable_limits()->set_request_bytes(4 << 20);
    const std::lock_guard lock(mutex_);
    const auto archived = static_cast<int64_t>(ids_.size());
    if (index_sequence_ < archived) ++index_sequence_;  // one more with each look
    response->set_index_sequence(index_sequence_);
    response->set_index_backlog(archived - index_sequence_);
    return grpc::Status::OK;
  }

  grpc::Status StreamArticles(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::StreamArticlesResponse, v1::StreamArticlesRequest>* stream) override {
    ++streams_;
    const Failure failure = NextFailure();
    v1::StreamArticlesRequest request;
    for (int results = 0; stream->Read(&request); ++results) {
      if (results == failure.results) {
        return failure.status;
      }
      v1::StreamArticlesResponse response;
      response.set_correlation_id(wrong_correlation_ ? "other" : request.correlation_id());
      *response.mutable_result() = Take(request.article());
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

 private:
  Failure NextFailure() {
    const std::lock_guard lock(mutex_);
    if (failures_.empty()) {
      return {-1, grpc::Status::OK};
    }
    Failure failure = failures_.front();
    failures_.erase(failures_.begin());
    return failure;
  }

  v1::IngestResult Take(const v1::RawArticle& article) {
    const std::lock_guard lock(mutex_);
    v1::IngestResult result;
    result.set_article_id(article.id());
    if (article.text().empty()) {
      result.set_outcome(v1::OUTCOME_REJECTED);
      result.set_reason(v1::REASON_EMPTY_CONTENT);
      result.set_message("there is no content");
    } else {
      result.set_outcome(ids_.insert(article.id()).second ? v1::OUTCOME_CREATED : v1::OUTCOME_UNCHANGED);
      result.set_sequence(static_cast<int64_t>(ids_.size()));
      result.set_acknowledged(v1::ACKNOWLEDGE_LEVEL_DURABLE);
    }
    return result;
  }

  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  mutable std::mutex mutex_;
  std::vector<Failure> failures_;
  std::set<std::string> ids_;
  int64_t index_sequence_ = 0;
  std::atomic<int> streams_ = 0;
  std::atomic<bool> wrong_correlation_ = false;
};

}  // namespace broadsheet::cli
