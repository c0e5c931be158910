#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "ingest/app.h"
#include "search/app.h"
#include "support/index_audit.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"

// Near copies from the writer's call to the reader's answer, with both services in this process.
namespace broadsheet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class CopiesOverRpcTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config_.service.listen = "127.0.0.1:0";
    config_.service.threads = 2;
    config_.data_directory = directory_.path();
    config_.drain_grace = absl::ZeroDuration();
    ingest_ = ingest::App::Start(config_, clock_, {}).value();
    search::AppConfig search;
    search.service.listen = "127.0.0.1:0";
    search.service.threads = 2;
    search.index_directory = config_.index_directory();
    search_ = search::App::Start(search, clock_).value();
    writer_ = v1::IngestService::NewStub(grpc::CreateChannel(ingest_->address(), grpc::InsecureChannelCredentials()));
    reader_ = v1::SearchService::NewStub(grpc::CreateChannel(search_->address(), grpc::InsecureChannelCredentials()));
  }

  // The report of the drowned orchard as an outlet prints it: with a first and a last sentence of its own.
  static v1::RawArticle Report(const std::string& outlet) {
    v1::RawArticle article;
    article.set_id(outlet);
    article.set_title("Orchard under water");
    std::string text = "This is how " + outlet + " has it. ";
    for (int row = 1; row <= 30; ++row) {
      text += "In row " + std::to_string(row) + " of the orchard the water stood " + std::to_string(row * 3) +
              " centimetres high before the pumps came. ";
    }
    article.set_text(text + "More in the next issue of " + outlet + ".");
    return article;
  }

  // Visible when it returns.
  v1::IngestResult Write(const v1::RawArticle& article) {
    clock_.Advance(absl::Seconds(1));
    grpc::ClientContext context;
    v1::IngestArticleRequest request;
    *request.mutable_article() = article;
    request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    v1::IngestArticleResponse response;
    EXPECT_TRUE(writer_->IngestArticle(&context, request, &response).ok());
    EXPECT_EQ(response.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    last_sequence_ = response.result().sequence();
    return response.result();
  }

  void Delete(const std::string& id) {
    grpc::ClientContext context;
    v1::DeleteArticleRequest request;
    request.mutable_deletion()->set_id(id);
    request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    v1::DeleteArticleResponse response;
    EXPECT_TRUE(writer_->DeleteArticle(&context, request, &response).ok());
    last_sequence_ = response.result().sequence();
  }

  v1::SearchResponse Search(v1::CopyMode copies) {
    grpc::ClientContext context;
    v1::SearchRequest request;
    request.set_query("orchard");
    request.set_min_sequence(last_sequence_);
    request.set_copies(copies);
    request.set_exact_total(true);
    v1::SearchResponse response;
    const grpc::Status status = reader_->Search(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  // "id" of originals, "id < original" of copies.
  std::vector<std::string> Found(v1::CopyMode copies = v1::COPY_MODE_SHOW) {
    std::vector<std::string> found;
    const v1::SearchResponse response = Search(copies);
    EXPECT_EQ(response.total().value(), response.hits_size());
    for (const auto& hit : response.hits()) {
      const v1::Article& article = hit.article();
      found.push_back(article.id() + (article.copy_of().empty() ? "" : " < " + article.copy_of()));
    }
    return found;
  }

  support::TempDirectory directory_;
  support::ManualClock clock_;
  ingest::IngestConfig config_;
  std::unique_ptr<ingest::App> ingest_;
  std::unique_ptr<search::App> search_;
  std::unique_ptr<v1::IngestService::Stub> writer_;
  std::unique_ptr<v1::SearchService::Stub> reader_;
  int64_t last_sequence_ = 0;
};

TEST_F(CopiesOverRpcTest, AreFoundMarkedHiddenAndFoundAgain) {
  EXPECT_EQ(Write(Report("courier")).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(Write(Report("gazette")).outcome(), v1::OUTCOME_CREATED) << "a near copy is no DUPLICATE";
  v1::RawArticle exact = Report("courier");
  exact.set_id("mirror");
  EXPECT_EQ(Write(exact).outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_THAT(Found(), UnorderedElementsAre("courier", "gazette < courier", "mirror < courier"));
  EXPECT_THAT(Found(v1::COPY_MODE_HIDE), ElementsAre("courier"));
  const v1::SearchResponse all = Search(v1::COPY_MODE_SHOW);
  for (const auto& hit : all.hits()) {
    const v1::Article& article = hit.article();
    const double wanted = article.id() == "courier" ? 0 : article.id() == "mirror" ? 1 : 0.9;
    EXPECT_NEAR(article.copy_similarity(), wanted, wanted == 0.9 ? 0.099 : 0) << article.id();
  }
  Delete("courier");
  EXPECT_THAT(Found(), UnorderedElementsAre("gazette", "mirror < gazette"));
  Write(Report("courier"));
  EXPECT_THAT(Found(), UnorderedElementsAre("courier", "gazette < courier", "mirror < courier"));
}

TEST_F(CopiesOverRpcTest, ACorrectionIsNoCopyAndLeavesTheOriginalWhatItIs) {
  Write(Report("courier"));
  Write(Report("gazette"));
  v1::RawArticle corrected = Report("courier");
  corrected.set_text(corrected.text() + " The first version named the wrong river.");
  corrected.set_corrected(true);
  EXPECT_EQ(Write(corrected).outcome(), v1::OUTCOME_UPDATED);
  EXPECT_THAT(Found(), UnorderedElementsAre("courier", "gazette < courier"));
}

TEST_F(CopiesOverRpcTest, WhatIsUnderEmbargoIsNeverNamedBeforeItsTime) {
  v1::RawArticle held = Report("agency");
  held.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(clock_.Now() + absl::Hours(1)));
  Write(held);
  Write(Report("courier"));
  EXPECT_THAT(Found(), ElementsAre("courier"));
  EXPECT_THAT(Found(v1::COPY_MODE_HIDE), ElementsAre("courier"));
  clock_.Advance(absl::Hours(2));
  EXPECT_THAT(Found(), UnorderedElementsAre("courier", "agency < courier"));
  v1::RawArticle withheld = Report("courier");
  withheld.set_withheld(true);
  Write(withheld);
  EXPECT_THAT(Found(), ElementsAre("agency"));
}

TEST_F(CopiesOverRpcTest, AReplayAndARebuildGiveTheSame) {
  for (const char* outlet : {"courier", "gazette", "echo", "mail"})
    Write(Report(outlet));
  Write(Report("courier"));
  Delete("gazette");
  const auto before = Found();
  grpc::ClientContext context;
  v1::ReplayArticlesRequest request;
  auto stream = writer_->ReplayArticles(&context, request);
  v1::ReplayArticlesResponse message;
  while (stream->Read(&message))
    continue;
  ASSERT_TRUE(stream->Finish().ok());
  EXPECT_EQ(Found(), before);
  search_.reset();
  ASSERT_TRUE(ingest_->Stop().ok());
  ingest_.reset();
  const auto live = directory_.path() / "live";
  std::filesystem::copy(config_.index_directory(), live, std::filesystem::copy_options::recursive);
  ASSERT_TRUE(ingest::RunRebuild(config_, clock_).ok());
  auto same = support::CompareIndexes(live, config_.index_directory());
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_THAT(same->differences, IsEmpty());
}

}  // namespace
}  // namespace broadsheet
