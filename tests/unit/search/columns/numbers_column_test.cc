#include "search/columns/numbers_column.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace broadsheet::search {
namespace {

constexpr int64_t kDay = 86'400'000'000;
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

void ExpectSame(const NumbersColumn& column, const std::vector<int64_t>& numbers) {
  ASSERT_EQ(column.size(), numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i)
    ASSERT_EQ(column[i], numbers[i]) << i;
}

NumbersColumn Packed(const std::vector<int64_t>& numbers) {
  NumbersColumn column(numbers);
  column.Pack();
  ExpectSame(column, numbers);
  return column;
}

size_t BytesEach(const std::vector<int64_t>& numbers) {
  return (Packed(numbers).bytes() - sizeof(uint64_t)) / numbers.size();
}

TEST(NumbersColumnTest, PackedNumbersTakeAsFewBytesAsTheyNeed) {
  EXPECT_EQ(BytesEach({kNoNumber, kNoNumber}), 0);
  EXPECT_EQ(BytesEach({kNoNumber, 1, 1, 1}), 1);
  EXPECT_EQ(BytesEach({kNoNumber, -100, 154}), 1);
  EXPECT_EQ(BytesEach({0, 1, 255}), 2);  // the code of those without a number is one more
  EXPECT_EQ(BytesEach({kNoNumber, 100, 1'000, 65'000}), 2);
  EXPECT_EQ(BytesEach({kNoNumber, -5 * kDay, 0, 20'000 * kDay}), 2);
  EXPECT_EQ(BytesEach({kNoNumber, 1'600'000'000'000'000, 1'600'000'001'000'000, 1'700'000'000'000'000}), 4);
  EXPECT_EQ(BytesEach({kNoNumber, 0, 1, 2'000'000'000'000}), 6);
}

TEST(NumbersColumnTest, WhatCannotBePackedStays) {
  EXPECT_EQ(BytesEach({kNoNumber, kNoNumber + 1, 0, 1, kMost}), 8);
  EXPECT_EQ(BytesEach({kNoNumber + 1, kMost, kMost}), 1);  // one distance
  EXPECT_EQ(BytesEach({-1, 0, kMost}), 8);
  EXPECT_EQ(Packed({}).size(), 0);
}

// Numbers of one kind at a time, as fields have them.
int64_t Invent(std::mt19937_64& random, int kind) {
  if (random() % 5 == 0) return kNoNumber;
  switch (kind) {
    case 0:
      return static_cast<int64_t>(random() % 300);
    case 1:
      return static_cast<int64_t>(random() % 40'000) * kDay - 10'000 * kDay;
    case 2:
      return 1'600'000'000'000'000 + static_cast<int64_t>(random() % 100'000'000'000'000);
    default:
      return static_cast<int64_t>(random());
  }
}

TEST(NumbersColumnTest, HoldsWhatWasSetWhateverItWasPackedFor) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<int64_t> numbers;
    NumbersColumn column;
    for (int step = 0; step < 12; ++step) {
      numbers.resize(random() % 40, kNoNumber);
      column.Resize(numbers.size());
      const auto kind = static_cast<int>(random() % 4);
      for (size_t i = 0; i < numbers.size(); ++i) {
        if (random() % 2 == 0) column.Set(i, numbers[i] = Invent(random, kind));
      }
      ExpectSame(column, numbers);
      if (random() % 2 == 0) column.Pack();
      ExpectSame(column, numbers);
    }
  }
}

TEST(PackedArrayTest, KeepsItsNumbersAtAnyWidth) {
  PackedArray array(8);
  array.Resize(3, 7);
  array.Set(1, 0x0123'4567'89ab'cdef);
  EXPECT_EQ(array[1], 0x0123'4567'89ab'cdef);
  array.Set(1, 0x12'3456);
  array.Pack();
  EXPECT_EQ(array.width(), 3);
  EXPECT_EQ(array.largest(), 0xff'ffff);
  array.Resize(2, 0);
  array.Resize(4, 9);
  array.SetWidth(5);
  EXPECT_EQ(array[0], 7);
  EXPECT_EQ(array[1], 0x12'3456);
  EXPECT_EQ(array[2], 9);
  EXPECT_EQ(array[3], 9);
  array.Resize(1, 0);
  array.Set(0, 0);
  array.Pack();
  EXPECT_EQ(array.width(), 0);
  EXPECT_EQ(array[0], 0);
}

}  // namespace
}  // namespace broadsheet::search
