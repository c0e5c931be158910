#include <gmock/gmock.h>

#include "common/base/error.h"
#include "common/rpc/grpc_status.h"
#include "support/both_services.h"

// Both services in this process, under one clock that the test sets.
namespace broadsheet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EmbargoOverRpcTest : public support::BothServices {
 protected:
  v1::SearchResponse Search(const std::string& query, int64_t min_sequence) {
    v1::SearchRequest request;
    request.set_query(query);
    request.set_min_sequence(min_sequence);
    return BothServices::Search(request);
  }

  absl::Status Get(const std::string& id, int64_t min_sequence) {
    grpc::ClientContext context;
    v1::GetArticleRequest request;
    request.set_id(id);
    request.set_min_sequence(min_sequence);
    v1::GetArticleResponse response;
    return FromGrpcStatus(reader_->GetArticle(&context, request, &response));
  }

  static std::vector<std::string> Ids(const v1::SearchResponse& response) {
    std::vector<std::string> ids;
    for (const auto& hit : response.hits())
      ids.push_back(hit.article().id());
    return ids;
  }

  static v1::RawArticle Report(const std::string& id) {
    v1::RawArticle article;
    article.set_id(id);
    article.set_title("Lock gate of Tessel to be rebuilt");
    article.set_text("The lock gate of Tessel will be rebuilt in spring, the harbour board said about " + id + ".");
    return article;
  }
};

TEST_F(EmbargoOverRpcTest, ArticleIsAcknowledgedVisibleAtOnceAndFoundWhenItsTimeHasCome) {
  v1::RawArticle article = Report("held");
  article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(clock_.Now() + absl::Hours(1)));
  const v1::IngestResult result = Write(article);
  EXPECT_EQ(result.outcome(), v1::OUTCOME_CREATED);
  EXPECT_THAT(Ids(Search("tessel", result.sequence())), IsEmpty());
  EXPECT_EQ(ReasonOf(Get("held", result.sequence())), "ARTICLE_NOT_FOUND");
  clock_.Advance(absl::Hours(1));
  const v1::SearchResponse found = Search("tessel", result.sequence());
  EXPECT_THAT(Ids(found), ElementsAre("held"));
  EXPECT_EQ(found.snapshot().sequence(), result.sequence());
  EXPECT_TRUE(Get("held", 0).ok());
}

TEST_F(EmbargoOverRpcTest, WithheldVersionTakesTheEarlierOneAwayUntilAUsableOneComes) {
  EXPECT_THAT(Ids(Search("tessel", Write(Report("a")).sequence())), ElementsAre("a"));
  v1::RawArticle withheld = Report("a");
  withheld.set_withheld(true);
  const v1::IngestResult kept = Write(withheld);
  EXPECT_EQ(kept.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_THAT(Ids(Search("", kept.sequence())), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(Get("a", kept.sequence())));
  v1::RawArticle corrected = Report("a");
  corrected.set_corrected(true);
  const v1::SearchResponse found = Search("tessel", Write(corrected).sequence());
  ASSERT_THAT(Ids(found), ElementsAre("a"));
  EXPECT_TRUE(found.hits(0).article().corrected());
  EXPECT_EQ(found.hits(0).article().revision(), 3);
}

TEST_F(EmbargoOverRpcTest, WithdrawalTakesAnArticleFromSearchAndKeepsItsReason) {
  Write(Report("a"));
  v1::Deletion deletion;
  deletion.set_id("a");
  deletion.set_reason("the board never said so");
  EXPECT_THAT(Ids(Search("tessel", Delete(deletion).sequence())), IsEmpty());
  grpc::ClientContext listing;
  v1::ListRevisionsRequest list;
  list.set_id("a");
  v1::ListRevisionsResponse revisions;
  ASSERT_TRUE(writer_->ListRevisions(&listing, list, &revisions).ok());
  EXPECT_EQ(revisions.revisions(0).kind(), v1::EVENT_KIND_DELETION);
  EXPECT_EQ(revisions.revisions(0).reason(), "the board never said so");
}

}  // namespace
}  // namespace broadsheet
