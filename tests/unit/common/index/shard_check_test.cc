#include "common/index/shard_check.h"

#include <gtest/gtest.h>

#include <fstream>

#include "common/base/hash.h"
#include "support/damage.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

bool GoOn(int64_t) {
  return true;
}

class ShardCheckTest : public testing::Test {
 protected:
  ShardCheckTest() {
    for (const char* name : {"iamglass", "large"}) {
      std::ofstream(File(name), std::ios::binary) << std::string(name[0] == 'l' ? 3'000'000 : 120, name[0]);
      shard_.files.push_back(SumFile(File(name), GoOn).value());
    }
  }

  std::filesystem::path File(const std::string& name) const { return directory_.path() / name; }

  std::string Damage() const {
    const auto problems = FindDamagedFiles(directory_.path(), shard_, GoOn);
    return problems.ok() ? InWords(*problems) : std::string(problems.status().message());
  }

  support::TempDirectory directory_;
  ShardEntry shard_;
};

TEST_F(ShardCheckTest, TheSumIsThatOfTheWholeFile) {
  EXPECT_EQ(shard_.files[1].bytes, 3'000'000);
  EXPECT_EQ(shard_.files[1].crc32c, Crc32c(std::string(3'000'000, 'l')));
  EXPECT_EQ(Damage(), "");
}

TEST_F(ShardCheckTest, EveryByteCounts) {
  for (int64_t offset : {0, 1, 1'048'575, 1'048'576, 2'999'999}) {
    support::FlipByte(File("large"), offset);
    EXPECT_EQ(Damage(), "large has another checksum") << offset;
    support::FlipByte(File("large"), offset);
    EXPECT_EQ(Damage(), "") << offset;
  }
}

TEST_F(ShardCheckTest, MissingAndShortFilesAreFoundWithoutReading) {
  std::filesystem::remove(File("iamglass"));
  std::filesystem::resize_file(File("large"), 2'999'999);
  EXPECT_EQ(InWords(FindMissingFiles(directory_.path(), shard_)),
            "iamglass is missing, large has 2999999 bytes in the place of 3000000");
  EXPECT_EQ(Damage(), "iamglass is missing, large has 2999999 bytes in the place of 3000000");
  EXPECT_EQ(InWords(FindMissingFiles(directory_.path() / "gone", shard_)), "iamglass is missing, large is missing");
}

TEST_F(ShardCheckTest, ReadingEndsWhenItIsToldTo) {
  int64_t read = 0;
  const auto ended = FindDamagedFiles(directory_.path(), shard_, [&](int64_t bytes) { return (read += bytes) < 200; });
  EXPECT_TRUE(absl::IsCancelled(ended.status())) << ended.status();
  EXPECT_LT(read, 3'000'000);
}

TEST_F(ShardCheckTest, WhatSaysNothingOfTheFileIsNoDamage) {
  EXPECT_TRUE(absl::IsDataLoss(SumFile(File("gone"), GoOn).status()));
  EXPECT_TRUE(absl::IsInternal(SumFile(std::string(5'000, 'x'), GoOn).status())) << "the name is too long";
}

}  // namespace
}  // namespace broadsheet
