#include <gmock/gmock.h>

#include "common/base/error.h"
#include "common/base/version.h"
#include "common/rpc/clients.h"
#include "integration/ingest_fixture.h"

namespace broadsheet::ingest {
namespace {

using testing::HasSubstr;

class IngestRpc : public IngestFixture {};

TEST_F(IngestRpc, CreatesThenLeavesThenUpdatesAnArticle) {
  StartApp();
  const auto created = Ingest(NewArticle("a"));
  EXPECT_EQ(created.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(created.article_id(), "a");
  EXPECT_EQ(created.revision(), 1);
  EXPECT_EQ(created.lineage().size(), 36u);
  EXPECT_EQ(created.acknowledged(), v1::ACKNOWLEDGE_LEVEL_DURABLE);

  const auto again = Ingest(NewArticle("a"));
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(again.sequence(), created.sequence());

  const auto updated = Ingest(NewArticle("a", "The ferry came late after all, said the harbour master."));
  EXPECT_EQ(updated.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(updated.revision(), 2);
  EXPECT_GT(updated.sequence(), created.sequence());
}

TEST_F(IngestRpc, MarksACopy) {
  StartApp();
  const std::string text = "Two ferries met in the fog off Oster and passed each other safely.";
  Ingest(NewArticle("first", text));
  auto copy = NewArticle("second", text);
  copy.set_title("Harbour report first");
  const auto result = Ingest(copy);
  EXPECT_EQ(result.outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_EQ(result.duplicate_of(), "first");
}

TEST_F(IngestRpc, DoesNotLetAnOlderVersionIn) {
  StartApp();
  auto article = NewArticle("a");
  article.mutable_updated_time()->set_seconds(1'700'000'000);
  const auto standing = Ingest(article);
  article.set_text("An older telling of the same story.");
  article.mutable_updated_time()->set_seconds(1'600'000'000);
  const auto stale = Ingest(article);
  EXPECT_EQ(stale.outcome(), v1::OUTCOME_STALE);
  EXPECT_EQ(stale.reason(), v1::REASON_NEWER_VERSION_STANDS);
  EXPECT_EQ(stale.sequence(), standing.sequence());
}

TEST_F(IngestRpc, AnswersARejectedArticleWithAResult) {
  StartApp();
  auto article = NewArticle("a");
  article.clear_content();
  const auto result = Ingest(article);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(result.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(result.reason(), v1::REASON_EMPTY_CONTENT);
  EXPECT_EQ(result.sequence(), 0);
  EXPECT_FALSE(result.message().empty());

  article = NewArticle("bs-mine");
  EXPECT_EQ(Ingest(article).reason(), v1::REASON_INVALID_ID);
  article = NewArticle("a");
  (*article.mutable_attributes())["no blanks"] = "x";
  EXPECT_EQ(Ingest(article).reason(), v1::REASON_INVALID_ATTRIBUTE);
  article = NewArticle("a", std::string(1'100'000, 'x'));
  EXPECT_EQ(Ingest(article).reason(), v1::REASON_CONTENT_TOO_LARGE);
}

TEST_F(IngestRpc, RefusesMalformedRequestsWithTheFieldAtFault) {
  StartApp();
  auto field = [this] {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_FALSE(ReasonOf(status).empty());
    const auto violations = FieldViolationsOf(status);
    return violations.empty() ? "" : violations[0].field;
  };
  Call(&IngestClient::IngestArticle, v1::IngestArticleRequest());
  EXPECT_EQ(field(), "article");
  Call(&IngestClient::IngestArticles, v1::IngestArticlesRequest());
  EXPECT_EQ(field(), "articles");
  Call(&IngestClient::DeleteArticle, v1::DeleteArticleRequest());
  EXPECT_EQ(field(), "deletion");
  Call(&IngestClient::PreviewArticle, v1::PreviewArticleRequest());
  EXPECT_EQ(field(), "article");
  Call(&IngestClient::GetRawArticle, v1::GetRawArticleRequest());
  EXPECT_EQ(field(), "id");
  Call(&IngestClient::ListRevisions, v1::ListRevisionsRequest());
  EXPECT_EQ(field(), "id");
  Ingest(NewArticle("a"), static_cast<v1::AcknowledgeLevel>(9));
  EXPECT_EQ(field(), "acknowledge");
  v1::IngestArticlesRequest large;
  for (int i = 0; i < 1001; ++i)
    *large.add_articles() = NewArticle("a" + std::to_string(i));
  Call(&IngestClient::IngestArticles, large);
  EXPECT_EQ(field(), "articles");
  EXPECT_EQ(Status().archive_sequence(), 0);
}

TEST_F(IngestRpc, AnswersABatchInItsOrderWithTheRejectedOnesInside) {
  StartApp();
  v1::IngestArticlesRequest request;
  for (int i = 0; i < 500; ++i) {
    auto& article = *request.add_articles() = NewArticle("b" + std::to_string(i));
    if (i % 7 == 3) article.clear_content();
  }
  const auto response = Call(&IngestClient::IngestArticles, request);
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(response.results_size(), 500);
  int64_t before = 0;
  for (int i = 0; i < 500; ++i) {
    const auto& result = response.results(i);
    if (i % 7 == 3) {
      EXPECT_EQ(result.outcome(), v1::OUTCOME_REJECTED) << i;
      continue;
    }
    EXPECT_EQ(result.outcome(), v1::OUTCOME_CREATED) << i;
    EXPECT_EQ(result.article_id(), "b" + std::to_string(i));
    EXPECT_GT(result.sequence(), before);
    before = result.sequence();
  }
}

TEST_F(IngestRpc, DeletesAndLeavesATombstoneThatOlderVersionsRespect) {
  StartApp();
  auto article = NewArticle("a");
  article.mutable_updated_time()->set_seconds(1'600'000'000);
  Ingest(article);
  const auto deleted = Delete("a");
  EXPECT_EQ(deleted.outcome(), v1::OUTCOME_DELETED);
  EXPECT_EQ(deleted.article_id(), "a");
  const auto again = Delete("a");
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(again.reason(), v1::REASON_NOT_FOUND);

  const auto stale = Ingest(article);
  EXPECT_EQ(stale.outcome(), v1::OUTCOME_STALE);
  EXPECT_EQ(stale.sequence(), deleted.sequence());
  article.clear_updated_time();
  EXPECT_EQ(Ingest(article).outcome(), v1::OUTCOME_CREATED);
}

TEST_F(IngestRpc, DeletesByUrlAndRejectsADeletionWithoutAKey) {
  StartApp();
  auto article = NewArticle("a");
  article.set_url("https://oster.example/ferry?utm_source=feed");
  Ingest(article);
  v1::DeleteArticleRequest request;
  request.mutable_deletion()->set_url("https://OSTER.example/ferry");
  EXPECT_EQ(Call(&IngestClient::DeleteArticle, request).result().outcome(), v1::OUTCOME_DELETED);
  request.mutable_deletion()->clear_key();
  const auto result = Call(&IngestClient::DeleteArticle, request).result();
  EXPECT_EQ(result.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(result.reason(), v1::REASON_MISSING_OPERATION);
}

TEST_F(IngestRpc, ReturnsWhatTheWriterSent) {
  StartApp();
  const auto sent = NewArticle("a", "Dirty\u200b  text,\tas it came.");
  Ingest(sent);
  Ingest(NewArticle("a", "A second version."));
  v1::GetRawArticleRequest request;
  request.set_id("a");
  EXPECT_EQ(Call(&IngestClient::GetRawArticle, request).article().text(), "A second version.");
  request.set_revision(1);
  const auto first = Call(&IngestClient::GetRawArticle, request);
  EXPECT_EQ(first.article().SerializeAsString(), sent.SerializeAsString());
  EXPECT_EQ(first.revision().revision(), 1);
  EXPECT_EQ(first.lineage(), Status().lineage());
  request.set_revision(3);
  Call(&IngestClient::GetRawArticle, request);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  request.set_revision(0);
  Call(&IngestClient::GetRawArticle, request);
  EXPECT_EQ(FieldViolationsOf(status).at(0).field, "revision");
}

TEST_F(IngestRpc, ListsRevisionsInPagesNewestFirst) {
  StartApp();
  for (int i = 1; i <= 5; ++i)
    Ingest(NewArticle("a", "Version " + std::to_string(i) + " of the ferry story."));
  Ingest(NewArticle("other"));
  v1::ListRevisionsRequest request;
  request.set_id("a");
  request.set_page_size(2);
  std::vector<int> seen;
  std::string token;
  do {
    request.set_page_token(token);
    const auto page = Call(&IngestClient::ListRevisions, request);
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_LE(page.revisions_size(), 2);
    for (const auto& revision : page.revisions())
      seen.push_back(revision.revision());
    if (!page.next_page_token().empty()) token = page.next_page_token();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, (std::vector<int>{5, 4, 3, 2, 1}));

  request.set_id("other");
  request.set_page_token(token);
  Call(&IngestClient::ListRevisions, request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldViolationsOf(status).at(0).field, "page_token");
  request.set_page_token("no token");
  Call(&IngestClient::ListRevisions, request);
  EXPECT_EQ(ReasonOf(status), "PAGE_TOKEN");
  request.set_page_token("");
  request.set_id("nobody");
  Call(&IngestClient::ListRevisions, request);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
}

TEST_F(IngestRpc, PreviewsWithoutWriting) {
  StartApp();
  v1::PreviewArticleRequest request;
  *request.mutable_article() = NewArticle("a", "The ferry\u200b was late.");
  const auto preview = Call(&IngestClient::PreviewArticle, request);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(preview.result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(preview.article().title(), "Harbour report a");
  EXPECT_THAT(preview.article().body(), HasSubstr("The ferry was late."));
  EXPECT_GT(preview.edits_size(), 0);
  EXPECT_EQ(Status().archive_sequence(), 0);

  Ingest(request.article());
  EXPECT_EQ(Call(&IngestClient::PreviewArticle, request).result().outcome(), v1::OUTCOME_UNCHANGED);
  request.mutable_article()->clear_content();
  const auto rejected = Call(&IngestClient::PreviewArticle, request);
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(rejected.result().outcome(), v1::OUTCOME_REJECTED);
  EXPECT_FALSE(rejected.has_article());
}

TEST_F(IngestRpc, WaitsUntilAWriteIsVisibleWhenAsked) {
  StartApp();
  const auto result = Ingest(NewArticle("a"), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_EQ(result.acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_FALSE(result.has_retry_delay());
  EXPECT_GE(Status().index_sequence(), result.sequence());

  v1::IngestArticlesRequest batch;
  batch.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  *batch.add_articles() = NewArticle("b");
  batch.add_articles()->set_id("empty");
  *batch.add_articles() = NewArticle("c");
  const auto results = Call(&IngestClient::IngestArticles, batch).results();
  EXPECT_EQ(results[0].acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_EQ(results[1].outcome(), v1::OUTCOME_REJECTED);
  EXPECT_NE(results[1].acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_EQ(results[2].acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_GE(Status().index_sequence(), results[2].sequence());
}

TEST_F(IngestRpc, ReportsWhereItStands) {
  StartApp();
  Ingest(NewArticle("a"));
  Ingest(NewArticle("a"));
  Ingest(NewArticle("b"));
  Delete("b");
  Ingest(NewArticle("c"), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  const auto report = Status();
  EXPECT_EQ(report.archive_sequence(), 4);
  EXPECT_EQ(report.index_sequence(), 4);
  EXPECT_EQ(report.index_backlog(), 0);
  EXPECT_EQ(report.articles(), 2);
  EXPECT_EQ(report.tombstones(), 1);
  EXPECT_EQ(report.articles_in_flight(), 0);
  EXPECT_TRUE(report.has_last_commit_time());
  EXPECT_TRUE(report.accepting());
  EXPECT_GT(report.archive_bytes(), 0);
  EXPECT_GT(report.index_bytes(), 0);
  EXPECT_GT(report.free_bytes(), 0);
  EXPECT_EQ(report.limits().text_bytes(), 1 << 20);
  EXPECT_EQ(report.limits().batch_articles(), 1000);
  EXPECT_EQ(report.version(), std::string(Version()));
  std::map<v1::Outcome, int64_t> outcomes;
  for (const auto& count : report.outcomes())
    outcomes[count.outcome()] = count.count();
  EXPECT_EQ(outcomes[v1::OUTCOME_CREATED], 3);
  EXPECT_EQ(outcomes[v1::OUTCOME_UNCHANGED], 1);
  EXPECT_EQ(outcomes[v1::OUTCOME_DELETED], 1);
  EXPECT_EQ(outcomes[v1::OUTCOME_REJECTED], 0);
}

TEST_F(IngestRpc, RefusesAUnaryWriteWhenThereIsNoRoom) {
  hooks.intake.lane_articles = 0;
  StartApp();
  Ingest(NewArticle("a"));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
}

TEST_F(IngestRpc, RefusesCallsThatWouldWaitAboveTheCap) {
  hooks.limits.waiting_calls = 0;
  StartApp();
  Ingest(NewArticle("a"), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
  EXPECT_EQ(Ingest(NewArticle("a")).outcome(), v1::OUTCOME_CREATED);  // the refused one wrote nothing
}

TEST_F(IngestRpc, StopsWritingButNotReadingWhenTheDiskIsNearlyFull) {
  StartApp();
  Ingest(NewArticle("a"));
  app.reset();
  config.disk_reserve_mib = int64_t{1} << 30;
  StartApp();
  Ingest(NewArticle("b"));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "DISK_NEARLY_FULL");
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
  const auto report = Status();
  EXPECT_FALSE(report.accepting());
  EXPECT_FALSE(report.refusing_because().empty());
  v1::GetRawArticleRequest request;
  request.set_id("a");
  EXPECT_EQ(Call(&IngestClient::GetRawArticle, request).article().id(), "a");
}

}  // namespace
}  // namespace broadsheet::ingest
