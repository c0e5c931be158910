#include "ingest/rpc/revision_token.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace broadsheet::ingest {
namespace {

TEST(RevisionToken, GivesItsSequenceBack) {
  for (int64_t sequence : {int64_t{1}, int64_t{42}, int64_t{9'000'000'000'000}}) {
    EXPECT_EQ(*ReadRevisionToken("lineage", "a", MakeRevisionToken("lineage", "a", sequence)), sequence);
  }
  EXPECT_EQ(*ReadRevisionToken("lineage", "a", ""), 0);
}

TEST(RevisionToken, IsGoodForOneArticleOfOneArchiveOnly) {
  const std::string token = MakeRevisionToken("lineage", "a", 42);
  EXPECT_EQ(ReasonOf(ReadRevisionToken("lineage", "b", token).status()), "PAGE_TOKEN");
  EXPECT_EQ(ReasonOf(ReadRevisionToken("other", "a", token).status()), "PAGE_TOKEN");
}

TEST(RevisionToken, CannotBeMadeUp) {
  std::string token = MakeRevisionToken("lineage", "a", 42);
  for (const std::string& wrong : {std::string("x"), std::string("!!"), std::string("NDI"), token + "NA",
                                   token.substr(4), std::string(10'000, 'A')}) {
    EXPECT_FALSE(ReadRevisionToken("lineage", "a", wrong).ok()) << wrong.substr(0, 50);
  }
}

}  // namespace
}  // namespace broadsheet::ingest
