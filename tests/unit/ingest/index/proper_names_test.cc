#include "ingest/index/proper_names.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"

namespace broadsheet::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> Names(std::string_view body, std::string_view language = "en") {
  return FindProperNames(body, language);
}

TEST(ProperNamesTest, RunsOfCapitalisedWordsInRunningText) {
  EXPECT_THAT(Names("The ferry left when Ann Marlow waved to her brother in Port Alder, a small town."),
              ElementsAre("Ann Marlow", "Port Alder"));
  EXPECT_THAT(Names("It was George W. Brenn who said that J.K. Orr was late, and so was Ann Orr Jr. of the club."),
              ElementsAre("George W. Brenn", "J.K. Orr", "Ann Orr Jr."));
}

TEST(ProperNamesTest, ParticlesAndOfBelongToNames) {
  EXPECT_THAT(Names("They met Ursula von der Brenn and Abu Karim al-Bahri with Juan de la Torre at the pier."),
              ElementsAre("Ursula von der Brenn", "Abu Karim al-Bahri", "Juan de la Torre"));
  EXPECT_THAT(Names("He wrote to the Department of Harbours and to the Ministry of the Sea about Ann Orr of Alder."),
              ElementsAre("Department of Harbours", "Ministry of the Sea", "Ann Orr", "Alder"));
}

TEST(ProperNamesTest, TitlesAreLeftOut) {
  EXPECT_THAT(Names("There, it was said, President Anna Brenn met Sen. Paul Orr and Mr. Katz, who praised Foreign "
                    "Minister Lee Marsh."),
              ElementsAre("Anna Brenn", "Paul Orr", "Katz", "Foreign", "Lee Marsh"));
  EXPECT_THAT(Names("He told Secretary of State Anna Brenn that the boats were late again."),
              ElementsAre("Anna Brenn"));
}

TEST(ProperNamesTest, TheBeginningOfASentenceIsNoName) {
  EXPECT_THAT(Names("Boats left the harbour at nine. However the tide was low. Nobody saw them go."), IsEmpty());
  EXPECT_THAT(Names("Alder is a town by the sea. They say that Alder was burnt once, long ago."), ElementsAre("Alder"));
  EXPECT_THAT(Names("Former mayor, a former sailor, was late. “Critics of it,” he said, are many."), IsEmpty());
  EXPECT_THAT(Names("Boats Ann Marlow owned were old boats, he said to us later."), ElementsAre("Ann Marlow"));
}

TEST(ProperNamesTest, AWordInLowerCaseElsewhereIsNoNameAlone) {
  EXPECT_THAT(Names("He said that the Harbour was closed; the harbour is by the sea."), IsEmpty());
}

TEST(ProperNamesTest, HeadingsListsAndCapitalsHaveNone) {
  EXPECT_THAT(Names("Ferry Aground Off Port Alder\n\nAnn Marlow\n\nSTORM HITS THE COAST OF ALDER AGAIN TODAY"),
              IsEmpty());
  EXPECT_THAT(Names("A spokesman of NATO said on Tuesday in March that WASHINGTON was wrong about it."),
              ElementsAre("NATO"));
}

TEST(ProperNamesTest, PossessivesAndPunctuationEndNames) {
  EXPECT_THAT(Names("All the while we saw Alder's Harbour Board, Port Brenn and Conor O'Marra’s boat there."),
              ElementsAre("Alder", "Harbour Board", "Port Brenn", "Conor O'Marra"));
}

TEST(ProperNamesTest, WhereNounsHaveCapitalsOnlyRunsCount) {
  EXPECT_THAT(Names("Am Abend sprach der Minister mit Anna Brenn über die Fähre und den Hafen.", "de"),
              ElementsAre("Anna Brenn"));
  EXPECT_THAT(Names("Вчера в порту Анна Бренн сказала, что паром ушёл.", "ru"), ElementsAre("Анна Бренн"));
  EXPECT_THAT(Names("昨日、港で会議が開かれた。参加者は五人だった。", "ja"), IsEmpty());
}

TEST(ProperNamesTest, WhatIsJoinedToANameIsNone) {
  EXPECT_THAT(
      Names("The anti-Alder crowd and the then-Mayor of the town met Ann Orr, R-Brenn, of the AlderNEWS paper."),
      ElementsAre("Ann Orr"));
  EXPECT_THAT(Names("It was said that the New Alder Democrats met Ann McOrr and the BuzzAlder people."),
              ElementsAre("New Alder", "Ann McOrr", "BuzzAlder"));
}

TEST(ProperNamesTest, LimitsHold) {
  std::string body = "they came";
  for (int i = 0; i < 200; ++i)
    absl::StrAppend(&body, " and then Name", std::string(1, static_cast<char>('a' + i % 26)),
                    std::string(1, static_cast<char>('a' + i / 26)), " Katz spoke");
  EXPECT_THAT(Names(body), SizeIs(kMaxNamesOfArticle));
  EXPECT_THAT(Names("we saw Aa Bb Cc Dd Ee Ff Gg there with all of the others who came."), IsEmpty());
  EXPECT_THAT(Names(absl::StrCat("we saw ", std::string(40, 'A'), "b ", std::string(40, 'B'),
                                 "c there with all of the others who came.")),
              IsEmpty());
}

TEST(ProperNamesTest, IllFormedTextIsNoProblem) {
  EXPECT_THAT(Names("we saw Ann \xFF\xFEMarlow there \xE2\x80 with the others"), Not(Contains("")));
  EXPECT_THAT(Names(""), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::ingest
