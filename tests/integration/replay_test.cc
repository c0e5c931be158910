#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>

#include "common/base/error.h"
#include "common/rpc/clients.h"
#include "integration/ingest_fixture.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Rules that the test changes: version 2 cuts a line, and refuses what says so.
class ReplayTest : public IngestFixture {
 protected:
  ~ReplayTest() override { app.reset(); }  // its threads use what this class has

  void StartWithRules() {
    hooks.prepare = [this](const v1::RawArticle& raw, absl::Time received) { return ByTheRules(raw, received); };
    StartApp();
  }

  std::variant<EnrichedArticle, Rejection> ByTheRules(const v1::RawArticle& raw, absl::Time received) {
    const int version = version_;
    if (version > 1 && raw.title() == "Refused") return Rejection{v1::REASON_EMPTY_CONTENT, "text", "no news"};
    if (version > 1 && on_replay_) on_replay_(raw);
    auto prepared = Prepare(raw, {}, received);
    EnrichedArticle& enriched = std::get<EnrichedArticle>(prepared);
    enriched.article.set_normaliser_version(version);
    const std::string line = "\n\nLow water came at noon.";
    const size_t place = enriched.article.body().find(line);
    if (version > 1 && place != std::string::npos) {
      enriched.article.mutable_body()->erase(place, line.size());
      enriched.text_hash = "0" + enriched.text_hash.substr(1);
      v1::Edit& edit = enriched.edits.emplace_back();
      edit.set_rule("tide-line");
      edit.set_begin(static_cast<int64_t>(place));
      edit.set_end(static_cast<int64_t>(place + line.size()));
    }
    return prepared;
  }

  // `count` articles, every other one with a line that version 2 cuts.
  void IngestSome(int count) {
    for (int i = 0; i < count; ++i) {
      v1::RawArticle article = NewArticle("a-" + std::to_string(i));
      article.set_source(i % 4 == 0 ? "Tidewire" : "Harbour Post");
      if (i % 2 == 0) article.set_text(article.text() + "\n\nLow water came at noon.");
      ASSERT_EQ(Ingest(article).outcome(), v1::OUTCOME_CREATED);
    }
  }

  std::vector<v1::ReplayArticlesResponse> Replay(const v1::ReplayArticlesRequest& request, size_t cancel_after = 0) {
    grpc::ClientContext context;
    auto stream = client->ReplayArticles(&context, request);
    std::vector<v1::ReplayArticlesResponse> messages;
    v1::ReplayArticlesResponse message;
    while (stream->Read(&message)) {
      messages.push_back(message);
      if (messages.size() == cancel_after) context.TryCancel();
    }
    status = FromGrpcStatus(stream->Finish());
    return messages;
  }

  // What the archive has of an article; ends the service.
  Event Stored(const std::string& id) {
    app.reset();
    auto archive = Archive::Open(config.archive_directory());
    EXPECT_TRUE(archive.ok()) << archive.status();
    return (*archive)->ReadStandingOf(id).value();
  }

  static std::vector<std::string> Named(const std::vector<v1::ReplayArticlesResponse>& messages,
                                        v1::ReplayOutcome outcome) {
    std::vector<std::string> ids;
    for (const auto& message : messages) {
      for (const auto& article : message.articles()) {
        if (article.outcome() == outcome) ids.push_back(article.article_id());
      }
    }
    return ids;
  }

  void AwaitReplayEnd() {
    while (Status().replay().running())
      std::this_thread::yield();
  }

  std::atomic<int> version_{1};
  std::function<void(const v1::RawArticle&)> on_replay_;
};

TEST_F(ReplayTest, DryRunSaysWhatWouldChangeAndWritesNothing) {
  StartWithRules();
  IngestSome(10);
  EXPECT_FALSE(Status().has_replay());
  version_ = 2;
  v1::ReplayArticlesRequest request;
  request.set_dry_run(true);
  const auto messages = Replay(request);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Named(messages, v1::REPLAY_OUTCOME_CHANGED), ElementsAre("a-0", "a-2", "a-4", "a-6", "a-8"));
  const auto& last = messages.back();
  EXPECT_TRUE(last.finished());
  EXPECT_EQ(last.progress().done(), 10);
  EXPECT_EQ(last.progress().total(), 10);
  EXPECT_EQ(last.progress().changed(), 5);
  EXPECT_EQ(last.progress().confirmed(), 5);
  bool counted = false;
  for (const auto& rule : last.rules()) {
    if (rule.rule() != "tide-line") continue;
    counted = true;
    EXPECT_EQ(rule.edits(), 5);
    EXPECT_EQ(rule.articles(), 5);
    EXPECT_EQ(rule.bytes_cut(), 125);
  }
  EXPECT_TRUE(counted);
  EXPECT_THAT(messages[0].articles(0).removed(), ElementsAre("Low water came at noon."));
  const auto report = Status();
  EXPECT_EQ(report.archive_sequence(), 10);
  EXPECT_FALSE(report.replay().running());
  EXPECT_TRUE(report.replay().dry_run());
  EXPECT_EQ(report.replay().progress().changed(), 5);
}

