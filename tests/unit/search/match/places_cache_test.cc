#include "search/match/places_cache.h"

#include <gmock/gmock.h>

#include "common/schema/field.h"
#include "common/schema/term.h"
#include "unit/search/match/searcher_fixture.h"
#include "unit/search/match/two_shards.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What the index says of all shards together.
Places InIndex(const Reader& reader, Xapian::docid docid, const std::string& term) {
  const Xapian::Database& database = reader.database();
  return {database.positionlist_begin(docid, term), database.positionlist_end(docid, term)};
}

TEST(PlacesCache, HasWhatTheIndexHas) {
  TwoShards shards;
  auto reader = shards.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  PlacesCache cache;
  size_t places = 0;
  for (int again = 0; again < 2; ++again) {
    for (Xapian::docid docid = 1; docid <= 60; ++docid) {
      for (const std::string& word : kWords) {
        const Places expected = InIndex(*reader, docid, word);
        ASSERT_EQ(cache.Get(*reader, docid, word), expected) << docid << " " << word;
        places += expected.size();
      }
    }
  }
  EXPECT_GT(places, 1'000u);
  EXPECT_GT(cache.bytes(), 10'000u);
}

class PlacesCacheTest : public SearcherTest {};

TEST_F(PlacesCacheTest, KnowsOneRevisionOfAnArticleFromTheNext) {
  PlacesCache cache;
  v1::Article article = corpus_.articles().front();
  auto places_of = [&](const std::string& body) {
    article.set_body(body);
    corpus_.Add(article);
    corpus_.Commit();
    auto reader = corpus_.readers().Acquire();
    EXPECT_TRUE(reader->Refresh().ok());
    return cache.Get(*reader, reader->FindStanding(IdTerm(article.id())), "grelb");
  };
  EXPECT_THAT(places_of("one grelb two grelb"), ElementsAre(kBodyPosition + 1, kBodyPosition + 3));
  EXPECT_THAT(places_of("grelb"), ElementsAre(kBodyPosition));
  EXPECT_THAT(places_of("nothing"), IsEmpty());
}

TEST_F(PlacesCacheTest, ReadsTheFirstPlacesOfMany) {
  v1::Article article = corpus_.articles().front();
  std::string body;
  for (size_t i = 0; i < 2 * kMostPlaces; ++i)
    body += "grelb ";
  article.set_body(body);
  corpus_.Add(article);
  corpus_.Commit();
  auto reader = corpus_.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  PlacesCache cache;
  const Places places = cache.Get(*reader, reader->FindStanding(IdTerm(article.id())), "grelb");
  ASSERT_EQ(places.size(), kMostPlaces);
  EXPECT_EQ(places.back(), kBodyPosition + kMostPlaces - 1);
}

TEST_F(PlacesCacheTest, LetsGoOfWhatIsBeyondItsBudget) {
  auto reader = corpus_.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  PlacesCache cache;
  for (int i = 0; i < 60'000; ++i)
    cache.Get(*reader, 1, std::to_string(i));
  EXPECT_LE(cache.bytes(), PlacesCache::kBudget);
  EXPECT_GT(cache.bytes(), PlacesCache::kBudget / 2);
}

}  // namespace
}  // namespace broadsheet::search
