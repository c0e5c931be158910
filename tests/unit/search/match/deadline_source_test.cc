#include "search/match/deadline_source.h"

#include <gmock/gmock.h>

#include "common/index/xapian_status.h"
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

}  // namespace
}  // namespace broadsheet::search
