// What the edits of an article promise: applied to the text that was sent they give its body, whatever was sent.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "common/text/unicode.h"
#include "ingest/clean/edited_text.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::ingest {
namespace {

const absl::Time kReceived = absl::FromUnixSeconds(1'750'600'000);

// Whether the promise holds; articles that are rejected promise nothing.
void Check(const std::string& dirty) {
  const std::string sent = RepairUtf8(dirty);  // as any protocol buffer is
  v1::RawArticle raw;
  raw.set_text(sent);
  const auto made = Prepare(raw, {}, kReceived);
  if (std::holds_alternative<Rejection>(made)) return;
  const v1::Article& article = std::get<EnrichedArticle>(made).article;
  std::vector<TextEdit> edits;
  size_t done = 0;
  for (const v1::Edit& edit : article.edits()) {
    ASSERT_LE(done, static_cast<size_t>(edit.begin())) << "edits overlap";
    ASSERT_LE(edit.begin(), edit.end());
    ASSERT_LE(static_cast<size_t>(edit.end()), sent.size());
    ASSERT_FALSE(edit.rule().empty());
    done = edit.end();
    edits.push_back({edit.rule(), static_cast<size_t>(edit.begin()), done, edit.replacement()});
  }
  ASSERT_EQ(ApplyEdits(sent, edits), article.body());
  ASSERT_TRUE(IsValidUtf8(article.body()));
  ASSERT_FALSE(article.title().empty());
}

constexpr std::string_view kPieces[] = {
    "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry has to go.",
    "Old Ferry Sold To A Museum In Birch",
    "Old ferry sold. PORT ALDER, June 2 (Wire) - ",
    "By Ann Writer",
    "June 2, 2025",
    "18.5 C",
    "Port Alder",
    "- Advertisement -",
    "Share Tweet Email",
    "Related Articles",
    "LEAVE A REPLY",
    "0FansLike",
    "| Boat | Cost |",
    "|---|---|",
    "| Old | 3 |",
    "-",
    "• Boat",
    "(The writer is professor of history.)",
    "“So”.",
    "word,word",
    " ,",
    "it“was”so",
    "â€™",
    "Ã©",
    "<b>x</b>",
    "[a](http://b)",
    "**c**",
    "&amp;",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\xC2\xA0",
    "\xE2\x80\x8B",
    "\xFF",
    "東京",
    "e\xCC\x81",
    "___",
    "Sign up for our newsletter",
    "© 2025 Alder Post",
    "If you’d like, I can help."};

TEST(EditsTest, GiveTheBodyForAnyMixtureOfDirt) {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    std::mt19937 random(seed);
    std::string sent;
    for (size_t i = 5 + random() % 30; i > 0; --i) {
      sent += kPieces[random() % std::size(kPieces)];
      if (random() % 3 != 0) sent += "\n";
    }
    Check(sent);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(EditsTest, GiveTheBodyOfSampleArticlesAndTheirMutants) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(BROADSHEET_TEST_DATA "/articles")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    ++files;
    Check(text);
    std::mt19937 random(static_cast<unsigned>(files));
    for (int mutant = 0; mutant < 40; ++mutant) {
      std::string changed = text;
      for (size_t i = 1 + random() % 20; i > 0; --i) {
        const size_t at = random() % changed.size();
        const std::string_view piece = kPieces[random() % std::size(kPieces)];
        changed.replace(at, std::min<size_t>(random() % 8, changed.size() - at), piece);
      }
      Check(changed);
      if (HasFatalFailure()) FAIL() << entry.path() << ", mutant " << mutant;
    }
  }
  EXPECT_GT(files, 5u);
}

TEST(EditsTest, AreNotMoreThanFourThousandHoweverDirtyTheText) {
  std::string sent;
  for (int i = 0; i < 20'000; ++i)
    sent += "word,word  ";
  Check(sent);
  v1::RawArticle raw;
  raw.set_text(sent);
  EXPECT_LE(std::get<EnrichedArticle>(Prepare(raw, {}, kReceived)).article.edits_size(), 4096);
}

}  // namespace
}  // namespace broadsheet::ingest
