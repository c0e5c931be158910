#include "ingest/enrich/language.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

constexpr char kEnglish[] =
    "The harbour board agreed on Tuesday evening that the old ferry has to go this year. A new one has been ordered "
    "and "
    "will arrive in the spring, when the ice is gone and the summer people have not come yet.";
constexpr char kFrench[] =
    "Le conseil du port a décidé mardi soir que le vieux bac devait partir cette année. Un nouveau bateau a été "
    "commandé "
    "et doit arriver au printemps, avant les vacances et après la fonte des glaces.";

TEST(LanguageTest, TellsTheLanguageOfAParagraph) {
  struct Case {
    const char* language;
    const char* text;
  };
  for (const Case& c :
       {Case{"en", kEnglish}, Case{"fr", kFrench},
        Case{"de",
             "Der Hafenausschuss hat am Dienstagabend beschlossen, dass die alte Fähre in diesem Jahr gehen muss."},
        Case{"es", "La junta del puerto decidió el martes por la noche que el viejo transbordador debe irse este año."},
        Case{"pt",
             "A junta do porto decidiu na noite de terça-feira que a velha balsa não pode mais navegar este ano."},
        Case{"it", "Il consiglio del porto ha deciso martedì sera che il vecchio traghetto deve andarsene quest'anno."},
        Case{"ja", "港湾委員会は火曜日の夜、古い渡し船を今年で引退させることを決めた。"},
        Case{"zh", "港口委员会星期二晚上决定，旧渡轮今年必须退役，新的渡轮将在春天到达。"},
        Case{"ar", "قرر مجلس الميناء مساء الثلاثاء أن العبارة القديمة يجب أن تتوقف عن العمل هذا العام."}}) {
    const LanguageGuess guess = DetectLanguage("", c.text);
    EXPECT_EQ(guess.tag, c.language) << guess.evidence;
    EXPECT_GT(guess.confidence, 0.7) << guess.evidence;
    EXPECT_LE(guess.confidence, 1) << guess.evidence;
  }
}

TEST(LanguageTest, TheTitleCountsAsTheBodyDoes) {
  EXPECT_EQ(DetectLanguage("The harbour board agrees that the old ferry has to go", "2025").tag, "en");
}

TEST(LanguageTest, DoesNotGuessWithoutWords) {
  for (const char* text : {"", "12 34 56", "2+2", "???"}) {
    const LanguageGuess guess = DetectLanguage("", text);
    EXPECT_EQ(guess.tag, "und") << text;
    EXPECT_EQ(guess.confidence, 0) << text;
    EXPECT_EQ(guess.evidence, "it has no words") << text;
  }
}

TEST(LanguageTest, SaysThatATextIsTooShort) {
  for (const char* text : {"Hamburg", "Arno", "OK", "Port Alder 2"}) {
    const LanguageGuess guess = DetectLanguage("", text);
    EXPECT_EQ(guess.tag, "und") << text << guess.evidence;
    EXPECT_EQ(guess.evidence.substr(0, 21), "the text is too short") << text << guess.evidence;
  }
}

TEST(LanguageTest, SaysThatATextIsMixed) {
  const LanguageGuess guess = DetectLanguage("", std::string(kEnglish) + "\n\n" + kFrench);
  EXPECT_EQ(guess.tag, "mul") << guess.evidence;
  EXPECT_GT(guess.confidence, 0.6);
  EXPECT_EQ(guess.evidence.substr(0, 18), "several languages:");
}

TEST(LanguageTest, SeesThatALongTextGoesOnInAnotherLanguage) {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += std::string(kEnglish) + "\n\n";
  const size_t one = text.size();
  EXPECT_EQ(DetectLanguage("", text).tag, "en");
  while (text.size() < 2 * one)
    text += std::string(kFrench) + "\n\n";
  EXPECT_EQ(DetectLanguage("", text).tag, "mul");
}

TEST(LanguageTest, AQuotationInAnotherLanguageIsNoMixture) {
  std::string text;
  for (int i = 0; i < 4; ++i)
    text += std::string(kEnglish) + "\n\n";
  text += "\"Nous avons tout essayé et nous avons tout perdu\", he said.";
  EXPECT_EQ(DetectLanguage("", text).tag, "en") << DetectLanguage("", text).evidence;
}

}  // namespace
}  // namespace broadsheet::ingest
