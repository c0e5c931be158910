#include "ingest/index/seal.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/index/shard_dictionary.h"
#include "common/index/superseded.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"
#include "common/schema/stored_article.h"
#include "event_log.h"
#include "ingest/index/freeze.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/rebuild.h"
#include "support/damage.h"
#include "support/index_audit.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kLineage[] = "lineage-1";

bool Never() {
  return false;
}

// An index of some frozen shards and a hot one, written from a log.
class SealTest : public testing::Test {
 protected:
  SealTest() {
    std::filesystem::create_directories(Index());
    manifest_ = {1, kLineage, {NewShardEntry(1)}};
    const ShardEntry& shard = manifest_.shards[0];
    writer_ = ShardWriter::Create(ShardDirectory(Index(), shard), shard, kLineage, 100).value();
    EXPECT_TRUE(WriteManifest(Index(), manifest_).ok());
  }

  std::filesystem::path Index() const { return directory_.path() / "index"; }

  void Apply(int64_t through) {
    const auto events = log_.Reader()(writer_->sequence(), {through, 10'000, 0});
    for (const IndexEvent& event : *events)
      ASSERT_TRUE(writer_->Apply(Prepare(event)).ok());
    ASSERT_TRUE(writer_->Commit(through).ok());
  }

  void Freeze() {
    auto next = FreezeHotShard(Index(), *writer_, 100, manifest_);
    ASSERT_TRUE(next.ok()) << next.status();
    writer_ = *std::move(next);
  }

  // Of the shards at these places in the manifest.
  SealRequest Request(const std::vector<size_t>& places) {
    SealRequest request;
    request.index_directory = Index();
    request.lineage = kLineage;
    request.run_documents = 7;
    request.prepared_bytes = 3'000;  // a few documents
    for (size_t i = 0; i < manifest_.shards.size(); ++i) {
      const ShardEntry& shard = manifest_.shards[i];
      if (std::find(places.begin(), places.end(), i) == places.end()) {
        request.other_shards.insert(shard.uuid);
      } else {
        request.sources.push_back({shard, writer_->documents_of().SupersededIn(shard.uuid)});
      }
    }
    return request;
  }

  // As ShardSet does it.
  void Switch(const SealRequest& request, const ShardEntry& sealed) {
    const ColdShard fresh{sealed.uuid, ShardDirectory(Index(), sealed)};
    ASSERT_TRUE(writer_->CarryMarks(request.sources, fresh).ok());
    for (const SealSource& source : request.sources) {
      std::erase_if(manifest_.shards, [&](const ShardEntry& shard) { return shard.uuid == source.entry.uuid; });
    }
    manifest_.shards.insert(manifest_.shards.begin(), sealed);
    ASSERT_TRUE(WriteManifest(Index(), manifest_).ok());
    ASSERT_TRUE(writer_->MoveTo(ColdShards(Index(), manifest_)).ok());
  }

  // Seals, and goes over to the new shard.
  ShardEntry SealAndSwitch(const SealRequest& request) {
    const ShardEntry sealed = SealShards(request, Never).value();
    Switch(request, sealed);
    return sealed;
  }

  void ExpectAsRebuilt() {
    RebuildOptions options;
    options.directory = directory_.path() / "fresh";
    options.lineage = kLineage;
    options.archive_sequence = writer_->sequence();
    ASSERT_TRUE(Rebuild(options, log_.Reader(), clock_, [](int64_t) {}).ok());
    auto same = support::CompareIndexes(Index(), options.directory);
    ASSERT_TRUE(same.ok()) << same.status();
    EXPECT_THAT(same->differences, IsEmpty());
  }

  // Published times and sequences, in the order of docids.
  std::vector<std::pair<int64_t, int64_t>> Order(const ShardEntry& shard) {
    const Xapian::Database database(ShardDirectory(Index(), shard).string());
    std::vector<std::pair<int64_t, int64_t>> order;
    for (auto place = database.postlist_begin(""); place != database.postlist_end(""); ++place) {
      const Xapian::Document document = database.get_document(*place);
      const std::string published = document.get_value(GetField(FieldId::kPublishedTime).slot);
      const std::string sequence = document.get_value(GetField(FieldId::kSequence).slot);
      order.emplace_back(published.empty() ? kUndated : absl::ToUnixMicros(DecodeTime(published)),
                         DecodeNumber(sequence));
    }
    return order;
  }

  // Of all stored articles of a shard.
  int64_t StoredBytes(const ShardEntry& shard) {
    const Xapian::Database database(ShardDirectory(Index(), shard).string());
    int64_t bytes = 0;
    for (auto place = database.postlist_begin(""); place != database.postlist_end(""); ++place)
      bytes += static_cast<int64_t>(database.get_document(*place).get_data().size());
    return bytes;
  }

  static constexpr int64_t kUndated = std::numeric_limits<int64_t>::min();

  support::TempDirectory directory_;
  EventLog log_;
  SetClock clock_;
  Manifest manifest_;
  std::unique_ptr<ShardWriter> writer_;
};

TEST_F(SealTest, TheDocumentsThatStandComeNewestFirstAndTheIndexIsTheSame) {
  for (int i = 0; i < 20; ++i)  // every seventh event has no date
    log_.Write(absl::StrCat("early-", i), "A title", absl::StrCat("Body number ", i, "."));
  log_.WriteRandomly(280, 3);
  for (int64_t through : {100, 200}) {
    Apply(through);
    Freeze();
  }
  Apply(300);
  const SealRequest request = Request({0});
  ASSERT_GT(request.sources[0].superseded.size(), 10u);
  const ShardEntry sealed = SealAndSwitch(request);
  ExpectAsRebuilt();

  auto order = Order(sealed);
  EXPECT_EQ(order.size(), request.sources[0].entry.documents - request.sources[0].superseded.size());
  EXPECT_TRUE(std::is_sorted(order.rbegin(), order.rend()));
  EXPECT_EQ(order.back().first, kUndated);
  EXPECT_EQ(sealed.state, ShardState::kSealed);
  EXPECT_EQ(sealed.documents, static_cast<int64_t>(order.size()));
  EXPECT_EQ(sealed.latest_published_us, order.front().first);
  const auto last_dated = std::find_if(order.rbegin(), order.rend(), [](auto& key) { return key.first != kUndated; });
  EXPECT_EQ(sealed.earliest_published_us, last_dated->first);
  EXPECT_EQ(sealed.first_sequence, 1);
  EXPECT_EQ(sealed.last_sequence, 100);
}

TEST_F(SealTest, FilesAreListedWithTheirSums) {
  log_.WriteRandomly(80, 4);
  Apply(80);
  Freeze();
  auto sealed = SealShards(Request({0}), Never);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  std::set<std::string> names;
  int64_t bytes = 0;
  for (const ShardFile& file : sealed->files) {
    names.insert(file.name);
    bytes += file.bytes;
    const auto content = ReadFile(ShardDirectory(Index(), *sealed) / file.name);
    ASSERT_TRUE(content.ok());
    EXPECT_EQ(static_cast<int64_t>(content->size()), file.bytes) << file.name;
    EXPECT_EQ(Crc32c(*content), file.crc32c) << file.name;
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"iamglass", "postlist.glass", "termlist.glass", "docdata.glass"}));
  EXPECT_EQ(sealed->bytes, bytes);
  EXPECT_EQ(BytesUnder(ShardDirectory(Index(), *sealed)), bytes);
}

