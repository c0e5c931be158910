// Copies and their originals while a damaged shard is left out: what comes meanwhile must not leave them as they are
// not.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "repair_fixture.h"
#include "support/damage.h"

namespace broadsheet::ingest {
namespace {

class RepairCopiesTest : public RepairTest {
 protected:
  // Articles that are like no others, until the shard that is written is full and sealed.
  void FillShard(ShardSet& shards) {
    for (int64_t i = 0; i < Options().hot_documents; ++i)
      log_.Write(absl::StrCat("plain-", log_.last_sequence()), "A title", absl::StrCat("Line ", log_.last_sequence()));
    ASSERT_NO_FATAL_FAILURE(ApplyAll(shards));
    ASSERT_NO_FATAL_FAILURE(TendUntilWhole(shards));
  }

  // The newest event, before anything else is restored.
  void ApplyLast(ShardSet& shards) {
    const int64_t sequence = log_.last_sequence();
    ASSERT_TRUE(Apply(shards, log_.Reader()(sequence - 1, {sequence, 1, 0})->front()).ok());
    ASSERT_TRUE(shards.writer().Commit(sequence).ok());
  }

  // Wherever a file names a shard, it names one that does not exist. Returns how often.
  static int NameAnother(const std::filesystem::path& file, const std::string& uuid) {
    std::string content = (std::ostringstream() << std::ifstream(file, std::ios::binary).rdbuf()).str();
    int found = 0;
    for (size_t at = content.find(uuid); at != std::string::npos; at = content.find(uuid, at)) {
      char& last = content[at + uuid.size() - 1];
      last = last == '0' ? '1' : '0';
      ++found;
    }
    std::ofstream(file, std::ios::binary) << content;
    return found;
  }

  std::mt19937 random_{7};
  const std::string report_ = Report(0, 0, random_);
};

TEST_F(RepairCopiesTest, CopiesOfALostArticleLoseItWhenItIsRewritten) {
  auto shards = Open();
  log_.Write("original", "A title", report_);
  ASSERT_NO_FATAL_FAILURE(FillShard(*shards));
  log_.Write("copy", "A title", report_);
  ASSERT_NO_FATAL_FAILURE(ApplyAll(*shards));
  shards.reset();
  support::FlipByte(FileOf(Sealed(true), "position.glass"));
  shards = Open();
  ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
  log_.Write("original", "A title", "Something else altogether");
  ASSERT_NO_FATAL_FAILURE(ApplyLast(*shards));
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards));
}

// What a shard says of overtaken versions is damaged, and read before that is found: one of them stands again
// meanwhile.
TEST_F(RepairCopiesTest, NothingStaysACopyOfAnOvertakenVersion) {
  auto shards = Open();
  log_.Write("rewritten", "A title", report_);
  ASSERT_NO_FATAL_FAILURE(FillShard(*shards));
  const ShardEntry first = Sealed(true);
  log_.Write("rewritten", "A title", "Something else altogether");
  ASSERT_NO_FATAL_FAILURE(FillShard(*shards));
  const std::optional<ShardEntry> second = WithMarks();
  ASSERT_TRUE(second.has_value());
  shards.reset();
  ASSERT_GT(NameAnother(FileOf(*second, "postlist.glass"), first.uuid), 0);
  shards = Open();
  log_.Write("late", "A title", report_);
  ASSERT_NO_FATAL_FAILURE(ApplyLast(*shards));
  ASSERT_EQ(shards->status().damaged, 0) << "found too early for this test";
  ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards));
}

}  // namespace
}  // namespace broadsheet::ingest
