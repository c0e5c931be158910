#include "search/follow/watcher.h"

#include <gmock/gmock.h>

#include <map>
#include <memory>

#include "common/base/error.h"
#include "common/base/timestamp.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "karn"-watchers over an index that the test writes.
class WatcherTest : public ::testing::Test {
 protected:
  static SearchQuery Ask(const std::string& words, v1::ArticleView view = v1::ARTICLE_VIEW_CARD) {
    v1::SearchRequest request;
    request.set_query(words);
    request.set_order(v1::ORDER_OLDEST);
    request.set_view(view);
    return Validate(request).value();
  }

  std::unique_ptr<Watcher> Watch(const SearchQuery& query, const std::string& token = "",
                                 std::optional<int64_t> start = std::nullopt) {
    std::optional<ResumePosition> resume;
    if (!token.empty()) resume = DecodeResumeToken(token, ResumeKind::kWatch, query.fingerprint).value();
    return std::make_unique<Watcher>(query, resume, start, corpus_.readers(), board_, corpus_.clock());
  }

  // Everything up to now.
  std::vector<v1::WatchArticlesResponse> Drain(Watcher& watcher, bool slow = false) {
    std::vector<v1::WatchArticlesResponse> all;
    while (true) {
      auto turn = watcher.Next(slow, CallContext());
      slow = false;
      EXPECT_TRUE(turn.ok()) << turn.status();
      if (!turn.ok()) return all;
      for (auto& message : turn->messages)
        all.push_back(std::move(message));
      if (turn->caught_up) {
        next_embargo_ = turn->next_embargo;
        return all;
      }
    }
  }

  // "+id", "~id", "-id" and "lag".
  static std::vector<std::string> Say(const std::vector<v1::WatchArticlesResponse>& messages) {
    std::vector<std::string> said;
    for (const auto& message : messages) {
      if (message.has_matched()) said.push_back("+" + message.matched().article().id());
      if (message.has_changed()) said.push_back("~" + message.changed().article().id());
      if (message.has_withdrawn()) said.push_back("-" + message.withdrawn().id());
      if (message.has_lagged()) said.push_back("lag");
    }
    return said;
  }

  v1::Article With(const std::string& id, const std::string& word, int revision = 1) {
    v1::Article article;
    article.set_id(id);
    article.set_title(word + " stands here");
    article.set_body("A body.");
    article.set_language("en");
    article.set_revision(revision);
    return article;
  }

  int64_t Add(v1::Article article) { return corpus_.index().Add(std::move(article)); }
  void Commit() { corpus_.index().Commit(); }

  v1::Article Held(const std::string& id, absl::Duration time, int revision = 1) {
    v1::Article article = With(id, "karn", revision);
    *article.mutable_embargo_time() = ToTimestamp(corpus_.clock().Now() + time);
    return article;
  }

  Corpus corpus_{50};
  WatchBoard board_;
  absl::Duration next_embargo_;
};

TEST_F(WatcherTest, BeginsNowAndTellsWhatMatchesChangesAndGoes) {
  auto watcher = Watch(Ask("karn"));
  const auto first = Drain(*watcher);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_TRUE(first[0].has_heartbeat());
  EXPECT_EQ(first[0].sequence(), corpus_.index().sequence());
  Add(With("a", "karn"));
  Add(With("b", "dolt"));
  const int64_t c = Add(With("c", "karn"));
  Commit();
  const auto events = Drain(*watcher);
  EXPECT_THAT(Say(events), ElementsAre("+a", "+c"));
  EXPECT_EQ(events[1].sequence(), c);
  EXPECT_EQ(events[0].matched().article().title(), "karn stands here");
  EXPECT_TRUE(events[0].matched().article().body().empty()) << "a card";
  EXPECT_EQ(events[0].matched().highlights(0).spans_size(), 1);
  Add(With("a", "karn", 2));
  Add(With("b", "karn", 2));
  Add(With("c", "dolt", 2));
  Commit();
  const auto changes = Drain(*watcher);
  EXPECT_THAT(Say(changes), ElementsAre("~a", "+b", "-c"));
  EXPECT_EQ(changes[2].withdrawn().reason(), v1::WITHDRAWAL_REASON_CHANGED);
  corpus_.index().Delete("a");
  corpus_.index().Delete("c");
  corpus_.index().Delete("article-7");
  Commit();
  const auto deletions = Drain(*watcher);
  EXPECT_THAT(Say(deletions), ElementsAre("-a")) << "what was never reported is not withdrawn";
  EXPECT_EQ(deletions[0].withdrawn().reason(), v1::WITHDRAWAL_REASON_DELETED);
}

