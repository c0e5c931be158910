#include "ingest/index/merge_choice.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kFrozen = ShardState::kFrozen;
constexpr auto kSealed = ShardState::kSealed;

TEST(MergeChoiceTest, NothingToDo) {
  EXPECT_THAT(ChooseMerge({}, 100), IsEmpty());
  EXPECT_THAT(ChooseMerge({{"a", kSealed, 100, 0}, {"b", kSealed, 100, 20}, {"c", kSealed, 99, 0}}, 100), IsEmpty());
}

TEST(MergeChoiceTest, TheOldestFrozenShardComesFirst) {
  EXPECT_THAT(ChooseMerge({{"a", kSealed, 100, 90}, {"b", kFrozen, 100, 0}, {"c", kFrozen, 100, 0}}, 100),
              ElementsAre("b"));
}

TEST(MergeChoiceTest, ATierThatIsFullIsMergedTogetherWithTheFrozenShardThatFillsIt) {
  EXPECT_THAT(ChooseMerge({{"a", kSealed, 400, 0},
                           {"b", kSealed, 100, 0},
                           {"c", kSealed, 120, 0},
                           {"d", kSealed, 399, 0},
                           {"e", kFrozen, 100, 0}},
                          100),
              ElementsAre("b", "c", "d", "e"));
  EXPECT_THAT(
      ChooseMerge({{"a", kSealed, 400, 0}, {"b", kSealed, 1'599, 0}, {"c", kSealed, 800, 0}, {"d", kSealed, 500, 0}},
                  100),
      ElementsAre("a", "b", "c", "d"));
}

TEST(MergeChoiceTest, WhatIsSupersededDoesNotCountForTheTierAndIsWrittenOutOfAShardWhenItIsMuch) {
  EXPECT_THAT(
      ChooseMerge({{"a", kSealed, 450, 60}, {"b", kSealed, 100, 0}, {"c", kSealed, 100, 0}, {"d", kSealed, 100, 0}},
                  100),
      ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(ChooseMerge({{"a", kSealed, 100, 20}, {"b", kSealed, 100, 21}}, 100), ElementsAre("b"));
}

// What comes of it, over a long time: how many shards there are, and how often a document was copied.
TEST(MergeChoiceTest, ShardsStayFewAndDocumentsAreSeldomCopied) {
  std::vector<ShardLoad> shards;
  int64_t copied = 0;
  size_t most = 0;
  for (int frozen = 0; frozen < 1'000; ++frozen) {
    shards.push_back({absl::StrCat("f", frozen), kFrozen, 100, 0});
    for (int merge = 0;; ++merge) {
      const std::vector<std::string> chosen = ChooseMerge(shards, 100);
      if (chosen.empty()) break;
      ShardLoad merged{absl::StrCat("m", frozen, ".", merge), kSealed, 0, 0};
      std::erase_if(shards, [&](const ShardLoad& shard) {
        const bool taken = std::find(chosen.begin(), chosen.end(), shard.uuid) != chosen.end();
        if (taken) merged.documents += shard.documents;
        return taken;
      });
      copied += merged.documents;
      shards.push_back(merged);
    }
    most = std::max(most, shards.size());
  }
  EXPECT_LE(most, 3u * 6u) << "three of each tier";
  EXPECT_LE(copied, 100'000 * 6) << "once for each tier and once when it was frozen";
}

}  // namespace
}  // namespace broadsheet::ingest
