#include "search/match/deadline_source.h"

#include <gmock/gmock.h>

#include "common/index/xapian_status.h"
#include "search/match/ranking.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

// Gives up in the middle of a match, as a caller would.
class GiveUpSpy : public Xapian::MatchSpy {
 public:
  GiveUpSpy(CallContext context, int after) : context_(std::move(context)), after_(after) {}
  void operator()(const Xapian::Document&, double) override {
    if (++seen_ == after_) context_.Cancel();
  }
  int seen() const { return seen_; }

 private:
  CallContext context_;
  const int after_;
  int seen_ = 0;
};

class DeadlineSourceTest : public ::testing::Test {
 protected:
  absl::Status Match(const Xapian::Query& query, const CallContext& context, Xapian::MatchSpy* spy) {
    auto reader = corpus_.readers().Acquire();
    EXPECT_TRUE(reader->Refresh().ok());
    return CatchXapian([&] {
      Xapian::Enquire enquire(reader->database());
      enquire.set_query(WithDeadline(query, context));
      if (spy != nullptr) enquire.add_matchspy(spy);
      found_ = enquire.get_mset(0, 10, 1'000'000).get_matches_lower_bound();
    });
  }

  Corpus corpus_{500};
  Xapian::doccount found_ = 0;
};

TEST_F(DeadlineSourceTest, ItChangesNoResult) {
  for (const char* word : {"Zkarn", "Zlund"}) {
    ASSERT_TRUE(Match(Xapian::Query(word), CallContext(), nullptr).ok());
    int64_t expected = 0;
    for (const auto& article : corpus_.articles())
      expected += Has(article, word + 1);
    EXPECT_EQ(found_, expected);
  }
  ASSERT_TRUE(Match(Xapian::Query(std::string()), CallContext(), nullptr).ok());
  EXPECT_EQ(found_, 500u);
}

TEST_F(DeadlineSourceTest, AMatchStopsWithinAFewCandidatesOfTheCallersCancellation) {
  Xapian::Query either(Xapian::Query::OP_OR, Xapian::Query("Zkarn"), Xapian::Query("Zlund"));
  for (const Xapian::Query& query : {either, Xapian::Query(std::string())}) {
    CallContext context;
    GiveUpSpy spy(context, 10);
    EXPECT_EQ(Match(query, context, &spy).code(), absl::StatusCode::kCancelled);
    EXPECT_LE(spy.seen(), 10 + static_cast<int>(DeadlineSource::kCandidatesPerLook));
  }
}

TEST_F(DeadlineSourceTest, AMatchThatBeginsAfterTheDeadlineLooksAtNothing) {
  GiveUpSpy spy(CallContext(), -1);
  absl::Status late = Match(Xapian::Query(std::string()), CallContext(absl::Now() - absl::Seconds(1)), &spy);
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(spy.seen(), 0);
}

TEST_F(DeadlineSourceTest, WeightsStopAMatchOfWordsToo) {
  auto reader = corpus_.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  CallContext context;
  GiveUpSpy spy(context, 10);
  absl::Status stopped = CatchXapian([&] {
    Xapian::Enquire enquire(reader->database());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, Xapian::Query("Zkarn"), Xapian::Query("Zlund")));
    enquire.set_weighting_scheme(TimedBm25(context));
    enquire.add_matchspy(&spy);
    enquire.get_mset(0, 10, 1'000'000);
  });
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
  EXPECT_LE(spy.seen(), 10 + 2 * static_cast<int>(DeadlineSource::kCandidatesPerLook));
}

TEST_F(DeadlineSourceTest, OnlyMatchesOfWordsRelyOnTheirWeights) {
  auto keeps = [](const char* text, bool filtered = false, v1::Order order = v1::ORDER_RELEVANCE) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_order(order);
    if (filtered) request.mutable_filter()->mutable_exists()->set_field("source");
    return WeightsKeepTime(*Validate(request));
  };
  EXPECT_TRUE(keeps("karn"));
  EXPECT_TRUE(keeps("karn (lund OR title:murg)"));
  EXPECT_FALSE(keeps("karn", true));
  EXPECT_FALSE(keeps("karn", false, v1::ORDER_NEWEST));
  for (const char* text : {"", "-karn", "karn -lund", "\"karn lund\"", "karn*", "body:karn"}) {
    EXPECT_FALSE(keeps(text)) << text;
  }
}

}  // namespace
}  // namespace broadsheet::search