TEST_F(WatcherTest, FromASequenceOnWhatASearchFoundBeforeIsKnown) {
  Add(With("a", "karn"));
  Add(With("b", "dolt"));
  Commit();
  const int64_t searched = corpus_.index().sequence();
  auto watcher = Watch(Ask("karn"), "", searched);
  Drain(*watcher);
  Add(With("a", "dolt", 2));
  Add(With("b", "murg", 2));
  Commit();
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("-a"));
  auto late = Watch(Ask("karn"), "", searched);
  EXPECT_THAT(Say(Drain(*late)), ElementsAre("-a", "-b")) << "it cannot know what b was when the search ran";
}

TEST_F(WatcherTest, AResumedWatchKnowsWhatStandsAndRulesOutFirstVersions) {
  const SearchQuery query = Ask("karn");
  auto watcher = Watch(query);
  Drain(*watcher);
  for (const char* id : {"a", "b", "c"})
    Add(With(id, "karn"));
  Commit();
  const std::string token = Drain(*watcher).back().resume_token();
  Add(With("new", "dolt"));
  Add(With("a", "dolt", 2));
  Commit();
  auto resumed = Watch(query, token);
  EXPECT_THAT(Say(Drain(*resumed)), ElementsAre("-a"));
  Add(With("b", "karn", 2));
  Add(With("c", "dolt", 2));
  Add(With("new", "murg", 2));
  Commit();
  EXPECT_THAT(Say(Drain(*resumed)), ElementsAre("~b", "-c"));
}

TEST_F(WatcherTest, EmbargoesPassInTheOrderOfTheirTimesAndOverRestarts) {
  const SearchQuery query = Ask("karn");
  auto watcher = Watch(query);
  std::string token = Drain(*watcher).back().resume_token();
  Add(Held("late", absl::Hours(2)));
  Add(Held("early", absl::Hours(1)));
  Add(Held("early too", absl::Hours(1)));
  Add(With("open", "karn"));
  Commit();
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("+open"));
  EXPECT_EQ(next_embargo_, absl::Hours(1));
  corpus_.clock().Advance(absl::Hours(1));
  const auto passed = Drain(*watcher);
  EXPECT_THAT(Say(passed), ElementsAre("+early", "+early too"));
  EXPECT_EQ(next_embargo_, absl::Hours(1));
  corpus_.clock().Advance(absl::Hours(5));
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("+late"));
  EXPECT_THAT(Say(Drain(*Watch(query, token))), ElementsAre("+late", "+early", "+early too", "+open"))
      << "written and passed while nobody watched";
  EXPECT_THAT(Say(Drain(*Watch(query, passed[0].resume_token()))), ElementsAre("+early too", "+late"));
}

TEST_F(WatcherTest, ANewEmbargoWithdrawsUntilItPasses) {
  auto watcher = Watch(Ask("karn"));
  Drain(*watcher);
  Add(With("a", "karn"));
  Commit();
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("+a"));
  Add(Held("a", absl::Hours(1), 2));
  Commit();
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("-a"));
  corpus_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("+a"));
}

TEST_F(WatcherTest, BeyondTheHorizonAndOfAnotherLineageAreRefusedByName) {
  const SearchQuery query = Ask("karn");
  const std::string token = Drain(*Watch(query)).back().resume_token();
  auto open = Watch(query);
  Drain(*open);
  corpus_.index().Delete("article-1");
  Commit();
  EXPECT_TRUE(Watch(query, token)->Next(false, CallContext()).ok());
  corpus_.index().ForgetDeletions();
  Commit();
  const absl::Status refused = Watch(query, token)->Next(false, CallContext()).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused), "WATCH_HORIZON");
  EXPECT_EQ(ReasonOf(Watch(query, "", 3)->Next(false, CallContext()).status()), "WATCH_HORIZON");
  EXPECT_EQ(ReasonOf(open->Next(false, CallContext()).status()), "WATCH_HORIZON") << "too slow is no better";
  EXPECT_TRUE(Watch(query)->Next(false, CallContext()).ok());
  ResumePosition other;
  other.lineage = HashLineage("another");
  other.sequence = 1'000'000;
  Watcher stranger(query, other, std::nullopt, corpus_.readers(), board_, corpus_.clock());
  EXPECT_EQ(ReasonOf(stranger.Next(false, CallContext()).status()), "LINEAGE_MISMATCH");
}

