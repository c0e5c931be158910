#include "ingest/clean/learned_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"

namespace broadsheet::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string Without(const std::string& text, const std::vector<std::string>& learned, const std::string& title = "") {
  LearnedLines::Lines lines;
  for (const std::string& line : learned)
    lines.insert(LineId(line));
  EditedText edited(text);
  edited.Apply(kLearnedRule, FindLearnedLines(text, title, lines).changes);
  EXPECT_EQ(ApplyEdits(text, edited.edits()), edited.text());
  return edited.text();
}

TEST(LearnedLines, CutsTheLineAndLeavesParagraphsApart) {
  EXPECT_EQ(Without("One.\n\nMore on ferries\n\nTwo.", {"More on ferries"}), "One.\n\nTwo.");
  EXPECT_EQ(Without("More on ferries\n\nOne.", {"More on ferries"}), "One.");
  EXPECT_EQ(Without("One.\n\nMore on ferries\n\nFollow us", {"More on ferries", "Follow us"}), "One.");
}

TEST(LearnedLines, LeavesItemsOfAListTogetherAndTheParagraphBelowApart) {
  EXPECT_EQ(Without("- a boat\n- Follow us\n- a crane", {"- Follow us"}), "- a boat\n- a crane");
  EXPECT_EQ(Without("- a boat\n- Follow us\n\nTwo.", {"- Follow us"}), "- a boat\n\nTwo.");
  EXPECT_EQ(Without("One.\n\n- Follow us\n- a crane", {"- Follow us"}), "One.\n\n- a crane");
}

TEST(LearnedLines, NamesWhatItCut) {
  const LearnedLines::Lines lines{LineId("Follow us"), LineId("Not here")};
  EXPECT_THAT(FindLearnedLines("One.\n\nFollow us\n\nTwo.\n\nFollow us", "", lines).lines,
              ElementsAre(LineId("Follow us")));
}

TEST(LearnedLines, KeepsALineInTheWordsOfTheTitle) {
  const std::string text = "Harbour strike\n\nDockers stayed at home.";
  EXPECT_EQ(Without(text, {"Harbour strike"}, "Harbour strike enters its second week"), text);
  EXPECT_EQ(Without(text, {"Harbour strike"}, "Dockers at home"), "Dockers stayed at home.");
}

TEST(LearnedLines, KeepsALineWithAFigureOfTheArticle) {
  const std::string text = "Ferries carried 1200 people.\n\nSold: 1200";
  EXPECT_EQ(Without(text, {"Sold: 1200"}), text);
  EXPECT_EQ(Without("Ferries carried 1300 people.\n\nSold: 1200", {"Sold: 1200"}), "Ferries carried 1300 people.");
}

TEST(LearnedLines, CutsACopyrightLineOfTheArticlesOwnYear) {
  EXPECT_EQ(Without("It was in 2024.\n\n© 2024 Oster Post", {"© 2024 Oster Post"}), "It was in 2024.");
}

TEST(LearnedLines, NeverLeavesNothing) {
  EXPECT_EQ(Without("Follow us\n\nShare", {"Follow us", "Share"}), "Follow us\n\nShare");
}

TEST(LearnedLines, TellsWhatMayBeBoilerplate) {
  EXPECT_TRUE(MayBeBoilerplate("Story continued below"));
  EXPECT_TRUE(MayBeBoilerplate("© 2024 Oster Post, all rights reserved"));
  EXPECT_FALSE(MayBeBoilerplate("“We sail at dawn.”"));
  EXPECT_FALSE(MayBeBoilerplate("Ada Lind, The Oster Post"));
  EXPECT_FALSE(MayBeBoilerplate("***"));
  EXPECT_FALSE(MayBeBoilerplate(std::string(401, 'a')));
}

TEST(LearnedLines, KeysSourcesByNameOrHost) {
  EXPECT_EQ(SourceKey("  Oster  PÓST ", "https://example.org/a"), "oster post");
  EXPECT_EQ(SourceKey("", "https://www.Example.org:8080/a?b"), "example.org");
  EXPECT_EQ(SourceKey("", ""), "");
}

TEST(LearnedLines, IdsOfLinesStayAsTheyAreOnDisk) {
  EXPECT_EQ(LineId("Follow us"), LineId(std::string("Follow us")));
  EXPECT_NE(LineId("Follow us"), LineId("Follow us "));
  EXPECT_EQ(LineId(""), 0x99aa06d3014798d8u);
}

// Whatever is cut: the edits make the text, what stays is what was there in its order, and no line runs into another.
TEST(LearnedLines, EditsOfRandomTextsGiveExactlyTheLinesThatStay) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    std::vector<std::string> all, learned;
    LearnedLines::Lines lines;
    for (int i = 0, count = static_cast<int>(random() % 9) + 1; i < count; ++i) {
      const std::string line = absl::StrCat("Line number ", std::string(random() % 6 + 1, 'a'));
      if (!text.empty()) text += random() % 2 == 0 ? "\n" : "\n\n";
      text += line;
      all.push_back(line);
      if (random() % 3 == 0) lines.insert(LineId(line));
    }
    std::vector<std::string> kept;
    for (const std::string& line : all) {
      if (!lines.contains(LineId(line))) kept.push_back(line);
    }
    if (kept.empty()) kept = all;
    EditedText edited(text);
    edited.Apply(kLearnedRule, FindLearnedLines(text, "", lines).changes);
    ASSERT_EQ(ApplyEdits(text, edited.edits()), edited.text());
    const auto left = LinesOf(edited.text());
    ASSERT_EQ(std::vector<std::string>(left.begin(), left.end()), kept) << text;
    ASSERT_FALSE(edited.text().starts_with('\n') || edited.text().ends_with('\n')) << text;
  }
}

}  // namespace
}  // namespace broadsheet::ingest
