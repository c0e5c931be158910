#include "ingest/enrich/origin.h"

#include <gtest/gtest.h>

#include "common/text/unicode.h"

namespace broadsheet::ingest {
namespace {

TEST(OriginTest, KeepsNoMoreEvidenceThanIsPromisedAndNoHalfCharacter) {
  v1::Article article;
  std::string words = "x";
  for (int i = 0; i < 200; ++i)
    words += "é";
  AddOrigin("modified_time", v1::ORIGIN_MARKUP, words, article);
  ASSERT_EQ(article.origins_size(), 1);
  EXPECT_EQ(article.origins(0).field(), "modified_time");
  EXPECT_EQ(article.origins(0).origin(), v1::ORIGIN_MARKUP);
  EXPECT_EQ(article.origins(0).evidence(), words.substr(0, 199));
  EXPECT_TRUE(IsValidUtf8(article.origins(0).evidence()));
}

}  // namespace
}  // namespace broadsheet::ingest
