#include "search/match/word_sweep.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/index/xapian_status.h"
#include "search/match/stored.h"
#include "search/query/parse.h"
#include "unit/search/match/searcher_fixture.h"
#include "unit/search/match/two_shards.h"

namespace broadsheet::search {
namespace {

using ::testing::UnorderedElementsAreArray;

// Keeps what it is shown; is full after so many.
class Collected : public MatchSink {
 public:
  explicit Collected(size_t full = ~size_t{0}) : full_(full) {}
  void BeginShard(const ShardView& shard) override { shard_ = shard; }
  void Take(const Batch& batch) override {
    EXPECT_EQ(batch.docids.size(), batch.weights.size());
    for (Xapian::docid docid : batch.docids)
      docids_.push_back(shard_.InSnapshot(docid));
  }
  bool Full() const override { return docids_.size() >= full_; }
  const std::vector<Xapian::docid>& docids() const { return docids_; }

 private:
  const size_t full_;
  ShardView shard_;
  std::vector<Xapian::docid> docids_;
};

struct Case {
  std::string text;
  Predicate wanted;
};

std::vector<Case> Cases() {
  auto has = [](std::string word) {
    return Predicate([word = std::move(word)](const auto& article) { return Has(article, word); });
  };
  auto karn = has("karn"), vorp = has("vorp"), zind = has("zind"), dolt = has("dolt"), rare = has("grelb");
  auto phrase = [](const auto& article) {
    const std::string text = absl::StrCat(" ", article.title(), " | ", article.body(), " ");
    return absl::StrReplaceAll(text, {{".", ""}}).find(" karn vorp ") != std::string::npos;
  };
  return {
      {"karn", karn},
      {"karn vorp", [=](const auto& a) { return karn(a) && vorp(a); }},
      {"karn OR vorp OR zind", [=](const auto& a) { return karn(a) || vorp(a) || zind(a); }},
      {"(karn OR vorp) (zind OR dolt)", [=](const auto& a) { return (karn(a) || vorp(a)) && (zind(a) || dolt(a)); }},
      {"karn zind dolt vorp", [=](const auto& a) { return karn(a) && zind(a) && dolt(a) && vorp(a); }},
      {"grelb", rare},
      {"grelb OR nowhere", rare},
      {"grelb karn", [=](const auto& a) { return rare(a) && karn(a); }},
      {"(grelb OR nowhere) OR (karn vorp)", [=](const auto& a) { return rare(a) || (karn(a) && vorp(a)); }},
      {"karn nowhere", [](const auto&) { return false; }},
      {"\"karn vorp\"", phrase},
      {"\"karn vorp\" OR grelb", [=](const auto& a) { return phrase(a) || rare(a); }},
      {"\"karn vorp\" zind", [=](const auto& a) { return phrase(a) && zind(a); }},
      {"\"grelb\"", rare},
      {"title:karn", [](const auto& a) { return (" " + a.title() + " ").find(" karn ") != std::string::npos; }},
  };
}

// Of every case, whatever is decoded: what is shown, or that nothing is.
void CheckCases(ReaderPool& readers, const std::vector<v1::Article>& articles) {
  auto reader = readers.Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const ColumnSet columns = *readers.ColumnsOf(*reader, {});
  const TermLookup lookup(reader->languages(), false);
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  const CallContext context;
  WordSweep sweep(*reader, columns, lookup, cache, context);
  for (const Case& test : Cases()) {
    const QueryNode root = *ParseQuery(test.text, MatchMode::kAllWords)->root;
    ASSERT_TRUE(IsDecodable(root)) << test.text;
    Collected all;
    MatchSink* const sink = &all;
    if (!sweep.Run(root, {&sink, 1})) {
      EXPECT_TRUE(all.docids().empty());
      ASSERT_TRUE(sweep.Run(root, {&sink, 1})) << "all are decoded the second time: " << test.text;
    }
    std::vector<std::string> ids, expected;
    for (Xapian::docid docid : all.docids())
      ids.push_back(ReadArticle(*reader, docid, false)->id());
    for (const auto& article : articles) {
      if (test.wanted(article)) expected.push_back(article.id());
    }
    EXPECT_THAT(ids, UnorderedElementsAreArray(expected)) << test.text;
  }
}

class WordSweepTest : public SearcherTest {
 protected:
  WordSweepTest() {
    for (int i = 0; i < 5; ++i) {
      v1::Article article = corpus_.Invent("rare-" + std::to_string(i));
      article.set_body("grelb " + article.body());
      corpus_.Add(std::move(article));
    }
    corpus_.Delete("article-3");
    corpus_.Commit();
  }
};

TEST_F(WordSweepTest, FindsWhatPlainLoopsFind) {
  CheckCases(corpus_.readers(), corpus_.articles());
}

TEST_F(WordSweepTest, FindsItInAllShards) {
  TwoShards shards;
  CheckCases(shards.readers(), shards.articles());
}

TEST_F(WordSweepTest, IsNotForWhatNeedsMoreThanWords) {
  for (const char* text :
       {"\"karn vorp\"~2", "body:\"karn vorp\"", "karn -vorp", "karn*", "body:karn", "karn NEAR/3 vorp"})
    EXPECT_FALSE(IsDecodable(*ParseQuery(text, MatchMode::kAllWords)->root)) << text;
  EXPECT_FALSE(HasWordsOnly(*ParseQuery("karn \"karn vorp\"", MatchMode::kAllWords)->root));
}

TEST_F(WordSweepTest, EndsWhenNobodyNeedsMoreOrWaits) {
  auto reader = corpus_.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const ColumnSet columns = *corpus_.readers().ColumnsOf(*reader, {});
  const TermLookup lookup(reader->languages(), false);
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  const QueryNode root = *ParseQuery("karn OR vorp", MatchMode::kAllWords)->root;
  Collected few(1);
  MatchSink* const sinks[] = {&few};
  const CallContext waits;
  WordSweep(*reader, columns, lookup, cache, waits).Run(root, sinks);
  ASSERT_TRUE(WordSweep(*reader, columns, lookup, cache, waits).Run(root, sinks));
  EXPECT_GE(few.docids().size(), 1u);
  EXPECT_LE(few.docids().size(), 512u);
  const CallContext gone(absl::Now() - absl::Seconds(1));
  auto stopped = CatchXapian([&] { return WordSweep(*reader, columns, lookup, cache, gone).Run(root, sinks); });
  EXPECT_EQ(stopped.status().code(), absl::StatusCode::kDeadlineExceeded);
}

// The same searcher, so that postings are decoded on the way: the answers must not tell.
TEST_F(WordSweepTest, AnswersStayAsTheyWere) {
  const Searcher warm(corpus_.readers(), corpus_.clock());
  for (const char* text : {"karn", "karn vorp", "karn OR vorp OR zind", "plonk (murg OR dolt)"}) {
    for (v1::Order order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST}) {
      v1::SearchRequest request;
      request.set_query(text);
      request.set_order(order);
      request.add_facets()->set_field("source");
      request.add_facets()->set_field("tags");
      auto cold = corpus_.Search(request);
      ASSERT_TRUE(cold.ok());
      for (int again = 0; again < 3; ++again) {
        auto result = warm.Search(*Validate(request), {});
        ASSERT_TRUE(result.ok());
        EXPECT_EQ(Ids(*result), Ids(*cold));
        EXPECT_EQ(result->total.SerializeAsString(), cold->total.SerializeAsString());
        ASSERT_EQ(result->facets.size(), 2u);
        for (size_t i = 0; i < 2; ++i)
          EXPECT_EQ(result->facets[i].SerializeAsString(), cold->facets[i].SerializeAsString());
      }
    }
  }
  EXPECT_GT(warm.caches().postings.bytes(), 1'000u);
}

}  // namespace
}  // namespace broadsheet::search
