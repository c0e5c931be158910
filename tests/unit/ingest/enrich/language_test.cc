#include "ingest/enrich/language.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

TEST(LanguageTest, TellsTheLanguageOfAParagraph) {
  EXPECT_EQ(DetectLanguage("The harbour board agreed on Tuesday evening that the old ferry has to go this year."),
            "en");
  EXPECT_EQ(DetectLanguage("Der Hafenausschuss hat am Dienstagabend beschlossen, dass die alte Fähre gehen muss."),
            "de");
  EXPECT_EQ(DetectLanguage("港湾委員会は火曜日の夜、古い渡し船を今年で引退させることを決めた。"), "ja");
  EXPECT_EQ(DetectLanguage("Le conseil du port a décidé mardi soir que le vieux bac devait partir cette année."), "fr");
}

TEST(LanguageTest, DoesNotGuessWithoutWords) {
  for (const char* text : {"", "12 34 56", "2+2", "???"})
    EXPECT_EQ(DetectLanguage(text), "") << text;
}

}  // namespace
}  // namespace broadsheet::ingest