TEST_F(WatcherTest, ASlowReaderIsToldHowFarBehindItIs) {
  auto watcher = Watch(Ask("karn"));
  Drain(*watcher);
  EXPECT_THAT(Say(Drain(*watcher, true)), IsEmpty()) << "nothing was missed";
  Add(With("a", "karn"));
  Add(With("b", "dolt"));
  Commit();
  const auto events = Drain(*watcher, true);
  EXPECT_THAT(Say(events), ElementsAre("lag", "+a"));
  EXPECT_EQ(events[0].lagged().sequences_behind(), 2);
}

TEST_F(WatcherTest, OnceItsMemoryIsFullItWithdrawsWhatItMayHaveReported) {
  auto watcher = Watch(Ask("karn"));
  Drain(*watcher);
  for (size_t i = 0; i <= ReportedIds::kReportedIds; ++i)
    Add(With("k-" + std::to_string(i), "karn"));
  Add(With("other", "dolt"));
  Commit();
  EXPECT_EQ(Say(Drain(*watcher)).size(), ReportedIds::kReportedIds + 1);
  Add(With("k-0", "dolt", 2));
  Add(With("other", "murg", 2));
  Add(With("first", "dolt"));
  Commit();
  EXPECT_THAT(Say(Drain(*watcher)), ElementsAre("-k-0", "-other"));
}

// Writes at random; what a reader believes must at all times be what a plain loop over the articles finds.
TEST_F(WatcherTest, WhatReadersBelieveIsTheTruthOverAnyWritesAndBreaks) {
  std::mt19937 random(23);
  auto roll = [&](int sides) { return static_cast<int>(random() % sides); };
  std::map<std::string, v1::Article> stands;
  std::map<std::string, int> revisions;
  const SearchQuery query = Ask("karn");
  using Beliefs = std::map<std::string, int64_t>;
  Beliefs steady, broken;
  auto watcher = Watch(query), breaking = Watch(query);
  std::string token;
  auto believe = [&](const std::vector<v1::WatchArticlesResponse>& events, Beliefs& beliefs, bool exact) {
    int64_t sequence = 0;
    for (const auto& event : events) {
      EXPECT_GE(event.sequence(), sequence);
      sequence = event.sequence();
      if (event.has_withdrawn() && exact) {
        EXPECT_TRUE(beliefs.contains(event.withdrawn().id()));
      }
      if (event.has_matched() && exact) {
        EXPECT_FALSE(beliefs.contains(event.matched().article().id()));
      }
      if (event.has_changed()) {
        EXPECT_TRUE(beliefs.contains(event.changed().article().id()));
      }
      if (event.has_matched()) beliefs[event.matched().article().id()] = event.matched().article().sequence();
      if (event.has_changed()) beliefs[event.changed().article().id()] = event.changed().article().sequence();
      if (event.has_withdrawn()) beliefs.erase(event.withdrawn().id());
    }
    if (&beliefs == &broken && !events.empty()) token = events[roll(static_cast<int>(events.size()))].resume_token();
  };
  believe(Drain(*watcher), steady, true);
  believe(Drain(*breaking), broken, true);
  for (int commit = 0; commit < 300; ++commit) {
    for (int i = roll(8); i >= 0; --i) {
      const std::string id = "r-" + std::to_string(roll(60));
      ++revisions[id];  // deletions count, too
      if (roll(5) == 0) {
        corpus_.index().Delete(id);
        stands.erase(id);
        continue;
      }
      v1::Article article = With(id, roll(2) ? "karn" : "dolt", revisions[id]);
      if (roll(6) == 0) {
        *article.mutable_embargo_time() = ToTimestamp(corpus_.clock().Now() + absl::Minutes(roll(30) - 5));
      }
      article.set_sequence(Add(article));
      stands[id] = article;
    }
    Commit();
    corpus_.clock().Advance(absl::Minutes(roll(4)));
    Beliefs truth;
    for (const auto& [id, article] : stands) {
      const bool open = !article.has_embargo_time() || ToTime(article.embargo_time()) <= corpus_.clock().Now();
      if (open && Has(article, "karn")) truth[id] = article.sequence();
    }
    believe(Drain(*watcher), steady, true);
    ASSERT_EQ(steady, truth) << commit;
    if (roll(3) == 0 && !token.empty()) breaking = Watch(query, token);
    if (roll(4) > 0) continue;  // it is behind by several commits now and then
    believe(Drain(*breaking), broken, false);
    ASSERT_EQ(broken, truth) << commit;
  }
}

}  // namespace
}  // namespace broadsheet::search
