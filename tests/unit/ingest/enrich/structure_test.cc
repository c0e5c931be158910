#include "ingest/enrich/structure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/enrich/byline.h"

namespace broadsheet::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kTitle[] = "Harbour Board Gives Up The Old Ferry";
constexpr char kBody[] =
    "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry has to go.";

struct Taken {
  Structure structure;
  std::string title;
  std::string body;
};

Taken Take(const std::string& text, bool is_dated = true) {
  const std::vector<HeadLine> head = ReadHead(text);
  const FoundTitle title = FindTitle("", "", text, head);
  EditedText body(text);
  Structure structure = TakeStructure(head, title, is_dated, body);
  EXPECT_EQ(ApplyEdits(text, body.edits()), body.text());
  return {std::move(structure), title.title, body.text()};
}

TEST(BylineTest, ReadsPersonsInSeveralLanguages) {
  EXPECT_THAT(ReadByline("By Ann Writer"), ElementsAre("Ann Writer"));
  EXPECT_THAT(ReadByline("By Ann Writer and Bob Author"), ElementsAre("Ann Writer", "Bob Author"));
  EXPECT_THAT(ReadByline("BY ANN WRITER, ALDER POST"), ElementsAre("ANN WRITER"));
  EXPECT_THAT(ReadByline("Von Ann Writer"), ElementsAre("Ann Writer"));
  EXPECT_THAT(ReadByline("Par Ann Writer | 3 juin"), ElementsAre("Ann Writer"));
}

TEST(BylineTest, TakesNothingElseForOne) {
  for (const char* line : {"By the harbour", "By 2024 all ferries must go", "Ann Writer", "Von der Stadt verkauft",
                           "By Ann", "Por favor, no la vendan"})
    EXPECT_THAT(ReadByline(line), IsEmpty()) << line;
}

TEST(BylineTest, FindsTheNoteOnTheWriterAtTheEnd) {
  const std::string body = std::string(kBody) + " (The writer is professor of history at Alder.)";
  const auto note = FindWriterNote(body);
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(note->begin, std::string(kBody).size());
  EXPECT_EQ(note->words, "The writer is professor of history at Alder.");
  EXPECT_THAT(note->authors, IsEmpty());
  EXPECT_THAT(FindWriterNote(std::string(kBody) + "\n\nThe author, Ann Writer, is a sailor.")->authors,
              ElementsAre("Ann Writer"));
  EXPECT_FALSE(FindWriterNote(std::string(kBody) + " (The boat is old.)").has_value());
  EXPECT_FALSE(FindWriterNote("The writer is professor of history.\n\n" + std::string(kBody)).has_value());
}

TEST(DatelineTest, ReadsPlaceAndAgency) {
  struct Case {
    const char* paragraph;
    const char* place;
    const char* agency;
  };
  for (const Case& c : {Case{"PORT ALDER (Wire) - The ferry goes.", "PORT ALDER", "Wire"},
                        {"PORT ALDER, June 2 (Wire) — The ferry goes.", "PORT ALDER", "Wire"},
                        {"Port Alder (Wire) – The ferry goes.", "Port Alder", "Wire"},
                        {"ALDER/BIRCH — The ferry goes.", "ALDER/BIRCH", ""},
                        {"Alder D.C.– The ferry goes.", "Alder D.C.", ""},
                        {"(Wire) -- The ferry goes.", "", "Wire"}}) {
    const Dateline found = ReadDateline(c.paragraph);
    EXPECT_EQ(found.place, c.place) << c.paragraph;
    EXPECT_EQ(found.agency, c.agency) << c.paragraph;
    EXPECT_EQ(std::string(c.paragraph).substr(found.end), "The ferry goes.") << c.paragraph;
  }
}

TEST(DatelineTest, TakesNothingElseForOne) {
  for (const char* paragraph :
       {"Ann Writer – the mayor – said no.", "The ferry - old as it is - goes.", "The USS - a ship (old) - goes.",
        "In 2024 - the year of (Storms) - it sank.", "Smith (50) - the mayor - said no."})
    EXPECT_EQ(ReadDateline(paragraph).end, 0u) << paragraph;
}

TEST(StructureTest, SplitsATitleThatWasRunIntoTheDateline) {
  const Taken taken = Take("Old ferry sold to a museum. PORT ALDER, June 2 (Wire) - " + std::string(kBody));
  EXPECT_EQ(taken.title, "Old ferry sold to a museum");
  EXPECT_EQ(taken.body, "PORT ALDER, June 2 (Wire) - " + std::string(kBody));
  EXPECT_EQ(taken.structure.dateline.place, "PORT ALDER");
  EXPECT_EQ(taken.structure.dateline.agency, "Wire");
}

TEST(StructureTest, TakesTitleBylineAndDateOutOfTheBody) {
  const Taken taken = Take("Local News\n\n" + std::string(kTitle) + "\n\nBy Ann Writer\n\nJune 2, 2025\n\n" + kBody);
  EXPECT_EQ(taken.title, kTitle);
  EXPECT_EQ(taken.body, kBody);
  EXPECT_THAT(taken.structure.authors, ElementsAre("Ann Writer"));
  EXPECT_EQ(taken.structure.byline, "By Ann Writer");
}

TEST(StructureTest, LeavesADateThatWasNotUnderstoodAndHeadings) {
  const std::string text = "June 2, 2025\n\n" + std::string(kBody) + "\n\nWhat comes next\n\n" + kBody;
  EXPECT_EQ(Take(text, false).body, text);
}

}  // namespace
}  // namespace broadsheet::ingest
