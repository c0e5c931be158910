#include "ingest/parse/entity.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

TEST(EntityTest, ReadsNamesNumbersAndWhatWasEscapedTwice) {
  struct Case {
    const char* text;
    const char* meaning;
    size_t length;
  };
  for (const Case& c : {Case{"&eacute;t", "é", 8},
                        {"&#8217;s", "’", 7},
                        {"&#x201C;A", "“", 8},
                        {"&#146;s", "’", 6},
                        {"&nbsp and", "\xC2\xA0", 5},
                        {"&amp;quot;x", "\"", 10},
                        {"&amp;#39;x", "'", 9},
                        {"&#0;", "\xEF\xBF\xBD", 4},
                        {"&#99999999999;", "\xEF\xBF\xBD", 14},
                        {"&amp; b", "&", 5}}) {
    const auto entity = ReadEntity(c.text);
    ASSERT_TRUE(entity.has_value()) << c.text;
    EXPECT_EQ(entity->text, c.meaning) << c.text;
    EXPECT_EQ(entity->length, c.length) << c.text;
  }
}

TEST(EntityTest, LeavesWhatIsNoReference) {
  for (const char* text : {"&T", "& b", "&", "&;", "&copyright 2025", "&unknown;", "&#;", "&#x;", "&#12", "Q&A"}) {
    EXPECT_FALSE(ReadEntity(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace broadsheet::ingest
