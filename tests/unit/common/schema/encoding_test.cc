#include "common/schema/encoding.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace broadsheet {
namespace {

constexpr int64_t kNumbers[] = {std::numeric_limits<int64_t>::min(),
                                -1'000'000'000'000,
                                -257,
                                -256,
                                -1,
                                0,
                                1,
                                255,
                                256,
                                65'536,
                                1'750'000'000'000'000,
                                std::numeric_limits<int64_t>::max()};

TEST(EncodingTest, NumbersSortAsBytesAndComeBack) {
  for (int64_t a : kNumbers) {
    EXPECT_EQ(EncodeNumber(a).size(), 8u);
    EXPECT_EQ(DecodeNumber(EncodeNumber(a)), a);
    for (int64_t b : kNumbers)
      EXPECT_EQ(EncodeNumber(a) < EncodeNumber(b), a < b) << a << " " << b;
  }
}

TEST(EncodingTest, TheBytesOfANumberNeverChange) {
  EXPECT_EQ(EncodeNumber(1), std::string("\x80\0\0\0\0\0\0\x01", 8));
  EXPECT_EQ(EncodeNumber(-1), std::string("\x7f\xff\xff\xff\xff\xff\xff\xff", 8));
}

TEST(EncodingTest, NumbersAreTakenOffOneByOne) {
  const std::string bytes = EncodeNumber(-3) + EncodeNumber(4) + "rest";
  std::string_view left = bytes;
  EXPECT_EQ(TakeNumber(left), -3);
  EXPECT_EQ(TakeNumber(left), 4);
  EXPECT_EQ(left, "rest");
}

TEST(EncodingTest, TooFewBytesAreZero) {
  EXPECT_EQ(DecodeNumber(""), 0);
  EXPECT_EQ(DecodeNumber("1234567"), 0);
}

TEST(EncodingTest, TimesSortAsBytesAndComeBackToTheMicrosecond) {
  absl::Time before = absl::FromUnixMicros(-1);
  absl::Time after = absl::FromUnixMicros(1'750'500'000'123'456);
  EXPECT_LT(EncodeTime(before), EncodeTime(absl::UnixEpoch()));
  EXPECT_LT(EncodeTime(absl::UnixEpoch()), EncodeTime(after));
  EXPECT_EQ(DecodeTime(EncodeTime(before)), before);
  EXPECT_EQ(DecodeTime(EncodeTime(after)), after);
}

TEST(EncodingTest, TimeAndSequenceSortByTimeFirst) {
  absl::Time early = absl::FromUnixSeconds(1000);
  absl::Time late = absl::FromUnixSeconds(1001);
  EXPECT_LT(EncodeTimeSequence(early, 9), EncodeTimeSequence(late, 1));
  EXPECT_LT(EncodeTimeSequence(early, 9), EncodeTimeSequence(early, 10));
  EXPECT_EQ(EncodeTimeSequence(early, 9).size(), 16u);
  EXPECT_EQ(DecodeTime(EncodeTimeSequence(late, 1)), late);
}

TEST(EncodingTest, ListsOfStringsComeBack) {
  std::string with_nul("a\0b", 3);
  std::vector<std::vector<std::string_view>> lists = {{}, {""}, {"Reuters"}, {"a", "", "東京", with_nul}};
  for (const auto& list : lists)
    EXPECT_EQ(DecodeStrings(EncodeStrings(list)), list);
}

TEST(EncodingTest, AnOverlongStringIsCutWithoutHarmToTheNext) {
  std::string longest(70'000, 'x');
  auto strings = EncodeStrings({longest, "next"});
  auto decoded = DecodeStrings(strings);
  ASSERT_EQ(decoded.size(), 2u);
  EXPECT_EQ(decoded[0].size(), 65'535u);
  EXPECT_EQ(decoded[1], "next");
}

TEST(EncodingTest, ACutListIsReadAsFarAsItGoes) {
  std::string bytes = EncodeStrings({"one", "three"});
  for (size_t size = 0; size < bytes.size(); ++size) {
    for (std::string_view text : DecodeStrings(std::string_view(bytes).substr(0, size)))
      EXPECT_LE(text.size(), 5u);
  }
}

}  // namespace
}  // namespace broadsheet
