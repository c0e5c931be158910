#include "common/schema/article_dictionary.h"

#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "common/base/compress.h"

namespace broadsheet {
namespace {

// Reports that have most of their words in common.
std::vector<std::string> Reports(int count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::string> reports;
  for (int i = 0; i < count; ++i) {
    std::string& report = reports.emplace_back();
    for (int word = 0; word < 60; ++word)
      absl::StrAppend(&report, "harbour", random() % 500 * seed, " ");
  }
  return reports;
}

TEST(ArticleDictionaryTest, WhatIsCompressedWithItComesBackAndIsSmaller) {
  const std::string bytes = TrainDictionary(Reports(500, 1));
  ASSERT_FALSE(bytes.empty());
  EXPECT_LE(bytes.size(), kDictionaryBytes);
  const ArticleDictionary dictionary(bytes);
  const ArticlePacker packer(bytes, 9);
  for (const std::string& report : Reports(20, 1)) {
    const std::string frame = packer.Compress(report);
    EXPECT_LT(frame.size(), Compress(report).size() * 3 / 4);
    EXPECT_EQ(dictionary.Decompress(frame).value_or("?"), report);
  }
  EXPECT_EQ(dictionary.Decompress(packer.Compress("")).value_or("?"), "");
}

TEST(ArticleDictionaryTest, AnotherDictionaryOrNoneIsRefused) {
  const std::string bytes = TrainDictionary(Reports(500, 1)), others = TrainDictionary(Reports(500, 7));
  const ArticlePacker packer(bytes, 9);
  const std::string frame = packer.Compress(Reports(1, 1).front());
  EXPECT_EQ(ArticleDictionary(others).Decompress(frame).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Decompress(frame).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ArticleDictionary(bytes).Decompress("no frame").status().code(), absl::StatusCode::kDataLoss);
}

TEST(ArticleDictionaryTest, FewOrStrangeSamplesMakeNone) {
  EXPECT_EQ(TrainDictionary({}), "");
  EXPECT_EQ(TrainDictionary(Reports(10, 1)), "");
  EXPECT_EQ(TrainDictionary({std::string(200'000, 'a')}), "");
}

}  // namespace
}  // namespace broadsheet
