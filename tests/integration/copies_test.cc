#include <gmock/gmock.h>

#include "support/both_services.h"
#include "support/index_audit.h"

// Near copies from the writer's call to the reader's answer, with both services in this process.
namespace broadsheet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class CopiesOverRpcTest : public support::BothServices {
 protected:
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

  v1::IngestResult Write(const v1::RawArticle& article) {
    clock_.Advance(absl::Seconds(1));
    const v1::IngestResult result = BothServices::Write(article);
    last_sequence_ = result.sequence();
    return result;
  }

  void Delete(const std::string& id) {
    v1::Deletion deletion;
    deletion.set_id(id);
    last_sequence_ = BothServices::Delete(deletion).sequence();
  }

  v1::SearchResponse Search(v1::CopyMode copies) {
    v1::SearchRequest request;
    request.set_query("orchard");
    request.set_min_sequence(last_sequence_);
    request.set_copies(copies);
    request.set_exact_total(true);
    return BothServices::Search(request);
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
