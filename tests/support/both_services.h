#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "broadsheet/v1/search.grpc.pb.h"
#include "common/rpc/clients.h"
#include "ingest/app.h"
#include "search/app.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"

namespace broadsheet::support {

// Both services in this process, on free ports and a fresh data directory, under one clock that the test sets, and a
// client of each.
class BothServices : public ::testing::Test {
 protected:
  BothServices() {
    config_.service.listen = "127.0.0.1:0";
    config_.service.threads = 2;
    config_.data_directory = directory_.path();
    config_.drain_grace = absl::ZeroDuration();
    ingest_ = ingest::App::Start(config_, clock_, {}).value();
    search::AppConfig search;
    search.service = config_.service;
    search.index_directory = config_.index_directory();
    search_ = search::App::Start(search, clock_).value();
    writer_ = MakeIngestClient(grpc::CreateChannel(ingest_->address(), grpc::InsecureChannelCredentials()));
    reader_ = MakeSearchClient(grpc::CreateChannel(search_->address(), grpc::InsecureChannelCredentials()));
  }

  // Visible when it returns, and so is a deletion.
  v1::IngestResult Write(const v1::RawArticle& article) {
    grpc::ClientContext context;
    v1::IngestArticleRequest request;
    *request.mutable_article() = article;
    request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    v1::IngestArticleResponse response;
    EXPECT_TRUE(writer_->IngestArticle(&context, request, &response).ok());
    EXPECT_EQ(response.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    return response.result();
  }

  v1::IngestResult Delete(const v1::Deletion& deletion) {
    grpc::ClientContext context;
    v1::DeleteArticleRequest request;
    *request.mutable_deletion() = deletion;
    request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    v1::DeleteArticleResponse response;
    EXPECT_TRUE(writer_->DeleteArticle(&context, request, &response).ok());
    return response.result();
  }

  v1::SearchResponse Search(const v1::SearchRequest& request) {
    grpc::ClientContext context;
    v1::SearchResponse response;
    const grpc::Status status = reader_->Search(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  TempDirectory directory_;
  ManualClock clock_;
  ingest::IngestConfig config_;
  std::unique_ptr<ingest::App> ingest_;
  std::unique_ptr<search::App> search_;
  std::unique_ptr<IngestClient> writer_;
  std::unique_ptr<SearchClient> reader_;
};

}  // namespace broadsheet::support
