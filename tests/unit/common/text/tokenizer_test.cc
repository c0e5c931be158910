#include "common/text/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace broadsheet {
namespace {

// The tokens of a text, with '^' before those that lie over the one before.
std::string Tokens(std::string_view text) {
  std::string line;
  for (const OwnedToken& token : Tokenize(text)) {
    if (!line.empty()) line += ' ';
    if (token.overlay) line += '^';
    line += token.text;
  }
  return line;
}

// The same texts as they stand in the source.
std::string Spans(std::string_view text) {
  std::string line;
  for (const OwnedToken& token : Tokenize(text)) {
    line += '[';
    line += text.substr(token.begin, token.end - token.begin);
    line += ']';
  }
  return line;
}

TEST(TokenizerTest, WordsAreFoldedAndPunctuationSeparates) {
  EXPECT_EQ(Tokens(""), "");
  EXPECT_EQ(Tokens(" \n\t.,;-"), "");
  EXPECT_EQ(Tokens("Ministers met, again; in TOKYO."), "ministers met again in tokyo");
  EXPECT_EQ(Tokens("rose.GDP.The end"), "rose gdp the end");
  EXPECT_EQ(Tokens("(think-tank) a/b c_d"), "think tank a b c d");
  EXPECT_EQ(Tokens("COVID-19, F-35"), "covid 19 f 35");
  EXPECT_EQ(Tokens("@user #tag #climate_change"), "user tag climate change");
  EXPECT_EQ(Tokens("“Yes,” he said… “no”—twice"), "yes he said no twice");
  EXPECT_EQ(Tokens("see example.com/news?id=7"), "see example com news id 7");
}

TEST(TokenizerTest, AnApostropheInsideStaysAndAPossessiveGoes) {
  EXPECT_EQ(Tokens("don't"), "don't");
  EXPECT_EQ(Tokens("col·lecció COL·LECCIÓ coŀlecció l·any"), "colleccio colleccio colleccio l any");
  EXPECT_EQ(Tokens("don’t DON‘T don`t don´t don＇t donʼt"), "don't don't don't don't don't don't");
  EXPECT_EQ(Tokens("Japan's"), "japan");
  EXPECT_EQ(Tokens("Japan’s JAPAN’S, O’Brien’s"), "japan japan o'brien");
  EXPECT_EQ(Tokens("the 1990's and U.S.'s and U.S.’s"), "the 1990 and us and us");
  EXPECT_EQ(Tokens("workers' rights ‘quoted’ 'word' ’tis"), "workers rights quoted word tis");
  EXPECT_EQ(Tokens("rock'n'roll Hawai‘i"), "rock'n'roll hawai'i");
  EXPECT_EQ(Tokens("'s"), "s");
  EXPECT_EQ(Spans("Japan’s don’t workers’"), "[Japan’s][don’t][workers]");
}

TEST(TokenizerTest, ElidedArticlesAreWordsOfTheirOwn) {
  EXPECT_EQ(Tokens("l'Iran et l’État"), "l iran et l etat");
  EXPECT_EQ(Tokens("qu'il dell'Italia d’Ivoire"), "qu il dell italia d ivoire");
  EXPECT_EQ(Tokens("the L's"), "the l");
}

TEST(TokenizerTest, AcronymsMeetWithAndWithoutPeriods) {
  EXPECT_EQ(Tokens("U.S. US U.S u.s."), "us us us us");
  EXPECT_EQ(Tokens("the U.S.-Japan alliance"), "the us japan alliance");
  EXPECT_EQ(Tokens("U.S.A. e.g. 5 p.m."), "usa eg 5 pm");
  EXPECT_EQ(Tokens("J.K. Rowling, John F. Kennedy"), "jk rowling john f kennedy");
  EXPECT_EQ(Tokens("U.S.Government"), "us government");
  EXPECT_EQ(Tokens("Plan B.The end"), "plan b the end");
  EXPECT_EQ(Tokens("С.Ш.А."), "сша");
  EXPECT_EQ(Spans("the U.S. is"), "[the][U.S.][is]");
}

TEST(TokenizerTest, SignsThatArePartOfNamesStay) {
  EXPECT_EQ(Tokens("AT&T's R&D & S＆P"), "at&t r&d s&p");
  EXPECT_EQ(Tokens("C++ and C++, C# F#"), "c++ and c++ c# f#");
  EXPECT_EQ(Tokens("18+ Disney+ A+++ issue#5"), "18 disney a issue 5");
}

TEST(TokenizerTest, NumbersLoseTheirGrouping) {
  EXPECT_EQ(Tokens("1,000 and 1,000,000.50"), "1000 and 1000000.50");
  EXPECT_EQ(Tokens("12,34,567 and 1,00,000"), "1234567 and 100000");
  EXPECT_EQ(Tokens("1,2 and 1,2,3 and 1,0000"), "1 2 and 1 2 3 and 1 0000");
  EXPECT_EQ(Tokens("2024,000 3.5,000"), "2024 000 3.5 000");
  EXPECT_EQ(Tokens("in 2024, 300"), "in 2024 300");
  EXPECT_EQ(Tokens("$3.5bn 3.5bn 1,000km v1.2"), "3.5bn 3.5bn 1000km v1.2");
  EXPECT_EQ(Tokens("It was 2025. Then 7."), "it was 2025 then 7");
  EXPECT_EQ(Tokens("2025.The 10:30 24/7 2nd G7"), "2025 the 10 30 24 7 2nd g7");
  EXPECT_EQ(Tokens("１，０００ ٢٠٢٥ CO₂"), "1000 2025 co2");
  EXPECT_EQ(Spans("about 1,000,000 people"), "[about][1,000,000][people]");
}

TEST(TokenizerTest, ALongListOfNumbersIsReadInOnePass) {
  std::string list;
  for (int i = 0; i < 100'000; ++i)
    list += "10,";
  EXPECT_EQ(Tokenize(list).size(), 100'000u);  // reading on at each comma would take long
}

TEST(TokenizerTest, PercentagesAreTheSameHoweverTheyAreWritten) {
  for (const char* text : {"3.5%", "3.5 %", "3.5 per cent", "3.5 percent", "3.5 Per Cent", "3.5-percent", "３.５％",
                           "3.5\u00A0%", "3.5 per\u00A0cent"}) {
    EXPECT_EQ(Tokens(text), "3.5 ^3.5%") << text;
    EXPECT_EQ(Tokenize(text).at(1).end, std::string_view(text).size()) << text;
  }
  EXPECT_EQ(Tokens("3.5% of GDP"), Tokens("3.5 per cent of GDP"));
  EXPECT_EQ(Spans("to 3.5 per cent of GDP"), "[to][3.5][3.5 per cent][of][GDP]");
  EXPECT_EQ(Tokens("1,000%"), "1000 ^1000%");
  EXPECT_EQ(Tokens("3-5%"), "3 5 ^5%");
}

TEST(TokenizerTest, WhatOnlyLooksLikeAPercentageIsNone) {
  EXPECT_EQ(Tokens("3.5 percentage points"), "3.5 percentage points");
  EXPECT_EQ(Tokens("5 per person, 5 per centre"), "5 per person 5 per centre");
  EXPECT_EQ(Tokens("100%20"), "100 20");
  EXPECT_EQ(Tokens("word %"), "word");
  EXPECT_EQ(Tokens("5\n\n%"), "5");
  EXPECT_EQ(Tokens("5 per"), "5 per");
  EXPECT_EQ(Tokens("5 "), "5");
}

TEST(TokenizerTest, SumsAreOneToken) {
  for (const char* text : {"2+2", "2 + 2", "“2 + 2”", "‘2+2’", "２＋２", "2+2's", "(2+2)", "2+2."}) {
    EXPECT_EQ(Tokens(text), "2+2") << text;
  }
  EXPECT_EQ(Tokens("the 2+2 talks"), "the 2+2 talks");
  EXPECT_EQ(Tokens("P5+1 E3+3 2+2+2"), "p5+1 e3+3 2+2+2");
  EXPECT_EQ(Tokens("1 +81 or 1+ 81"), "1 81 or 1 81");
  EXPECT_EQ(Tokens("1000 + 2000"), "1000 2000");
  EXPECT_EQ(Tokens("2+2nd 2+2.5"), "2 2nd 2 2.5");
  EXPECT_EQ(Spans("a “2 + 2” meeting"), "[a][2 + 2][meeting]");
}

TEST(TokenizerTest, SpellingsOfUnicodeMeet) {
  EXPECT_EQ(Tokens("ＡＢＣ１２３"), "abc123");
  EXPECT_EQ(Tokens("café cafe cafe\u0301 CAFÉ"), "cafe cafe cafe cafe");
  EXPECT_EQ(Tokens("Straße STRASSE"), "strasse strasse");
  EXPECT_EQ(Tokens("Москва МОСКВА"), "москва москва");
  EXPECT_EQ(Tokens("gov\u00ADern\u00ADment fed\u200Beral \uFEFFbank\u200B"), "government federal bank");
  EXPECT_EQ(Tokens("الرياض تعلن"), "الرياض تعلن");
  EXPECT_EQ(Tokens("हिन्दी में"), "हिन्दी में");
}

TEST(TokenizerTest, InvisibleCharactersAtTheEdgesAreNotHighlighted) {
  EXPECT_EQ(Spans("\uFEFFbank\u200B bank"), "[bank][bank]");
  EXPECT_EQ(Spans("gov\u00ADern"), "[gov\u00ADern]");
}

TEST(TokenizerTest, EmojiAndSymbolsAreNoTokens) {
  EXPECT_EQ(Tokens("😀 👩🏽‍🚀 🇯🇵 → ★ © € ♥️"), "");
  EXPECT_EQ(Tokens("good😀news"), "good news");
}

TEST(TokenizerTest, CjkRunsBecomeCharactersAndPairs) {
  EXPECT_EQ(Tokens("東京証券取引所"), "東 ^東京 京 ^京証 証 ^証券 券 ^券取 取 ^取引 引 ^引所 所");
  EXPECT_EQ(Tokens("NATO加盟国"), "nato 加 ^加盟 盟 ^盟国 国");
  EXPECT_EQ(Tokens("2025年 東"), "2025 年 東");
  EXPECT_EQ(Tokens("서울"), "서 ^서울 울");
  EXPECT_EQ(Spans("国、東京"), "[国][東][東京][京]");
  EXPECT_EQ(Tokens("㈀"), "ᄀ");
  EXPECT_EQ(Tokens("㍀"), Tokens("ポンド"));
  auto tokens = Tokenize("東京 a");
  EXPECT_EQ(tokens.at(0).kind, TokenKind::kNgram);
  EXPECT_EQ(tokens.at(1).kind, TokenKind::kNgram);
  EXPECT_EQ(tokens.at(3).kind, TokenKind::kWord);
}

TEST(TokenizerTest, KatakanaRunsKeepTheirSoundMarkAndLoseTheirDot) {
  EXPECT_EQ(Tokens("サッカー"), "サ ^サッ ッ ^ッカ カ ^カー ー");
  EXPECT_EQ(Tokens("ｻｯｶｰ"), Tokens("サッカー"));
  EXPECT_EQ(Tokens("ジョン・スミス"), Tokens("ジョンスミス"));
  EXPECT_EQ(Tokens("ｼﾞｮﾝ･ｽﾐｽ"), Tokens("ジョンスミス"));
  EXPECT_EQ(Spans("ン・ス"), "[ン][ン・ス][ス]");
  EXPECT_EQ(Tokens("東・京"), "東 京");
  EXPECT_EQ(Tokens("タ・東"), "タ 東");
  EXPECT_EQ(Tokens("・ー"), "");
}

TEST(TokenizerTest, DecomposedKanaAndHangulAreWholeCharacters) {
  EXPECT_EQ(Tokens("カ\u3099ス"), "ガ ^ガス ス");
  EXPECT_EQ(Spans("カ\u3099ス"), "[カ\u3099][カ\u3099ス][ス]");
  EXPECT_EQ(Tokens("\u1109\u1165\u110B\u116E\u11AF"), "서 ^서울 울");
}

TEST(TokenizerTest, ThaiLaoKhmerAndBurmeseArePartedByDictionary) {
  EXPECT_EQ(Tokens("รัฐบาลไทย"), "รัฐบาล ไทย");
  EXPECT_EQ(Spans("NATO รัฐบาลไทย 5"), "[NATO][รัฐบาล][ไทย][5]");
  EXPECT_GT(Tokenize("ປະເທດລາວ").size(), 1u);
  EXPECT_GT(Tokenize("ព្រះរាជាណាចក្រកម្ពុជា").size(), 1u);
  EXPECT_GT(Tokenize("မြန်မာနိုင်ငံအစိုးရသတင်း").size(), 1u);
}

TEST(TokenizerTest, TooLongWordsTakeTheirPositionOnly) {
  std::string longest(kMaxTokenBytes, 'x');
  EXPECT_EQ(Tokens("a " + longest + " b"), "a " + longest + " b");
  for (const std::string& word : {std::string(kMaxTokenBytes + 1, 'x'), std::string(kMaxTokenBytes + 1, '7'),
                                  "é" + std::string(kMaxTokenBytes, 'x')}) {
    auto tokens = Tokenize("a " + word + " b");
    ASSERT_EQ(tokens.size(), 2u) << word;
    EXPECT_EQ(tokens[1].text, "b");
    EXPECT_EQ(tokens[1].position, 2u);
  }
}

TEST(TokenizerTest, PositionsCountReadingsOnce) {
  auto tokens = Tokenize("up 3.5% in 東京");
  std::string line;
  for (const OwnedToken& token : tokens)
    line += token.text + "@" + std::to_string(token.position) + " ";
  EXPECT_EQ(line, "up@0 3.5@1 3.5%@1 in@2 東@3 東京@3 京@4 ");
}

TEST(TokenizerTest, IllFormedBytesSeparate) {
  EXPECT_EQ(Tokens("caf\xe9s 東\xe6\x9d京"), "caf s 東 京");
}

TEST(TokenizerTest, ScansInsideOtherScansDoNotDisturbEachOther) {
  std::string line;
  ForEachToken("รัฐบาลไทย ประเทศไทย", [&](const Token& token) {
    ForEachToken("มหาวิทยาลัย ข่าวสาร", [](const Token&) {});
    line += std::string(token.text) + " ";
  });
  EXPECT_EQ(line, "รัฐบาล ไทย ประเทศไทย ");
}

TEST(CountWordsTest, CountsTokensThatAreNoOverlay) {
  EXPECT_EQ(CountWords("up 3.5% in 東京"), 5u);
  EXPECT_EQ(CountWords(""), 0u);
}

}  // namespace
}  // namespace broadsheet