TEST_F(SealTest, SeveralShardsBecomeOneAndTakeAlongWhatTheySayOfOthers) {
  log_.WriteRandomly(500, 5);
  for (int64_t through : {100, 200, 300, 400}) {
    Apply(through);
    Freeze();
  }
  Apply(500);
  ShardEntry sealed;
  for (const std::vector<size_t>& places : {std::vector<size_t>{1, 3}, {0, 2}, {1}, {0, 1}}) {
    const SealRequest request = Request(places);
    const ShardEntry made = SealAndSwitch(request);
    ExpectAsRebuilt();
    EXPECT_TRUE(std::ranges::is_sorted(Order(made), std::greater<>()));
    sealed = made;
  }
  ASSERT_EQ(manifest_.shards.size(), 2u);
  EXPECT_EQ(sealed.first_sequence, 1);
  EXPECT_EQ(sealed.last_sequence, 400);
  EXPECT_TRUE(ReadSupersededMarks(Xapian::Database(ShardDirectory(Index(), sealed).string())).empty())
      << "of shards that are gone";
}

TEST_F(SealTest, WhatBecomesSupersededMeanwhileIsSupersededInTheNewShard) {
  log_.WriteRandomly(400, 6);
  Apply(100);
  Freeze();
  const SealRequest request = Request({0});
  Apply(200);
  auto sealed = SealShards(request, Never);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  Apply(300);
  Freeze();
  Apply(400);
  Switch(request, *sealed);
  EXPECT_GT(writer_->documents_of().SupersededIn(sealed->uuid).size(), 10u);
  ExpectAsRebuilt();
  const SupersededDocids marks =
      ReadSupersededMarks(Xapian::Database(ShardDirectory(Index(), manifest_.shards.back()).string()));
  EXPECT_FALSE(marks.contains(request.sources[0].entry.uuid)) << "the marks of the old shard are gone";
}

