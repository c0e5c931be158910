#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

constexpr int kTexts = 20'000;
constexpr int kPieces = 16;

// Characters and sequences that meet the rules of the tokenizer more often than chance would.
constexpr std::array<std::string_view, 62> kPieceTexts = {"a",
                                                          "Z",
                                                          "s",
                                                          "U",
                                                          "5",
                                                          "22",
                                                          "000",
                                                          ".",
                                                          ",",
                                                          "'",
                                                          "’",
                                                          "&",
                                                          "+",
                                                          " + ",
                                                          "%",
                                                          " ",
                                                          "-",
                                                          "per",
                                                          "cent",
                                                          " percent",
                                                          "é",
                                                          "e\u0301",
                                                          "ß",
                                                          "ﬁ",
                                                          "İ",
                                                          "й",
                                                          "ё",
                                                          "ά",
                                                          "ع",
                                                          "क्",
                                                          "ि",
                                                          "\u0301",
                                                          "\u0338",
                                                          "=",
                                                          "\u200B",
                                                          "\u00AD",
                                                          "\u034F",
                                                          "\uFE0F",
                                                          "東",
                                                          "京",
                                                          "ー",
                                                          "・",
                                                          "ガ",
                                                          "カ\u3099",
                                                          "ｶ",
                                                          "ﾞ",
                                                          "서",
                                                          "\u1109\u1165",
                                                          "\u11AF",
                                                          "ไทย",
                                                          "ประเทศ",
                                                          "ุ",
                                                          "่",
                                                          "မြန်မာ",
                                                          "\u1025\u102E",
                                                          "😀",
                                                          "１",
                                                          "％",
                                                          "＋",
                                                          "٣",
                                                          "c",
                                                          "#"};

class TextMaker {
 public:
  explicit TextMaker(uint32_t seed) : random_(seed) {}

  std::string Text() {
    std::string text;
    for (int i = 0, pieces = Below(kPieces); i < pieces; ++i)
      text += Below(3) == 0 ? AnyCharacter() : Piece();
    return text;
  }

 private:
  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  std::string Piece() { return std::string(kPieceTexts[Below(kPieceTexts.size())]); }

  // Any code point: half of them from the first 16,384, where most scripts are.
  std::string AnyCharacter() {
    int code = Below(Below(2) == 0 ? 0x4000 : 0x110000);
    if (code >= 0xd800 && code < 0xe000) code = 'x';
    std::string bytes;
    icu::UnicodeString(static_cast<UChar32>(code)).toUTF8String(bytes);
    return bytes;
  }

  std::mt19937 random_;
};

std::string Decomposed(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  std::string bytes;
  icu::Normalizer2::getNFDInstance(error)->normalize(icu::UnicodeString::fromUTF8(text), error).toUTF8String(bytes);
  return bytes;
}

std::vector<std::string> Readings(const std::string& text) {
  std::vector<std::string> readings;
  for (const OwnedToken& token : Tokenize(text)) {
    readings.push_back(std::to_string(token.position) + (token.overlay ? "^" : ":") + token.text);
  }
  return readings;
}

bool IsBoundary(std::string_view text, size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

void ExpectWellFormed(const std::string& text) {
  uint32_t last_end = 0;
  uint32_t last_begin = 0;
  uint32_t next_position = 0;
  for (const OwnedToken& token : Tokenize(text)) {
    ASSERT_LT(token.begin, token.end) << text;
    ASSERT_LE(token.end, text.size()) << text;
    ASSERT_TRUE(IsBoundary(text, token.begin) && IsBoundary(text, token.end)) << text;
    ASSERT_FALSE(token.text.empty()) << text;
    ASSERT_LE(token.text.size(), kMaxTokenBytes) << text;
    ASSERT_TRUE(IsValidUtf8(token.text)) << text;
    if (token.overlay) {
      ASSERT_EQ(token.position + 1, next_position) << text;
      ASSERT_EQ(token.begin, last_begin) << text;
      ASSERT_GE(token.end, last_end) << text;
    } else {
      // The characters of a squared word share its place.
      const bool shares = token.kind == TokenKind::kNgram && token.begin == last_begin && token.end == last_end;
      ASSERT_GE(token.position, next_position) << text;
      ASSERT_TRUE(shares || token.begin >= last_end) << text;
      last_end = token.end;
      next_position = token.position + 1;
    }
    last_begin = token.begin;
  }
}

TEST(TokenizerPropertyTest, SpansOfRandomTextsAreInOrderAndOnCodePoints) {
  TextMaker maker(1);
  for (int i = 0; i < kTexts && !testing::Test::HasFailure(); ++i)
    ExpectWellFormed(maker.Text());
}

TEST(TokenizerPropertyTest, ATextAlwaysGivesTheSameTokens) {
  TextMaker maker(2);
  for (int i = 0; i < kTexts; ++i) {
    std::string text = maker.Text();
    ASSERT_EQ(Readings(text), Readings(text)) << text;
  }
}

TEST(TokenizerPropertyTest, ComposedAndDecomposedTextsGiveTheSameTokens) {
  TextMaker maker(3);
  for (int i = 0; i < kTexts; ++i) {
    std::string text = maker.Text();
    std::vector<std::string> readings = Readings(text);
    ASSERT_EQ(Readings(ToNfc(text)), readings) << text;
    ASSERT_EQ(Readings(Decomposed(text)), readings) << text;
  }
}

TEST(TokenizerPropertyTest, RandomBytesAreSurvived) {
  std::mt19937 random(4);
  for (int i = 0; i < kTexts && !testing::Test::HasFailure(); ++i) {
    std::string bytes(std::uniform_int_distribution<size_t>(0, 24)(random), '\0');
    for (char& byte : bytes)
      byte = static_cast<char>(random());
    Tokenize(bytes);
    ExpectWellFormed(RepairUtf8(bytes));
  }
}

TEST(TokenizerPropertyTest, TokensAreFolded) {
  TextMaker maker(5);
  for (int i = 0; i < kTexts; ++i) {
    std::string text = maker.Text();
    for (const OwnedToken& token : Tokenize(text)) {
      bool pair = token.kind == TokenKind::kNgram && token.overlay;  // two folds side by side
      ASSERT_EQ(pair ? std::string(token.text) : FoldForMatch(token.text), token.text) << text;
    }
  }
}

// What a word folds to is one word again: else a query that is written out and read back would ask something else.
TEST(TokenizerPropertyTest, FoldedWordsReadAgainAreThemselves) {
  for (UChar32 code = 0; code <= UCHAR_MAX_VALUE; ++code) {
    // The Thai and Lao "am" alone, without the letter that it belongs to, is no word that anybody writes.
    if (U_IS_SURROGATE(code) || code == 0xe33 || code == 0xeb3) continue;
    std::string letter;
    icu::UnicodeString(code).toUTF8String(letter);
    for (const std::string& text : {letter, "l" + letter + "l", letter + "'n'" + letter}) {
      for (const OwnedToken& token : Tokenize(text)) {
        if (token.kind != TokenKind::kWord) continue;
        const auto again = Tokenize(token.text);
        ASSERT_FALSE(again.empty()) << std::hex << code;
        EXPECT_EQ(again.front().text, token.text) << std::hex << code << " in " << text;
      }
    }
  }
}

}  // namespace
}  // namespace broadsheet
