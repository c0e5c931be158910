#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/normalise/language_tag.h"
#include "ingest/normalise/names.h"

namespace broadsheet::ingest {
namespace {

using testing::ElementsAre;

TEST(LanguageTagTest, PutsTagsIntoTheirUsualCase) {
  struct Case {
    const char* given;
    const char* canonical;
  };
  for (const Case& c : {Case{"en", "en"},
                        {"EN-us", "en-US"},
                        {"pt_br", "pt-BR"},
                        {" de ", "de"},
                        {"ZH-hANT-tw", "zh-Hant-TW"},
                        {"es-419", "es-419"},
                        {"iw", "he"},
                        {"sl-nedis", "sl-nedis"},
                        {"en-x-Alder", "en-x-alder"},
                        {"de-1996", "de-1996"},
                        {"haw", "haw"},
                        {"en-US-u-hc-h12", "en-US-u-hc-h12"}}) {
    EXPECT_EQ(CanonicalLanguageTag(c.given), c.canonical) << c.given;
  }
}

TEST(LanguageTagTest, RefusesWhatIsNotWellFormed) {
  for (const char* tag : {"", "e", "english", "und", "12", "en--us", "en-", "-en", "en us", "x-alder", "en-u", "dé",
                          "en-US-US", "zh-tw-hant"}) {
    EXPECT_FALSE(CanonicalLanguageTag(tag).has_value()) << tag;
  }
}

TEST(NamesTest, TakesApartOnlyWhatIsPlainlyTwoPersons) {
  EXPECT_THAT(NormaliseAuthors({"By Ann Writer and Bob Author"}), ElementsAre("Ann Writer", "Bob Author"));
  EXPECT_THAT(NormaliseAuthors({"BY Ann Writer, Cem Özil and Bob Author"}),
              ElementsAre("Ann Writer", "Cem Özil", "Bob Author"));
  EXPECT_THAT(NormaliseAuthors({"Smith and Sons", "Department of Trade and Industry", "Ann Writer, Port Alder"}),
              ElementsAre("Smith and Sons", "Department of Trade and Industry", "Ann Writer, Port Alder"));
}

TEST(NamesTest, HasNoMarkupAndNoQuotationMarksAroundNames) {
  EXPECT_THAT(NormaliseAuthors({"Avatar_Url Large", "{author}", "class=byline"}), ElementsAre());
  EXPECT_THAT(NormaliseAuthors({"harbour_watcher", "Ann Writer <ann@post.example>"}),
              ElementsAre("harbour_watcher", "Ann Writer <ann@post.example>"));
  EXPECT_THAT(NormaliseAuthors({"\"Ann Writer\"", "\"Bob Author", "Cem Özil \"Sailor\""}),
              ElementsAre("Ann Writer", "Bob Author", "Cem Özil \"Sailor\""));
}

TEST(NamesTest, TrimsAndKeepsTheFirstOfEqualOnes) {
  EXPECT_THAT(NormaliseAuthors({"  Ann\tWriter ", "ANN WRITER", "", " "}), ElementsAre("Ann Writer"));
  EXPECT_THAT(NormaliseTags({"Ferry", "café", "Café", "ferry", "&amp;co", "\n"}), ElementsAre("Ferry", "café", "&co"));
}

}  // namespace
}  // namespace broadsheet::ingest
