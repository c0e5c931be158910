#include "common/index/manifest.h"

#include <gtest/gtest.h>

#include <string>

#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/schema/field.h"
#include "common/text/analyzer_version.h"
#include "support/temp_directory.h"

namespace broadsheet {
namespace {

using Code = absl::StatusCode;
using support::TempDirectory;

ShardEntry Shard(std::string uuid) {
  return {.uuid = std::move(uuid),
          .first_sequence = 1,
          .last_sequence = 0,
          .schema_version = kSchemaVersion,
          .analyzer_version = kAnalyzerVersion,
          .xapian_version = "1.4.22",
          .state = ShardState::kHot,
          .documents = 0,
          .bytes = 0,
          .earliest_published_us = std::nullopt,
          .latest_published_us = std::nullopt,
          .files = {},
          .damage = "",
          .damaged_us = 0};
}

Manifest TwoShards() {
  Manifest manifest{.generation = 5, .lineage = "a lineage", .shards = {Shard("one"), Shard("two")}};
  manifest.shards[0].last_sequence = 41;
  manifest.shards[1].first_sequence = 42;
  return manifest;
}

TEST(ManifestTest, WhatIsWrittenIsRead) {
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), TwoShards()).ok());
  auto manifest = ReadManifest(directory.path());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->generation, 5);
  EXPECT_EQ(manifest->lineage, "a lineage");
  ASSERT_EQ(manifest->shards.size(), 2u);
  EXPECT_EQ(manifest->shards[0].uuid, "one");
  EXPECT_EQ(manifest->shards[0].last_sequence, 41);
  EXPECT_EQ(manifest->shards[1].first_sequence, 42);
  EXPECT_EQ(manifest->shards[1].last_sequence, 0);
  EXPECT_EQ(manifest->shards[1].schema_version, kSchemaVersion);
  EXPECT_EQ(manifest->shards[1].analyzer_version, kAnalyzerVersion);
  EXPECT_EQ(manifest->shards[1].xapian_version, "1.4.22");
}

TEST(ManifestTest, WhatIsKnownOfAShardThatIsWrittenNoMoreIsRead) {
  Manifest written = TwoShards();
  written.shards[0].state = ShardState::kSealed;
  written.shards[0].documents = 40;
  written.shards[0].bytes = 123'456;
  written.shards[0].earliest_published_us = -5;
  written.shards[0].latest_published_us = 1'760'000'000'000'000;
  written.shards[0].files = {{"postlist.glass", 8192, 0xFFFFFFFF}, {"iamglass", 120, 7}};
  written.shards.push_back(Shard("three"));
  written.shards[2].state = ShardState::kFrozen;
  written.shards[2].documents = 3;
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), written).ok());
  auto manifest = ReadManifest(directory.path());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  const ShardEntry& sealed = manifest->shards[0];
  EXPECT_EQ(sealed.state, ShardState::kSealed);
  EXPECT_EQ(sealed.documents, 40);
  EXPECT_EQ(sealed.bytes, 123'456);
  EXPECT_EQ(sealed.earliest_published_us, -5);
  EXPECT_EQ(sealed.latest_published_us, 1'760'000'000'000'000);
  EXPECT_EQ(sealed.files, written.shards[0].files);
  EXPECT_EQ(manifest->shards[1].state, ShardState::kHot);
  EXPECT_EQ(manifest->shards[2].state, ShardState::kFrozen);
  EXPECT_EQ(manifest->shards[2].documents, 3);
  EXPECT_FALSE(manifest->shards[2].latest_published_us.has_value());
}

TEST(ManifestTest, WhatIsKnownOfADamagedShardIsReadAndEarlierBuildsAreTold) {
  Manifest written = TwoShards();
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), written).ok());
  EXPECT_NE(ReadFile(directory.path() / "MANIFEST")->find("\"format\": 2"), std::string::npos);
  written.shards[0].state = ShardState::kDamaged;
  written.shards[0].documents = 40;
  written.shards[0].schema_version = kSchemaVersion + 1;  // nobody reads it
  written.shards[0].damage = "docdata.glass is missing";
  written.shards[0].damaged_us = 1'760'000'000'000'000;
  ASSERT_TRUE(WriteManifest(directory.path(), written).ok());
  EXPECT_NE(ReadFile(directory.path() / "MANIFEST")->find("\"format\": 3"), std::string::npos);
  auto manifest = ReadManifest(directory.path());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->shards[0].state, ShardState::kDamaged);
  EXPECT_EQ(manifest->shards[0].last_sequence, 41);
  EXPECT_EQ(manifest->shards[0].documents, 40);
  EXPECT_EQ(manifest->shards[0].damage, "docdata.glass is missing");
  EXPECT_EQ(manifest->shards[0].damaged_us, 1'760'000'000'000'000);
  EXPECT_TRUE(CheckReadable(*manifest).ok());
}