TEST_F(ReplayTest, WritesWhatTheDryRunSaidUnderTheSameRevisionAndOnlyOnce) {
  StartWithRules();
  IngestSome(10);
  version_ = 2;
  const auto messages = Replay({});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Named(messages, v1::REPLAY_OUTCOME_CHANGED), SizeIs(5));
  EXPECT_EQ(Status().archive_sequence(), 20);
  const auto again = Replay({});
  EXPECT_EQ(again.back().progress().unchanged(), 10);
  EXPECT_EQ(Status().archive_sequence(), 20);

  v1::ListRevisionsRequest list;
  list.set_id("a-0");
  const auto revisions = Call(&IngestClient::ListRevisions, list);
  ASSERT_EQ(revisions.revisions_size(), 2);
  EXPECT_EQ(revisions.revisions(0).kind(), v1::EVENT_KIND_DERIVATION);
  EXPECT_EQ(revisions.revisions(0).revision(), 1);
  EXPECT_EQ(revisions.revisions(0).normaliser_version(), 2);
  EXPECT_EQ(revisions.revisions(1).kind(), v1::EVENT_KIND_ARTICLE);
  EXPECT_EQ(revisions.revisions(0).raw_hash(), revisions.revisions(1).raw_hash());
  EXPECT_EQ(revisions.revisions(0).updated_time().nanos(), revisions.revisions(1).updated_time().nanos());
  v1::GetRawArticleRequest get;
  get.set_id("a-0");
  EXPECT_THAT(Call(&IngestClient::GetRawArticle, get).article().text(), testing::HasSubstr("Low water came at noon."));
  // What a writer sends again is still what stands.
  v1::RawArticle same = NewArticle("a-1");
  same.set_source("Harbour Post");
  EXPECT_EQ(Ingest(same).outcome(), v1::OUTCOME_UNCHANGED);

  const auto received = revisions.revisions(1).received_time();
  const Event stored = Stored("a-0");
  EXPECT_EQ(stored.kind, EventKind::kDerive);
  EXPECT_EQ(stored.article.body().find("Low water came at noon."), std::string::npos);
  EXPECT_EQ(stored.article.ingested_time().seconds(), received.seconds());
  EXPECT_EQ(stored.article.ingested_time().nanos(), received.nanos());
}

TEST_F(ReplayTest, WhatAWriterSendsMeanwhileWins) {
  StartWithRules();
  IngestSome(3);
  version_ = 2;
  std::atomic<bool> written{false};
  on_replay_ = [&](const v1::RawArticle& raw) {
    if (raw.id() != "a-0" || raw.title() == "Newer" || written.exchange(true)) return;
    v1::RawArticle newer = NewArticle("a-0", "The ferry came back in the evening.");
    newer.set_title("Newer");
    grpc::ClientContext context;
    v1::IngestArticleRequest request;
    *request.mutable_article() = newer;
    v1::IngestArticleResponse response;
    EXPECT_TRUE(client->IngestArticle(&context, request, &response).ok());
    EXPECT_EQ(response.result().outcome(), v1::OUTCOME_UPDATED);
  };
  const auto messages = Replay({});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Named(messages, v1::REPLAY_OUTCOME_SUPERSEDED), ElementsAre("a-0"));
  EXPECT_THAT(Named(messages, v1::REPLAY_OUTCOME_CHANGED), ElementsAre("a-2"));
  const Event stored = Stored("a-0");
  EXPECT_EQ(stored.kind, EventKind::kArticle);
  EXPECT_EQ(stored.revision, 2);
  EXPECT_EQ(stored.article.title(), "Newer");
}

TEST_F(ReplayTest, GoesOnAfterTheTokenOfAnyMessage) {
  StartWithRules();
  IngestSome(60);
  version_ = 2;
  v1::ReplayArticlesRequest dry;
  dry.set_dry_run(true);
  const auto all = Replay(dry);
  ASSERT_GT(all.size(), 3u);
  dry.set_start_after(all[1].token());
  const auto rest = Replay(dry);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(rest.back().progress().done(), 60 - all[1].progress().done());
  EXPECT_EQ(rest.back().progress().changed(), 30 - all[1].progress().changed());

  v1::ReplayArticlesRequest request;
  request.set_articles_per_second(400);
  const auto begun = Replay(request, 1);
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  AwaitReplayEnd();
  request.set_start_after(begun[0].token());
  Replay(request);
  ASSERT_TRUE(status.ok()) << status;
  dry.clear_start_after();
  const auto after = Replay(dry);
  EXPECT_EQ(after.back().progress().unchanged(), 60);
}

