#include <gmock/gmock.h>

#include "common/base/error.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

class BatchTest : public SearcherTest {
 protected:
  static SearchQuery Ask(const std::string& words, int page_size = 10,
                         v1::ArticleView view = v1::ARTICLE_VIEW_UNSPECIFIED) {
    v1::SearchRequest request;
    request.set_query(words);
    request.set_page_size(page_size);
    request.set_view(view);
    return Validate(request).value();
  }

  absl::StatusOr<Searcher::Batch> SearchAll(const std::vector<SearchQuery>& queries) {
    return Searcher(corpus_.readers(), corpus_.clock()).SearchAll(queries, CallContext());
  }
};

TEST_F(BatchTest, EachAnswerIsThatOfItsOwnSearch) {
  std::vector<SearchQuery> queries;
  for (const std::string& word : kWords)
    queries.push_back(Ask(word));
  auto batch = SearchAll(queries);
  ASSERT_TRUE(batch.ok()) << batch.status();
  ASSERT_EQ(batch->results.size(), kWords.size());
  for (size_t i = 0; i < kWords.size(); ++i) {
    v1::SearchRequest alone;
    alone.set_query(kWords[i]);
    ASSERT_TRUE(batch->results[i].ok());
    EXPECT_EQ(Ids(*batch->results[i]), Ids(*corpus_.Search(alone))) << kWords[i];
    EXPECT_EQ(batch->results[i]->snapshot.sequence, batch->snapshot.sequence);
  }
}

TEST_F(BatchTest, AQuestionThatFailsDoesNotFailTheOthers) {
  std::vector<SearchQuery> queries = {Ask("karn"), Ask("karn"), Ask("karn"), Ask("dolt")};
  queries[1].min_sequence = 1'000'000;
  queries[2].lineage = "another";
  auto batch = SearchAll(queries);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_TRUE(batch->results[0].ok());
  EXPECT_EQ(ReasonOf(batch->results[1].status()), "SEQUENCE_NOT_REACHED");
  EXPECT_EQ(ReasonOf(batch->results[2].status()), "LINEAGE_MISMATCH");
  EXPECT_TRUE(batch->results[3].ok());
}

TEST_F(BatchTest, TheReplyStaysWithinItsBytes) {
  v1::Article large = corpus_.Invent("large");
  large.set_body("karn " + std::string(900'000, 'x'));
  for (int i = 0; i < 6; ++i) {
    large.set_id("large-" + std::to_string(i));
    corpus_.Add(large);
  }
  corpus_.index().Commit();
  const SearchQuery wide = [&] {
    v1::SearchRequest request;
    request.mutable_filter()->mutable_in_values()->set_field("id");
    for (int i = 0; i < 6; ++i)
      request.mutable_filter()->mutable_in_values()->add_values("large-" + std::to_string(i));
    request.set_view(v1::ARTICLE_VIEW_FULL);
    request.mutable_highlight()->set_disabled(true);
    return Validate(request).value();
  }();
  auto batch = SearchAll({wide, wide, Ask("dolt")});
  ASSERT_TRUE(batch.ok()) << batch.status();
  size_t bytes = 0;
  for (const auto& result : batch->results) {
    if (!result.ok()) continue;
    for (const auto& hit : result->hits)
      bytes += hit.ByteSizeLong();
  }
  EXPECT_LE(bytes, kMaxReplyBytes);
  EXPECT_EQ(batch->results[0]->hits.size(), 3u);
  EXPECT_FALSE(batch->results[0]->next_page_token.empty());
  EXPECT_EQ(ReasonOf(batch->results[1].status()), "REPLY_FULL");
  EXPECT_TRUE(batch->results[2].ok()) << "what is small still fits";
}

}  // namespace
}  // namespace broadsheet::search
