#include "search/query/write.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "search/query/parse.h"
#include "support/random_query.h"

namespace broadsheet::search {
namespace {

TEST(WriteQuery, GivesTheSameTreeWhenReadAgain) {
  support::RandomQuery random(20'250'621);
  size_t trees = 0;
  for (int i = 0; i < 6'000; ++i) {
    std::string query = random.Next(24);
    MatchMode mode = i % 4 == 0 ? MatchMode::kAnyWord : MatchMode::kAllWords;
    auto parsed = ParseQuery(query, mode);
    if (!parsed.ok()) continue;
    std::string text = WriteQuery(*parsed);
    auto again = ParseQuery(text, MatchMode::kAllWords);
    ASSERT_TRUE(again.ok()) << query << " -> " << text << ": " << again.status();
    ASSERT_EQ(again->days, parsed->days) << query << " -> " << text;
    ASSERT_EQ(again->root, parsed->root) << query << " -> " << text << " -> " << WriteQuery(*again);
    EXPECT_TRUE(again->notes.empty()) << query << " -> " << text << ": " << again->notes[0].message;
    EXPECT_EQ(WriteQuery(*again), text) << query;
    trees += parsed->root ? 1 : 0;
  }
  EXPECT_GT(trees, 3'000u);
}

TEST(WriteQuery, KeepsWordsApartThatWouldMeanSomethingTogether) {
  auto parsed = ParseQuery("3.5 (percent)", MatchMode::kAllWords);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(WriteQuery(*parsed), "3.5 AND percent");
}

TEST(ParseQuery, NeitherCrashesNorBreaksItsLimitsOnAnyBytes) {
  support::RandomQuery random(7);
  for (int i = 0; i < 20'000; ++i) {
    auto parsed = ParseQuery(random.NextBytes(64), MatchMode::kAllWords);
    EXPECT_TRUE(parsed.ok() || ReasonOf(parsed.status()).starts_with("QUERY_")) << parsed.status();
  }
}

}  // namespace
}  // namespace broadsheet::search
