#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "common/base/clock.h"
#include "common/rpc/clients.h"
#include "common/rpc/grpc_status.h"
#include "ingest/app.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {

// An article with an id and a text that no other id has.
inline v1::RawArticle NewArticle(const std::string& id, const std::string& text = "") {
  v1::RawArticle article;
  article.set_id(id);
  article.set_title("Harbour report " + id);
  article.set_text(text.empty() ? "The ferry " + id + " left the harbour of Oster on time. Nobody was hurt." : text);
  return article;
}

// The whole ingest-service in this process, on a free port and a fresh data directory, and a client of it.
class IngestFixture : public testing::Test {
 protected:
  void StartApp() {
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 2;
    config.data_directory = directory.path();
    config.drain_grace = absl::ZeroDuration();
    config.drain_limit = absl::Seconds(60);
    auto started = App::Start(config, clock, hooks);
    ASSERT_TRUE(started.ok()) << started.status();
    app = *std::move(started);
    channel = grpc::CreateChannel(app->address(), grpc::InsecureChannelCredentials());
    client = MakeIngestClient(channel);
  }

  // One call; its status ends up in `status`.
  template <typename Request, typename Response>
  Response Call(grpc::Status (IngestClient::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) {
    grpc::ClientContext context;
    Response response;
    status = FromGrpcStatus((client.get()->*method)(&context, request, &response));
    return response;
  }

  v1::IngestResult Ingest(const v1::RawArticle& article,
                          v1::AcknowledgeLevel level = v1::ACKNOWLEDGE_LEVEL_UNSPECIFIED) {
    v1::IngestArticleRequest request;
    *request.mutable_article() = article;
    request.set_acknowledge(level);
    return Call(&IngestClient::IngestArticle, request).result();
  }

  v1::IngestResult Delete(const std::string& id) {
    v1::DeleteArticleRequest request;
    request.mutable_deletion()->set_id(id);
    return Call(&IngestClient::DeleteArticle, request).result();
  }

  v1::GetIngestStatusResponse Status() { return Call(&IngestClient::GetIngestStatus, v1::GetIngestStatusRequest()); }

  support::TempDirectory directory;
  SystemClock clock;
  IngestConfig config;
  App::Hooks hooks;
  std::unique_ptr<App> app;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<IngestClient> client;
  absl::Status status;
};

}  // namespace broadsheet::ingest
