// Words as people write them, on the articles that the project began with. The texts are their publishers' and are not
// here; without them the test is skipped.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "ingest/pipeline/pipeline.h"
#include "search/match/searcher.h"
#include "search/query/validate.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::filesystem::path SeedDirectory() {
  if (const char* set = std::getenv("BROADSHEET_DATA")) return std::filesystem::path(set) / "seeds";
  return std::filesystem::path(BROADSHEET_TEST_DATA).parent_path().parent_path().parent_path() / "shared/data/seeds";
}

class SeedWordsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(SeedDirectory() / "article-1.txt")) GTEST_SKIP() << "no seeds in " << SeedDirectory();
    for (int i = 1; i <= 5; ++i)
      Add("article-" + std::to_string(i));
    index_.Commit();
  }

  void Add(const std::string& id) {
    std::ifstream in(SeedDirectory() / (id + ".txt"), std::ios::binary);
    v1::RawArticle raw;
    raw.set_id(id);
    raw.set_text(std::string(std::istreambuf_iterator<char>(in), {}));
    auto prepared = ingest::Prepare(raw, {}, absl::UnixEpoch());
    ASSERT_TRUE(std::holds_alternative<ingest::EnrichedArticle>(prepared));
    index_.Add(std::get<ingest::EnrichedArticle>(prepared).article);
  }

  // The kinds of the hits, best first.
  std::vector<v1::MatchKind> Kinds(const std::string& query, bool strict = false) {
    v1::SearchRequest request;
    request.set_query(query);
    request.mutable_query_options()->set_strict(strict);
    auto checked = Validate(request);
    EXPECT_TRUE(checked.ok()) << checked.status();
    auto result = Searcher(readers_, clock_).Search(*checked, {});
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<v1::MatchKind> kinds;
    for (const auto& hit : result->hits)
      kinds.push_back(hit.match_kind());
    return kinds;
  }

  support::TempDirectory directory_;
  support::TestIndex index_{directory_.path() / "index"};
  ReaderPool readers_{directory_.path() / "index"};
  support::ManualClock clock_;
};

TEST_F(SeedWordsTest, DefenceFindsAllFiveAndOneOfThemAsWritten) {
  auto kinds = Kinds("defence");
  EXPECT_THAT(kinds, SizeIs(5));
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), v1::MATCH_KIND_EXACT), 1);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), v1::MATCH_KIND_VARIANT), 4);
  EXPECT_THAT(Kinds("defence", true), AllOf(SizeIs(1), Each(v1::MATCH_KIND_EXACT)));
}

TEST_F(SeedWordsTest, NamesWithATypingErrorFindWhoWasMeantAndSaySo) {
  for (const char* name : {"Nakatami", "Hegsett", "Iwaia"}) {
    EXPECT_THAT(Kinds(name), AllOf(Not(IsEmpty()), Each(v1::MATCH_KIND_FUZZY))) << name;
    EXPECT_THAT(Kinds(name, true), IsEmpty()) << name;
  }
}

TEST_F(SeedWordsTest, ASumIsOneWordHoweverItIsWritten) {
  const auto one = Kinds("2+2");
  EXPECT_THAT(one, Contains(v1::MATCH_KIND_EXACT));
  EXPECT_EQ(Kinds("\"2 + 2\""), one);
  EXPECT_EQ(Kinds("\"2 + 2\"", true), one);
  EXPECT_THAT(Kinds("2+3"), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::search
