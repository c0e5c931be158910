#include "ingest/index/shard_verifier.h"

#include <gmock/gmock.h>

#include <fstream>
#include <functional>
#include <thread>

#include "event_log.h"
#include "support/damage.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ShardVerifierTest : public testing::Test {
 protected:
  // A sealed shard of two files.
  ShardEntry Add(const std::string& uuid, int64_t last_sequence, size_t bytes = 100'000) {
    ShardEntry shard;
    shard.uuid = uuid;
    shard.state = ShardState::kSealed;
    shard.last_sequence = last_sequence;
    std::filesystem::create_directories(directory_.path() / uuid);
    for (const char* name : {"iamglass", "docdata.glass"}) {
      std::ofstream(File(uuid, name), std::ios::binary) << std::string(bytes, name[0]) << uuid;
      shard.files.push_back(SumFile(File(uuid, name), [](int64_t) { return true; }).value());
      shard.bytes += shard.files.back().bytes;
    }
    manifest_.shards.push_back(shard);
    return shard;
  }

  std::filesystem::path File(const std::string& uuid, const std::string& name) const {
    return directory_.path() / uuid / name;
  }

  VerifierOptions Options() const { return {directory_.path(), absl::Hours(1), int64_t{1} << 40}; }

  static void WaitFor(const std::function<bool()>& done) {
    while (!done())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  support::TempDirectory directory_;
  SetClock clock_;
  Manifest manifest_;
};

TEST_F(ShardVerifierTest, EveryShardIsVerifiedAtTheStart) {
  Add("one", 10);
  Add("two", 20);
  ShardVerifier verifier(Options(), clock_);
  verifier.SetShards(manifest_);
  WaitFor([&] { return verifier.state().verified.size() == 2; });
  EXPECT_EQ(verifier.state().bytes, manifest_.shards[0].bytes + manifest_.shards[1].bytes);
  EXPECT_EQ(verifier.state().verified["one"], TestStart());
  EXPECT_THAT(verifier.Take(), IsEmpty());
}

TEST_F(ShardVerifierTest, OneByteIsEnoughAndIsNamed) {
  Add("one", 10);
  Add("two", 20);
  support::FlipByte(File("one", "docdata.glass"), 77'777);
  ShardVerifier verifier(Options(), clock_);
  verifier.SetShards(manifest_);
  std::vector<FoundDamage> found;
  WaitFor([&] { return !(found = verifier.Take()).empty(); });
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].uuid, "one");
  EXPECT_EQ(found[0].what, "docdata.glass has another checksum");
  EXPECT_FALSE(found[0].marks_doubtful);
  WaitFor([&] { return verifier.state().verified.contains("two"); });
  EXPECT_FALSE(verifier.state().verified.contains("one"));
  EXPECT_THAT(verifier.Take(), IsEmpty()) << "it is told once";
}

TEST_F(ShardVerifierTest, TheNewestComesFirst) {
  Add("old", 10);
  Add("new", 30);
  Add("middle", 20);
  VerifierOptions options = Options();
  options.bytes_per_second = 2'000'000;  // a tenth of a second each
  ShardVerifier verifier(options, clock_);
  verifier.SetShards(manifest_);
  WaitFor([&] { return !verifier.state().verified.empty(); });
  EXPECT_TRUE(verifier.state().verified.contains("new"));
  WaitFor([&] { return verifier.state().verified.size() == 2; });
  EXPECT_TRUE(verifier.state().verified.contains("middle"));
}

TEST_F(ShardVerifierTest, WhatIsMissingIsFoundBeforeAnythingIsRead) {
  Add("one", 10);
  Add("large", 20, 30'000'000);
  std::filesystem::remove(File("one", "iamglass"));
  VerifierOptions options = Options();
  options.bytes_per_second = 1;  // hours for the newer one
  ShardVerifier verifier(options, clock_);
  verifier.SetShards(manifest_);
  std::vector<FoundDamage> found;
  WaitFor([&] { return !(found = verifier.Take()).empty(); });
  EXPECT_EQ(found[0].what, "iamglass is missing");
  EXPECT_TRUE(found[0].marks_doubtful);
  EXPECT_LE(verifier.state().bytes, 1 << 20);
}

TEST_F(ShardVerifierTest, ItIsVerifiedAgainAfterTheIntervalOrWhenItIsSuspected) {
  Add("one", 10);
  VerifierOptions options = Options();
  ShardVerifier rarely(options, clock_);
  rarely.SetShards(manifest_);
  WaitFor([&] { return rarely.state().verified.size() == 1; });
  options.interval = absl::Milliseconds(5);
  ShardVerifier often(options, clock_);
  often.SetShards(manifest_);
  WaitFor([&] { return often.state().bytes > 3 * manifest_.shards[0].bytes; });
  support::FlipByte(File("one", "docdata.glass"));
  WaitFor([&] { return !often.Take().empty(); });
  EXPECT_EQ(rarely.state().bytes, manifest_.shards[0].bytes);
  rarely.Suspect("one");
  WaitFor([&] { return !rarely.Take().empty(); });
}

TEST_F(ShardVerifierTest, ShardsThatAreGoneAreForgotten) {
  Add("one", 10);
  Add("two", 20);
  ShardVerifier verifier(Options(), clock_);
  verifier.SetShards(manifest_);
  WaitFor([&] { return verifier.state().verified.size() == 2; });
  manifest_.shards.pop_back();
  verifier.SetShards(manifest_);
  EXPECT_THAT(verifier.state().verified, SizeIs(1));
}

}  // namespace
}  // namespace broadsheet::ingest