TEST(ManifestTest, TheShardOfTheFirstFormatIsHot) {
  TempDirectory directory;
  constexpr char kFirst[] = R"({"format": 1, "generation": 7, "lineage": "a lineage", "shards": [
      {"uuid": "one", "first_sequence": 1, "last_sequence": 0, "schema_version": 1, "analyzer_version": 2,
       "xapian_version": "1.4.22"}]})";
  ASSERT_TRUE(ReplaceFile(directory.path() / "MANIFEST", kFirst).ok());
  auto manifest = ReadManifest(directory.path());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->generation, 7);
  ASSERT_EQ(manifest->shards.size(), 1u);
  EXPECT_EQ(manifest->shards[0].uuid, "one");
  EXPECT_EQ(manifest->shards[0].state, ShardState::kHot);
}

TEST(ManifestTest, AStateThatIsUnknownIsDataLoss) {
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), TwoShards()).ok());
  std::string content = ReadFile(directory.path() / "MANIFEST").value();
  content.replace(content.find("\"hot\""), 5, "\"wet\"");
  ASSERT_TRUE(ReplaceFile(directory.path() / "MANIFEST", content).ok());
  EXPECT_EQ(ReadManifest(directory.path()).status().code(), Code::kDataLoss);
}

TEST(ManifestTest, AnEmptyIndexHasAManifestWithoutShards) {
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), Manifest{}).ok());
  auto manifest = ReadManifest(directory.path());
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_TRUE(manifest->shards.empty());
}

TEST(ManifestTest, WritingReplacesTheOldOneAndLeavesNoTemporaryFile) {
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), TwoShards()).ok());
  ASSERT_TRUE(WriteManifest(directory.path(), Manifest{.generation = 6, .lineage = "", .shards = {}}).ok());
  EXPECT_EQ(ReadManifest(directory.path())->generation, 6);
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory.path()))
    ++files;
  EXPECT_EQ(files, 1);
}

TEST(ManifestTest, WithoutAManifestItIsNotFound) {
  TempDirectory directory;
  EXPECT_EQ(ReadManifest(directory.path()).status().code(), Code::kNotFound);
}

TEST(ManifestTest, AnUnknownFormatAsksForARebuild) {
  TempDirectory directory;
  ASSERT_TRUE(ReplaceFile(directory.path() / "MANIFEST", R"({"format": 99, "shape": "unheard of"})").ok());
  absl::Status status = ReadManifest(directory.path()).status();
  EXPECT_EQ(status.code(), Code::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "INDEX_VERSION");
  EXPECT_NE(status.message().find("ingest-service rebuild"), absl::string_view::npos) << status;
}

TEST(ManifestTest, EveryCutOfTheFileIsDataLoss) {
  TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), TwoShards()).ok());
  std::string whole = ReadFile(directory.path() / "MANIFEST").value();
  size_t closing = whole.rfind('}');
  for (size_t size = 0; size <= closing; ++size) {
    ASSERT_TRUE(ReplaceFile(directory.path() / "MANIFEST", whole.substr(0, size)).ok());
    EXPECT_EQ(ReadManifest(directory.path()).status().code(), Code::kDataLoss) << "cut at " << size;
  }
}

TEST(ManifestTest, AFieldOfTheWrongTypeIsDataLoss) {
  TempDirectory directory;
  for (const char* content : {"[]", "7", R"({"format": "1"})", R"({"format": 1})",
                              R"({"format": 1, "generation": "x", "lineage": "", "shards": []})",
                              R"({"format": 1, "generation": 1, "lineage": "", "shards": [7]})"}) {
    ASSERT_TRUE(ReplaceFile(directory.path() / "MANIFEST", content).ok());
    EXPECT_EQ(ReadManifest(directory.path()).status().code(), Code::kDataLoss) << content;
  }
}

TEST(ManifestTest, ShardsOfThisBuildAreReadable) {
  EXPECT_TRUE(CheckReadable(TwoShards()).ok());
  EXPECT_TRUE(CheckReadable(Manifest{}).ok());
}

void ExpectRebuild(const Manifest& manifest, std::string_view what) {
  absl::Status status = CheckReadable(manifest);
  std::string message(status.message());
  EXPECT_EQ(status.code(), Code::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "INDEX_VERSION");
  EXPECT_NE(message.find("ingest-service rebuild"), std::string::npos) << message;
  EXPECT_NE(message.find(what), std::string::npos) << message;
  EXPECT_NE(message.find("two"), std::string::npos) << message;
}

TEST(ManifestTest, AnotherSchemaOrAnalyzerInAnyShardAsksForARebuild) {
  Manifest other_schema = TwoShards();
  other_schema.shards[1].schema_version = kSchemaVersion + 1;
  ExpectRebuild(other_schema, "schema");
  Manifest other_analyzer = TwoShards();
  other_analyzer.shards[1].analyzer_version = kAnalyzerVersion - 1;
  ExpectRebuild(other_analyzer, "analyzer");
}

}  // namespace
}  // namespace broadsheet
