#include "common/base/lru.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace broadsheet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pointee;

class LruTest : public testing::Test {
 protected:
  void Put(const std::string& key, int value, size_t bytes = 10) {
    lru_.Put(key, value, bytes, 30, [this](const std::string& gone) { gone_.push_back(gone); });
  }

  Lru<std::string, int> lru_;
  std::vector<std::string> gone_;
};

TEST_F(LruTest, WhatWasUsedLongestAgoGoesFirst) {
  Put("a", 1);
  Put("b", 2);
  Put("c", 3);
  EXPECT_THAT(gone_, IsEmpty());
  EXPECT_THAT(lru_.Find("a"), Pointee(1));
  Put("d", 4);
  EXPECT_THAT(gone_, ElementsAre("b"));
  EXPECT_EQ(lru_.Find("b"), nullptr);
  EXPECT_THAT(lru_.Find("a"), Pointee(1));
  EXPECT_EQ(lru_.bytes(), 30u);
}

TEST_F(LruTest, AKeyHasOneValue) {
  Put("a", 1, 10);
  Put("a", 2, 20);
  EXPECT_THAT(lru_.Find("a"), Pointee(2));
  EXPECT_EQ(lru_.bytes(), 20u);
  EXPECT_THAT(gone_, IsEmpty());
}

TEST_F(LruTest, WhatIsTooLargeStaysAlone) {
  Put("a", 1);
  Put("large", 2, 100);
  EXPECT_THAT(gone_, ElementsAre("a"));
  EXPECT_THAT(lru_.Find("large"), Pointee(2));
  Put("b", 3);
  EXPECT_THAT(gone_, ElementsAre("a", "large"));
  EXPECT_EQ(lru_.bytes(), 10u);
}

}  // namespace
}  // namespace broadsheet
