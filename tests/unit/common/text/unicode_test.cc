#include "common/text/unicode.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet {
namespace {

TEST(IsValidUtf8Test, TellsWellFormedFromIllFormed) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain"));
  EXPECT_TRUE(IsValidUtf8("Łódź 東京 😀"));
  EXPECT_TRUE(IsValidUtf8(std::string_view("a\0b", 3)));
  EXPECT_FALSE(IsValidUtf8("caf\xe9"));
  EXPECT_FALSE(IsValidUtf8("cut \xe6\x9d"));
  EXPECT_FALSE(IsValidUtf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(IsValidUtf8("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(IsValidUtf8("\xf4\x90\x80\x80"));  // above U+10FFFF
}

TEST(RepairUtf8Test, WellFormedTextStaysAsItIs) {
  for (const char* text : {"", "plain", "Łódź 東京 😀"})
    EXPECT_EQ(RepairUtf8(text), text);
}

TEST(RepairUtf8Test, EachMaximalSubpartBecomesOneReplacement) {
  EXPECT_EQ(RepairUtf8("caf\xe9."), "caf\uFFFD.");
  EXPECT_EQ(RepairUtf8("cut \xe6\x9d"), "cut \uFFFD");
  EXPECT_EQ(RepairUtf8("\xf0\x9f\x98!"), "\uFFFD!");
  EXPECT_EQ(RepairUtf8("\xc0\xaf"), "\uFFFD\uFFFD");
  EXPECT_EQ(RepairUtf8("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(RepairUtf8("a\x80\x80z"), "a\uFFFD\uFFFDz");
}

TEST(RepairUtf8Test, WhatItReturnsIsValid) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      std::string text = {static_cast<char>(first), static_cast<char>(second), '\x9f'};
      EXPECT_TRUE(IsValidUtf8(RepairUtf8(text))) << first << " " << second;
    }
  }
}

TEST(ToNfcTest, ComposesAndKeepsEverythingElse) {
  EXPECT_EQ(ToNfc("cafe\u0301"), "café");
  EXPECT_EQ(ToNfc("ＡＢＣ ﬁ Straße"), "ＡＢＣ ﬁ Straße");
  EXPECT_EQ(ToNfc("plain"), "plain");
}

TEST(FoldForMatchTest, CaseAndWidthDoNotMatter) {
  EXPECT_EQ(FoldForMatch("NATO"), "nato");
  EXPECT_EQ(FoldForMatch("ＮＡＴＯ１２"), "nato12");
  EXPECT_EQ(FoldForMatch("МОСКВА"), "москва");
  EXPECT_EQ(FoldForMatch("Straße"), "strasse");
  EXPECT_EQ(FoldForMatch("STRASSE"), "strasse");
  EXPECT_EQ(FoldForMatch("ﬁnance"), "finance");
  EXPECT_EQ(FoldForMatch("ΣΟΦΟΣ"), FoldForMatch("σοφος"));
  EXPECT_EQ(FoldForMatch("ｶﾞ"), "ガ");
}

TEST(FoldForMatchTest, AccentsAndStrokesAreDroppedFromLatinGreekAndCyrillic) {
  EXPECT_EQ(FoldForMatch("café"), "cafe");
  EXPECT_EQ(FoldForMatch("cafe\u0301"), "cafe");
  EXPECT_EQ(FoldForMatch("Łódź"), "lodz");
  EXPECT_EQ(FoldForMatch("Jørgensen"), "jorgensen");
  EXPECT_EQ(FoldForMatch("İstanbul"), "istanbul");
  EXPECT_EQ(FoldForMatch("Yıldırım"), "yildirim");
  EXPECT_EQ(FoldForMatch("Nguyễn"), "nguyen");
  EXPECT_EQ(FoldForMatch("Αθήνα"), "αθηνα");
  EXPECT_EQ(FoldForMatch("Алёша"), "алеша");
}

TEST(FoldForMatchTest, MarksThatMakeAnotherLetterStay) {
  EXPECT_EQ(FoldForMatch("Новый"), "новый");
  EXPECT_EQ(FoldForMatch("Новыи\u0306"), "новый");
  EXPECT_EQ(FoldForMatch("Київ"), "київ");
  EXPECT_EQ(FoldForMatch("ガ"), "ガ");
  EXPECT_EQ(FoldForMatch("カ\u3099"), "ガ");
  EXPECT_EQ(FoldForMatch("हिन्दी"), "हिन्दी");
}

TEST(FoldForMatchTest, InvisibleCharactersVanishAndDigitsAreAscii) {
  EXPECT_EQ(FoldForMatch("gov\u00ADern\u200Bment\uFEFF"), "government");
  EXPECT_EQ(FoldForMatch("٢٠٢٥"), "2025");
  EXPECT_EQ(FoldForMatch("CO₂"), "co2");
}

TEST(FoldForMatchTest, FoldingTwiceChangesNothing) {
  std::string text;
  for (char32_t c = 0x80; c < 0x30000; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    std::string letter;
    if (c < 0x800) {
      letter = {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
    } else if (c < 0x10000) {
      letter = {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)),
                static_cast<char>(0x80 | (c & 0x3f))};
    } else {
      letter = {static_cast<char>(0xf0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3f)),
                static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
    }
    std::string once = FoldForMatch(letter);
    ASSERT_EQ(FoldForMatch(once), once) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(TruncateUtf8Test, NeverCutsACodePoint) {
  EXPECT_EQ(TruncateUtf8("plain", 3), "pla");
  EXPECT_EQ(TruncateUtf8("plain", 5), "plain");
  EXPECT_EQ(TruncateUtf8("plain", 99), "plain");
  EXPECT_EQ(TruncateUtf8("a東京", 4), "a東");
  EXPECT_EQ(TruncateUtf8("a東京", 3), "a");
  EXPECT_EQ(TruncateUtf8("東京", 2), "");
  EXPECT_EQ(TruncateUtf8("東京", 0), "");
  EXPECT_EQ(TruncateUtf8("😀", 3), "");
}

}  // namespace
}  // namespace broadsheet