// Reports of their own; every tenth is a copy of the one before it.
void WriteReports(int count, EventLog& log) {
  std::mt19937 random(7);
  for (int i = 0; i < count; ++i) {
    const int number = i % 10 == 9 ? i - 1 : i;
    log.Write(absl::StrCat("report-", i), absl::StrCat("Report of day ", i), Report(number, 1, random));
  }
}

TEST_F(SealTest, StoredArticlesHaveADictionaryOfTheirShardAndStayTheSame) {
  WriteReports(160, log_);
  Apply(80);
  Freeze();
  Apply(160);
  Freeze();
  std::set<std::string> dictionaries;
  for (const std::vector<size_t>& places : {std::vector<size_t>{0}, {1}, {0, 1}}) {
    const SealRequest request = Request(places);
    int64_t before = 0;
    for (const SealSource& source : request.sources)
      before += StoredBytes(source.entry);
    const ShardEntry sealed = SealAndSwitch(request);
    ExpectAsRebuilt();
    EXPECT_LT(StoredBytes(sealed), places.size() == 1 ? before * 4 / 5 : before * 11 / 10);
    dictionaries.insert(Xapian::Database(ShardDirectory(Index(), sealed).string()).get_metadata(kDictionaryKey));
  }
  EXPECT_EQ(dictionaries.size(), 3u);
  EXPECT_FALSE(dictionaries.contains(""));
}

TEST_F(SealTest, ACopyInASealedShardThatGetsAnotherOriginalNeedsItsDictionaryNoMore) {
  WriteReports(80, log_);
  Apply(80);
  Freeze();
  const SealRequest request = Request({0});
  const ShardEntry sealed = SealAndSwitch(request);
  log_.Delete("report-8");
  Apply(81);
  const std::vector<Xapian::docid> superseded = writer_->documents_of().SupersededIn(sealed.uuid);
  ASSERT_EQ(superseded.size(), 2u) << "the original and its copy";
  ExpectAsRebuilt();
  const Xapian::Database hot(ShardDirectory(Index(), manifest_.shards.back()).string());
  int articles = 0;
  for (auto place = hot.postlist_begin(""); place != hot.postlist_end(""); ++place) {
    const std::string data = hot.get_document(*place).get_data();
    if (data.empty()) continue;
    ++articles;
    EXPECT_EQ(DecodeCard(data, nullptr).value().id(), "report-9");
  }
  EXPECT_EQ(articles, 1);
}

TEST_F(SealTest, AStoredArticleThatCannotBeReadStaysAsItIs) {
  WriteReports(100, log_);
  Apply(100);
  Freeze();
  const std::string frozen = ShardDirectory(Index(), manifest_.shards[0]).string();
  {
    Xapian::WritableDatabase damaged(frozen);
    Xapian::Document document = damaged.get_document(50);
    document.set_data(document.get_data() + "?");
    damaged.replace_document(50, document);
  }
  auto sealed = SealShards(Request({0}), Never);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  const Xapian::Database shard(ShardDirectory(Index(), *sealed).string());
  const auto dictionary = ReadDictionary(shard);
  ASSERT_NE(dictionary, nullptr);
  int damaged = 0;
  for (auto place = shard.postlist_begin(""); place != shard.postlist_end(""); ++place) {
    const auto card = DecodeCard(shard.get_document(*place).get_data(), dictionary.get());
    if (!card.ok()) ++damaged;
  }
  EXPECT_EQ(damaged, 1);
  EXPECT_EQ(sealed->documents, 100);
}

