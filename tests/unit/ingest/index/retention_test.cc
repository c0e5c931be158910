#include "ingest/index/retention.h"

#include <gmock/gmock.h>

#include "common/schema/term.h"
#include "event_log.h"
#include "ingest/index/document_builder.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

v1::Article Article(const std::string& id, std::optional<int> published_day, std::optional<int> ingested_day) {
  v1::Article article;
  article.set_id(id);
  article.set_body("A body.");
  if (published_day.has_value()) article.mutable_published_time()->set_seconds(*published_day * 86'400);
  if (ingested_day.has_value()) article.mutable_ingested_time()->set_seconds(*ingested_day * 86'400);
  return article;
}

absl::Time Day(int day) {
  return absl::UnixEpoch() + absl::Hours(24) * day;
}

TEST(RetentionTest, ArticlesAgeFromTheirPublicationAndWithoutADateFromTheirReceipt) {
  for (const auto& [article, aged_from] :
       {std::pair(Article("a", 10, 20), Day(10)), std::pair(Article("b", 30, 20), Day(30)),
        std::pair(Article("c", std::nullopt, 20), Day(20)),
        std::pair(Article("d", std::nullopt, std::nullopt), absl::InfiniteFuture())}) {
    EXPECT_EQ(AgedFrom(BuildDocument(article)), aged_from) << article.id();
    const IndexEvent event = {.article = article};
    EXPECT_FALSE(IsExpired(event, aged_from)) << article.id();
    EXPECT_EQ(IsExpired(event, Day(50)), aged_from < Day(50)) << article.id();
  }
}

TEST(RetentionTest, FindsWhatIsOlderAndNoDeletions) {
  Xapian::WritableDatabase hot("", Xapian::DB_BACKEND_INMEMORY);
  hot.add_document(BuildDocument(Article("old", 10, 20)));
  hot.add_document(BuildDocument(Article("very old", 3, 4)));
  hot.add_document(BuildDocument(Article("new", 15, 20)));
  hot.add_document(BuildDocument(Article("ahead of its time", 40, 5)));
  hot.add_document(BuildDocument(Article("undated old", std::nullopt, 14)));
  hot.add_document(BuildDocument(Article("undated new", std::nullopt, 20)));
  hot.add_document(BuildTombstone("deleted", 7, Day(1), Day(1), ""));
  const StandingDocuments documents(hot, {});
  EXPECT_THAT(FindExpired(documents, Day(15), 100),
              UnorderedElementsAre(IdTerm("old"), IdTerm("very old"), IdTerm("undated old")));
  EXPECT_EQ(FindExpired(documents, Day(15), 2).size(), 2u);
  EXPECT_THAT(FindExpired(documents, absl::InfinitePast(), 100), ElementsAre());
}

TEST(RetentionTest, AReaderLeavesOutWhatIsOlderAndEndsWhereTheEventsDo) {
  EventLog log;
  for (int i = 0; i < 4; ++i)
    log.Write(absl::StrCat("article-", i), "A title", "A body.");
  log.Delete("article-9", TestStart() - absl::Hours(24 * 300));
  const EventReader read =
      WithoutExpired(log.Reader(), TestStart() - absl::Seconds(20'000));  // the 1st and the 2nd are younger
  std::vector<int64_t> sequences;
  for (int64_t after = 0;;) {
    const auto events = read(after, {5, 1, 1'000});
    ASSERT_TRUE(events.ok());
    if (events->empty()) break;
    after = events->back().sequence;
    sequences.push_back(after);
  }
  EXPECT_THAT(sequences, ElementsAre(1, 2, 5));
}

}  // namespace
}  // namespace broadsheet::ingest
