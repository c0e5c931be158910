#include "ingest/clean/main_block.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"

namespace broadsheet::ingest {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const char kMenu[] =
    "Skip to content\nHome\nNews\nHarbour\nSports\nOpinion\nWeather\nTides\nFerries\nJobs\nCars\nHomes\nLog in\n"
    "Subscribe\nNewsletters\nSearch\n";
const char kHead[] = "Night ferry to Oster runs aground in thick fog\nBy Ada Lind\n12 March 2024\nShare\n";
const char kBody[] =
    "The night ferry to Oster ran aground on Monday in fog so thick that the pilot could not see the bow.\n"
    "All 112 passengers were taken off in boats before dawn, the harbour master said.\n"
    "What the pilot saw\n"
    "\"There was a light, and then there was no light,\" said Tomas Berg, who has sailed this way for thirty years.\n"
    "The company said that it would look into why the second radar had been switched off that evening.\n";
const char kMore[] =
    "Divers will look at the hull today. Until then the ferry stays where it is, with two tugs beside it.\n";
const char kFooter[] =
    "Most read\nTen islands for the summer\nWhere to eat at the quay\nThe last lighthouse keeper of Norrby\n"
    "About us\nContact us\nAdvertise\nPrivacy policy\nTerms of use\nCareers\nFacebook\nInstagram\n"
    "© 2024 Oster Post\nBy using this site you agree to our use of cookies and to our privacy policy.\n";

std::string Page() {
  return absl::StrCat(kMenu, kHead, kBody, kMore, kFooter);
}

std::string Clean(const std::string& text) {
  EditedText edited(text);
  edited.Apply("main-block", FindPageFurniture(text));
  EXPECT_EQ(ApplyEdits(text, edited.edits()), edited.text());
  return edited.text();
}

TEST(MainBlock, KeepsTheArticleOfAPageWithItsHeadlineBylineAndDate) {
  EXPECT_EQ(Clean(Page()),
            absl::StrCat("Night ferry to Oster runs aground in thick fog\nBy Ada Lind\n12 March 2024\n", kBody, kMore));
}

TEST(MainBlock, CutsARunOfTeasersInsideTheArticle) {
  const std::string teasers = "More ferries\nOur best pictures\nPlay the quiz\nFerry times\n";
  const std::string text = Clean(absl::StrCat(kMenu, kHead, kMore, kBody, teasers, kBody, kFooter));
  EXPECT_THAT(text, Not(HasSubstr("Play the quiz")));
  EXPECT_THAT(text, HasSubstr("What the pilot saw"));
  EXPECT_THAT(text, HasSubstr("Divers will look"));
}

TEST(MainBlock, LeavesAnArticleAloneWhateverItsParagraphs) {
  for (const std::string& text : {std::string(kBody), absl::StrCat(kHead, kBody, kMore), std::string()})
    EXPECT_THAT(FindPageFurniture(text), IsEmpty());
}

// Results, tables, recipes and lists have many short lines, but not the words of a page's furniture.
TEST(MainBlock, LeavesAnArticleWithALongTableAlone) {
  std::string table;
  for (int i = 1; i <= 60; ++i)
    absl::StrAppend(&table, "Boat ", i, "\n", i * 3, "\n");
  EXPECT_THAT(FindPageFurniture(absl::StrCat(kHead, kBody, table, kMore)), IsEmpty());
}

TEST(MainBlock, LeavesWrappedTextAlone) {
  std::string wrapped = kMenu;
  for (int i = 0; i < 40; ++i)
    absl::StrAppend(&wrapped, "the ferry went on through the fog and nobody on\n");
  EXPECT_THAT(FindPageFurniture(wrapped + kFooter), IsEmpty());
}

TEST(MainBlock, LeavesAPageWithoutAnArticleAlone) {
  EXPECT_THAT(FindPageFurniture(absl::StrCat(kMenu, kFooter)), IsEmpty());
}

TEST(MainBlock, ReadsJapanesePages) {
  std::string menu;
  for (int i = 0; i < 20; ++i)
    absl::StrAppend(&menu, "天気", i, "\n");
  const std::string body =
      "月曜日の夜、オスター行きの夜行フェリーが濃い霧の中で座礁した。乗客百十二人は夜明け前に全員ボートで救助された。\n"
      "港長によると、二つ目のレーダーはその晩切られていたという。会社は理由を調べると話している。\n";
  EXPECT_EQ(Clean(absl::StrCat(menu, "ログイン\n", body, "プライバシー\nお問い合わせ\n")), body);
}

// Whatever stands in the lines: changes are in order, inside the text and end at line ends.
TEST(MainBlock, ChangesOfRandomPagesAreWholeLines) {
  const std::vector<std::string> lines = {"Home",    "Log in", "Privacy policy",    "© 2024", "Most read", "12 March",
                                          "",        "日本",   "The boat came in.", "- item", "a | b | c", "x",
                                          "About us"};
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 80; ++i) {
      text += random() % 5 == 0 ? "The harbour was quiet on that day, and nobody saw the boat come in from the north."
                                : lines[random() % lines.size()];
      text += '\n';
    }
    size_t done = 0;
    for (const Change& change : FindPageFurniture(text)) {
      ASSERT_LE(done, change.begin);
      ASSERT_LT(change.begin, change.end);
      ASSERT_LE(change.end, text.size());
      ASSERT_TRUE(change.begin == 0 || text[change.begin - 1] == '\n');
      ASSERT_TRUE(change.end == text.size() || text[change.end - 1] == '\n');
      done = change.end;
    }
  }
}

}  // namespace
}  // namespace broadsheet::ingest
