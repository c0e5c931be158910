#include "ingest/clean/edited_text.h"

#include <gtest/gtest.h>

#include <random>

namespace broadsheet::ingest {
namespace {

TEST(EditedTextTest, StartsAsItsOriginal) {
  EditedText text("abc");
  text.Apply("none", {});
  EXPECT_EQ(text.text(), "abc");
  EXPECT_TRUE(text.edits().empty());
}

TEST(EditedTextTest, CountsLaterPassesAgainstTheOriginal) {
  EditedText text("a&nbsp;&nbsp;b c");
  text.Apply("entity", std::vector<Change>{{1, 7, "_"}, {7, 13, "_"}});
  ASSERT_EQ(text.text(), "a__b c");
  text.Apply("cut", std::vector<Change>{{4, 5, ""}});
  EXPECT_EQ(text.text(), "a__bc");
  EXPECT_EQ(text.edits(), (std::vector<TextEdit>{{"entity", 1, 13, "__"}, {"cut", 14, 15, ""}}));
}

TEST(EditedTextTest, NamesAPlaceChangedTwiceAfterTheLastRule) {
  EditedText text("a&nbsp; b");
  text.Apply("entity", std::vector<Change>{{1, 7, " "}});
  text.Apply("whitespace", std::vector<Change>{{1, 3, " "}});
  EXPECT_EQ(text.text(), "a b");
  EXPECT_EQ(text.edits(), (std::vector<TextEdit>{{"whitespace", 1, 8, " "}}));
}

TEST(EditedTextTest, DropsAnEditThatAnotherPassTookBack) {
  EditedText text("abc");
  text.Apply("there", std::vector<Change>{{1, 2, "xyz"}});
  text.Apply("back", std::vector<Change>{{1, 4, "b"}});
  EXPECT_EQ(text.text(), "abc");
  EXPECT_TRUE(text.edits().empty());
}

TEST(EditedTextTest, ChangesOnlyTheInsideOfAnEarlierReplacement) {
  EditedText text("ab");
  text.Apply("first", std::vector<Change>{{1, 1, "12345"}});
  text.Apply("second", std::vector<Change>{{2, 3, "x"}, {4, 5, ""}});
  EXPECT_EQ(text.text(), "a1x35b");
  EXPECT_EQ(text.edits(), (std::vector<TextEdit>{{"second", 1, 1, "1x35"}}));
}

std::vector<Change> RandomChanges(size_t size, std::mt19937& random) {
  std::vector<Change> changes;
  size_t at = 0;
  while (true) {
    at += random() % 6;
    const size_t end = at + random() % 4;
    if (end > size) return changes;
    changes.push_back({at, end, std::string(random() % 4, static_cast<char>('A' + random() % 26))});
    at = end + (end == at ? 1 : 0);
  }
}

std::string Naively(const std::string& text, const std::vector<Change>& changes) {
  std::string result = text;
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    result.replace(change->begin, change->end - change->begin, change->replacement);
  }
  return result;
}

TEST(EditedTextTest, AppliedToTheOriginalTheEditsGiveTheTextAfterAnyPasses) {
  constexpr std::string_view kRules[] = {"one", "two", "three"};
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    std::string expected;
    for (size_t i = random() % 40; i > 0; --i)
      expected.push_back(static_cast<char>('a' + random() % 26));
    EditedText text(expected);
    for (int pass = 0; pass < 4; ++pass) {
      const std::vector<Change> changes = RandomChanges(expected.size(), random);
      expected = Naively(expected, changes);
      text.Apply(kRules[random() % 3], changes);
      ASSERT_EQ(text.text(), expected) << seed;
    }
    ASSERT_EQ(ApplyEdits(text.original(), text.edits()), expected) << seed;
    size_t end = 0;
    std::string_view rule;
    for (const TextEdit& edit : text.edits()) {
      ASSERT_TRUE(edit.begin >= end && edit.end >= edit.begin) << seed;
      ASSERT_FALSE(edit.begin == end && edit.rule == rule) << "neighbours of one rule are one edit, seed " << seed;
      end = edit.end;
      rule = edit.rule;
    }
  }
}

}  // namespace
}  // namespace broadsheet::ingest
