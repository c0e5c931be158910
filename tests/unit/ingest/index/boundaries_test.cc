#include "ingest/index/boundaries.h"

#include <gmock/gmock.h>

namespace broadsheet::ingest {
namespace {

// The body cut at its boundaries; a ¶ before what begins a paragraph.
std::vector<std::string> Cut(const std::string& body) {
  std::vector<std::string> pieces;
  size_t begin = 0;
  bool paragraph = false;
  auto add = [&](size_t end) {
    std::string piece = body.substr(begin, end - begin);
    piece.erase(piece.find_last_not_of(" \n\t\r") + 1);
    pieces.push_back((paragraph ? "¶" : "") + piece);
  };
  for (const Boundary& boundary : FindBoundaries(body)) {
    add(boundary.offset);
    begin = boundary.offset;
    paragraph = boundary.paragraph;
  }
  add(body.size());
  return pieces;
}

TEST(Boundaries, AreWhereSentencesAndParagraphsBegin) {
  using ::testing::ElementsAre;
  EXPECT_THAT(Cut("One ferry. Two docks! Three?"), ElementsAre("One ferry.", "Two docks!", "Three?"));
  EXPECT_THAT(Cut("Mr. Hale of the U.S. Navy spoke. He left."),
              ElementsAre("Mr. Hale of the U.S. Navy spoke.", "He left."));
  EXPECT_THAT(Cut("One. Two.\n\nThree. Four."), ElementsAre("One.", "Two.", "¶Three.", "Four."));
  EXPECT_THAT(Cut("- one item\n- another item\n\n\nEnd"), ElementsAre("- one item", "- another item", "¶End"));
  EXPECT_TRUE(FindBoundaries("").empty());
  EXPECT_TRUE(FindBoundaries("  \n\n ").empty());
  EXPECT_TRUE(FindBoundaries("no stop").empty());
}

}  // namespace
}  // namespace broadsheet::ingest