TEST_F(ReplayTest, TokenOfAnotherFilterIsRefused) {
  StartWithRules();
  IngestSome(1);
  v1::ReplayArticlesRequest request;
  request.set_start_after(Replay(request)[0].token());
  request.mutable_filter()->add_sources("Tidewire");
  Replay(request);
  EXPECT_EQ(ReasonOf(status), "START_AFTER");
  request.set_start_after("nonsense");
  Replay(request);
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
}

TEST_F(ReplayTest, OneRunsAtATimeAndTheStatusShowsIt) {
  StartWithRules();
  IngestSome(2);
  version_ = 2;
  std::promise<void> entered, release;
  std::atomic<bool> first{true};
  on_replay_ = [&](const v1::RawArticle&) {
    if (!first.exchange(false)) return;
    entered.set_value();
    release.get_future().wait();
  };
  auto running = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    auto stream = client->ReplayArticles(&context, {});
    v1::ReplayArticlesResponse message;
    while (stream->Read(&message))
      continue;
    return stream->Finish().ok();
  });
  entered.get_future().wait();
  EXPECT_TRUE(Status().replay().running());
  Replay({});
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_EQ(ReasonOf(status), "REPLAY_RUNNING");
  release.set_value();
  EXPECT_TRUE(running.get());
  Replay({});
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(ReplayTest, EndsWhenItsCallerGoesAway) {
  StartWithRules();
  IngestSome(80);
  version_ = 2;
  v1::ReplayArticlesRequest request;
  request.set_articles_per_second(100);
  Replay(request, 1);
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  AwaitReplayEnd();
  const auto report = Status();
  EXPECT_GE(report.replay().progress().done(), 1);
  EXPECT_LT(report.replay().progress().done(), 80);
}

TEST_F(ReplayTest, EndsWithAReasonWhenTheServiceStops) {
  StartWithRules();
  IngestSome(40);
  version_ = 2;
  v1::ReplayArticlesRequest request;
  request.set_articles_per_second(1);
  auto replayed = std::async(std::launch::async, [&] { return Replay(request); });
  while (!Status().replay().running())
    std::this_thread::yield();
  EXPECT_TRUE(app->Stop().ok());
  replayed.wait();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
}

TEST_F(ReplayTest, TakesOnlyWhatTheFilterNames) {
  StartWithRules();
  IngestSome(8);
  Delete("a-4");
  version_ = 2;
  v1::ReplayArticlesRequest request;
  request.set_dry_run(true);
  request.mutable_filter()->add_sources("Tidewire");
  EXPECT_THAT(Named(Replay(request), v1::REPLAY_OUTCOME_CHANGED), ElementsAre("a-0"));
  request.mutable_filter()->Clear();
  request.mutable_filter()->set_min_sequence(3);
  request.mutable_filter()->set_max_sequence(6);
  EXPECT_THAT(Named(Replay(request), v1::REPLAY_OUTCOME_CHANGED), ElementsAre("a-2"));
  request.mutable_filter()->Clear();
  for (const char* id : {"a-6", "a-1", "a-0", "a-4", "a-6"})
    request.mutable_filter()->add_ids(id);
  const auto chosen = Replay(request);
  EXPECT_THAT(Named(chosen, v1::REPLAY_OUTCOME_CHANGED), ElementsAre("a-0", "a-6"));
  EXPECT_EQ(chosen.back().progress().total(), 3);
  request.mutable_filter()->Clear();
  request.mutable_filter()->set_normaliser_version_below(1);
  EXPECT_THAT(Named(Replay(request), v1::REPLAY_OUTCOME_CHANGED), IsEmpty());
  request.mutable_filter()->add_ids("nobody");
  Replay(request);
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
}

TEST_F(ReplayTest, LeavesAloneWhatTheRulesWouldRejectNow) {
  StartWithRules();
  v1::RawArticle article = NewArticle("a");
  article.set_title("Refused");
  ASSERT_EQ(Ingest(article).outcome(), v1::OUTCOME_CREATED);
  version_ = 2;
  const auto messages = Replay({});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Named(messages, v1::REPLAY_OUTCOME_REJECTED), ElementsAre("a"));
  EXPECT_EQ(messages[0].articles(0).message(), "no news");
  EXPECT_EQ(Status().archive_sequence(), 1);
}

}  // namespace
}  // namespace broadsheet::ingest
