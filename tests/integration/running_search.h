#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/clock.h"
#include "common/rpc/grpc_status.h"
#include "search/app.h"

namespace broadsheet::search {

template <typename Request, typename Response>
using SearchMethod = grpc::Status (v1::SearchService::Stub::*)(grpc::ClientContext*, const Request&, Response*);

// The search service over an index that is there, with one worker, and a client of it. Thread-safe once started.
class RunningSearch {
 public:
  // Returns when the index is open. A failure of a test when the service does not start.
  explicit RunningSearch(const std::filesystem::path& index) {
    AppConfig config;
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 1;
    config.max_deadline = absl::Minutes(2);
    config.index_directory = index;
    auto app = App::Start(config, clock_);
    EXPECT_TRUE(app.ok()) << app.status();
    if (!app.ok()) return;
    app_ = *std::move(app);
    stub_ = v1::SearchService::NewStub(grpc::CreateChannel(app_->address(), grpc::InsecureChannelCredentials()));
    v1::GetIndexInfoResponse info;
    while (!Call(&v1::SearchService::Stub::GetIndexInfo, v1::GetIndexInfoRequest(), info).ok()) {
    }
  }

  template <typename Request, typename Response>
  absl::Status Call(SearchMethod<Request, Response> method, const Request& request, Response& response,
                    std::chrono::microseconds deadline = std::chrono::minutes(2)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    return FromGrpcStatus((stub_.get()->*method)(&context, request, &response));
  }

  v1::SearchService::Stub& stub() { return *stub_; }

 private:
  SystemClock clock_;
  std::unique_ptr<App> app_;
  std::unique_ptr<v1::SearchService::Stub> stub_;
};

}  // namespace broadsheet::search
