#include "search/match/newest_first.h"

#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "search/match/cost.h"
#include "search/match/hidden.h"
#include "search/match/searcher.h"
#include "search/match/sweep.h"
#include "search/query/validate.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

constexpr int64_t kNow = 1'760'000'000;

// Two sealed shards of the same years, newest first, and a hot one without order, which has some of their articles once
// more.
class NewestFirstTest : public testing::Test {
 protected:
  // Sealed shards get an article `step` seconds and less after the other.
  void Write(int articles, int step, int hot) {
    for (int shard = 0; shard < 2; ++shard) {
      int64_t published = kNow;
      for (int i = 0; i < articles; ++i) {
        published -= 1 + Roll(step);
        Add(absl::StrCat("sealed-", shard, "-", i), i + 1 < articles ? published : 0);  // the last one has no date
      }
      index_.Freeze();
    }
    for (int i = 0; i < hot; ++i)
      Add(i % 3 == 0 ? absl::StrCat("sealed-", i % 2, "-", i) : absl::StrCat("hot-", i),
          i % 7 == 0 ? 0 : kNow - Roll(articles * step));
    index_.Commit();
    Manifest manifest = index_.manifest();
    for (ShardEntry& entry : manifest.shards) {
      if (entry.state != ShardState::kHot) support::CallSealed(path_, entry);
    }
    ++manifest.generation;
    ASSERT_TRUE(WriteManifest(path_, manifest).ok());
  }

  int Roll(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }

  void Add(const std::string& id, int64_t published) {
    v1::Article article;
    article.set_id(id);
    article.set_title("all");
    article.set_body(absl::StrCat(Roll(2) == 0 ? "karn" : "dolt", Roll(25) == 0 ? " vorp" : ""));
    if (published > 0) article.mutable_published_time()->set_seconds(published);
    index_.Add(std::move(article));
  }

  std::vector<Xapian::docid> DocidsOf(const Page& page) {
    std::vector<Xapian::docid> docids;
    for (const Match& match : page.matches)
      docids.push_back(match.docid);
    return docids;
  }

  support::TempDirectory directory_;
  const std::filesystem::path path_ = directory_.path() / "index";
  support::TestIndex index_{path_};
  std::mt19937 random_{17};
};

TEST_F(NewestFirstTest, PagesAreThoseOfAllMatches) {
  Write(1'600, 1'000, 1'500);
  ReaderPool readers(path_);
  auto reader = readers.Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const ColumnSet columns = readers.ColumnsOf(*reader, {}).value();
  int estimates = 0;
  for (const Xapian::Query& words :
       {Xapian::Query("karn"), Xapian::Query("vorp"), Xapian::Query::MatchAll,
        Xapian::Query(Xapian::Query::OP_AND, Xapian::Query("dolt"), Xapian::Query("all")), Xapian::Query("nowhere")}) {
    const Xapian::Query matching = WithoutHidden(words, *reader, absl::FromUnixSeconds(kNow));
    SearchQuery query;
    query.order = v1::ORDER_NEWEST;
    query.page_size = 13;
    const Xapian::MSet all = [&] {
      Xapian::Enquire enquire(reader->database());
      enquire.set_query(matching);
      return enquire.get_mset(0, 0, reader->database().get_doccount());
    }();
    bool more = true;
    while (more) {
      DatePager plain(query), newest(query);
      MatchSink* const sink = &plain;
      Sweep(matching, false, *reader, columns, {}, {&sink, 1});
      const v1::Total total = ShowNewest(matching, *reader, columns, {}, newest, 30);
      const Page expected = plain.Finish(*reader, columns).value(), page = newest.Finish(*reader, columns).value();
      ASSERT_EQ(DocidsOf(page), DocidsOf(expected)) << words.get_description();
      ASSERT_EQ(page.more, expected.more);
      const bool exact = total.relation() == v1::TOTAL_RELATION_EXACT;
      const double matches = all.get_matches_lower_bound();
      EXPECT_NEAR(static_cast<double>(total.value()), matches, exact ? 0 : matches / 5) << words.get_description();
      if (!exact) ++estimates;
      more = page.more;
      if (more) query.after = PositionAfter(query, page, page.matches.size(), "", reader->snapshot());
    }
  }
  EXPECT_GT(estimates, 20) << "shards are left before their end";
}

TEST_F(NewestFirstTest, ItCostsWhatIsSeenOfSealedShardsAndAllOfTheOthers) {
  Write(3'000, 100, 150);
  Reader reader(path_);
  ASSERT_TRUE(reader.Refresh().ok());
  v1::SearchRequest request;
  request.set_order(v1::ORDER_NEWEST);
  for (const char* text : {"", "all"}) {
    request.set_query(text);
    request.set_exact_total(false);
    const int64_t newest = EstimateCost(Validate(request).value(), reader);
    request.set_exact_total(true);
    const int64_t all = EstimateCost(Validate(request).value(), reader);
    EXPECT_GE(all, 6'100);
    EXPECT_LE(newest, 4 * kCountedMatches + 200);
    EXPECT_GE(newest, 4 * kCountedMatches + 100) << "all of the hot shard";
    v1::SearchRequest filtered = request;
    filtered.clear_exact_total();
    filtered.mutable_filter()->mutable_exists()->set_field("section");
    EXPECT_EQ(EstimateCost(Validate(filtered).value(), reader), all) << "few of the entries may match";
  }
}

TEST_F(NewestFirstTest, ASearchIsAnsweredSoWhenManyMatch) {
  Write(4'000, 100, 60);
  ReaderPool readers(path_);
  support::ManualClock clock;
  const Searcher searcher(readers, clock);
  for (const char* text : {"", "all"}) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_order(v1::ORDER_NEWEST);
    request.set_page_size(40);
    for (int pages = 0; pages < 2; ++pages) {
      const auto newest = searcher.Search(Validate(request).value(), {});
      ASSERT_TRUE(newest.ok()) << newest.status();
      EXPECT_EQ(newest->total.relation(), v1::TOTAL_RELATION_ESTIMATE);
      EXPECT_NEAR(newest->total.value(), 8'040, 800);
      v1::SearchRequest exact = request;
      exact.clear_page_token();
      exact.set_exact_total(true);
      exact.set_page_size(static_cast<int>(40 * (pages + 1)));
      const auto all = searcher.Search(Validate(exact).value(), {});
      ASSERT_TRUE(all.ok()) << all.status();
      EXPECT_EQ(all->total.relation(), v1::TOTAL_RELATION_EXACT);
      EXPECT_EQ(all->total.value(), 8'040);
      ASSERT_EQ(all->hits.size(), 40u * static_cast<size_t>(pages + 1));
      for (size_t i = 0; i < 40; ++i)
        EXPECT_EQ(newest->hits[i].article().id(), all->hits[static_cast<size_t>(40 * pages) + i].article().id());
      request.set_page_token(newest->next_page_token);
    }
  }
}

}  // namespace
}  // namespace broadsheet::search