TEST_F(SealTest, ManyRunsArePutTogetherInRounds) {
  for (int i = 0; i < 150; ++i)
    log_.Write(absl::StrCat("article-", i), "A title", absl::StrCat("Body number ", i, "."));
  Apply(150);
  Freeze();
  SealRequest request = Request({0});
  request.run_documents = 1;
  const ShardEntry sealed = SealAndSwitch(request);
  ExpectAsRebuilt();
  EXPECT_TRUE(std::ranges::is_sorted(Order(sealed), std::greater<>()));
}

TEST_F(SealTest, AShardOfWhichNothingStandsBecomesAnEmptyOne) {
  for (int i = 0; i < 5; ++i)
    log_.Write(absl::StrCat("article-", i), "A title", "A body.");
  for (int i = 0; i < 5; ++i)
    log_.Write(absl::StrCat("article-", i), "A title", "Another body.");
  Apply(5);
  Freeze();
  Apply(10);
  const SealRequest request = Request({0});
  auto sealed = SealShards(request, Never);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(sealed->documents, 0);
  EXPECT_FALSE(sealed->latest_published_us.has_value());
  Switch(request, *sealed);
  ExpectAsRebuilt();
}

TEST_F(SealTest, OldDeletionsAreForgottenAndWhatTheyReplacedStaysGone) {
  log_.Write("kept", "A title", "A body.");
  log_.Write("gone", "A title", "Another body.");
  Apply(2);
  Freeze();
  log_.Delete("gone", TestStart() - absl::Hours(24 * 9));
  log_.Delete("lately", TestStart());
  Apply(4);
  Freeze();
  log_.Write("new", "A title", "A third body.");
  Apply(5);
  SealRequest request = Request({1});
  request.forget_before = TestStart() - absl::Hours(24 * 7);
  const ShardEntry sealed = SealAndSwitch(request);
  EXPECT_THAT(Order(sealed), ElementsAre(std::pair(kUndated, int64_t{4})));
  const Xapian::Database database(ShardDirectory(Index(), sealed).string());
  EXPECT_EQ(database.get_metadata(kTombstonesSinceKey), "3");
  EXPECT_EQ(writer_->documents_of().superseded(), 1u) << "the article is gone, though its deletion is forgotten";
}

TEST_F(SealTest, ADamagedShardGetsNoNewChecksums) {
  log_.WriteRandomly(200, 9);
  Apply(100);
  Freeze();
  const SealRequest first = Request({0});
  const ShardEntry sealed = SealAndSwitch(first);
  Apply(200);
  Freeze();
  support::FlipByte(ShardDirectory(Index(), sealed) / "position.glass");
  auto merged = SealShards(Request({0, 1}), Never);
  EXPECT_TRUE(absl::IsFailedPrecondition(merged.status())) << merged.status();
  EXPECT_EQ(ReasonOf(merged.status()), "SHARD_DAMAGED");
  EXPECT_THAT(std::string(merged.status().message()), testing::HasSubstr("position.glass has another checksum"));
  EXPECT_TRUE(SealShards(Request({1}), Never).ok());
}

TEST_F(SealTest, StoppedItLeavesNothingBehind) {
  log_.WriteRandomly(100, 8);
  Apply(100);
  Freeze();
  const auto entries = [&] { return std::distance(std::filesystem::directory_iterator(Index()), {}); };
  const auto before = entries();
  for (int looks = 0; looks < 40; ++looks) {
    int left = looks;
    auto sealed = SealShards(Request({0}), [&] { return left-- == 0; });
    ASSERT_TRUE(absl::IsCancelled(sealed.status())) << looks << ": " << sealed.status();
    EXPECT_EQ(entries(), before);
  }
  ExpectAsRebuilt();
}

}  // namespace
}  // namespace broadsheet::ingest
