#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <limits>
#include <memory>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/clock.h"
#include "common/rpc/clients.h"
#include "common/rpc/grpc_status.h"
#include "search/app.h"

namespace broadsheet::search {

template <typename Request, typename Response>
using SearchMethod = grpc::Status (SearchClient::*)(grpc::ClientContext*, const Request&, Response*);

template <typename Request, typename Response>
using SearchStream = std::unique_ptr<grpc::ClientReader<Response>> (SearchClient::*)(grpc::ClientContext*,
                                                                                     const Request&);

// For a stream that is to be read to its end.
inline constexpr int kEveryElement = std::numeric_limits<int>::max();

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
    client_ = MakeSearchClient(grpc::CreateChannel(app_->address(), grpc::InsecureChannelCredentials()));
    v1::GetIndexInfoResponse info;
    while (!Call(&SearchClient::GetIndexInfo, v1::GetIndexInfoRequest(), info).ok()) {
    }
  }

  template <typename Request, typename Response>
  absl::Status Call(SearchMethod<Request, Response> method, const Request& request, Response& response,
                    std::chrono::microseconds deadline = std::chrono::minutes(2)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    return FromGrpcStatus((client_.get()->*method)(&context, request, &response));
  }

  // Reads a stream to its end, or until it has given `most` elements: then it is given up, which is OK.
  template <typename Request, typename Response>
  absl::Status Read(SearchStream<Request, Response> method, const Request& request, std::chrono::microseconds deadline,
                    int most) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    auto reader = (client_.get()->*method)(&context, request);
    Response element;
    for (int read = 0; reader->Read(&element);) {
      if (++read < most) continue;
      context.TryCancel();
      reader->Finish();
      return absl::OkStatus();
    }
    return FromGrpcStatus(reader->Finish());
  }

 private:
  SystemClock clock_;
  std::unique_ptr<App> app_;
  std::unique_ptr<SearchClient> client_;
};

}  // namespace broadsheet::search
