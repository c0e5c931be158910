#include "ingest/archive/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <future>

#include "absl/strings/str_cat.h"
#include "common/base/compress.h"
#include "common/base/error.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/archive/schema.h"
#include "ingest/archive/sqlite.h"
#include "support/temp_directory.h"
#include "unit/ingest/archive/records.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ArchiveTest : public ::testing::Test {
 protected:
  ArchiveTest() { Open(); }
  ~ArchiveTest() override { Close(); }

  void Open() {
    archive = Archive::Open(directory.path() / "archive").value();
    writer = ArchiveWriter::Start(*archive, clock, {}).value();
  }
  void Close() {
    writer.reset();
    archive.reset();
  }

  v1::IngestResult Append(Record record) {
    std::promise<absl::StatusOr<v1::IngestResult>> promise;
    auto result = promise.get_future();
    EXPECT_TRUE(writer->Append(std::move(record), [&](auto r) { promise.set_value(std::move(r)); }).ok());
    return result.get().value();
  }
  v1::IngestResult Write(const Draft& draft) { return Append(RecordOf(draft)); }

  // Runs SQL beside the archive's own connections, as a damaged disk or a foreign hand would.
  void Tamper(const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((directory.path() / "archive" / "archive.db").c_str(), &db), SQLITE_OK);
    char* error = nullptr;
    ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_close(db);
  }

  support::TempDirectory directory;
  TestClock clock;
  std::unique_ptr<Archive> archive;
  std::unique_ptr<ArchiveWriter> writer;
};

TEST_F(ArchiveTest, GivesEveryOutcomeWithTheSequenceThatStands) {
  v1::IngestResult created = Write({.id = "a", .text = "one", .updated = kNoon});
  EXPECT_EQ(created.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(created.sequence(), 1);
  EXPECT_EQ(created.lineage(), archive->lineage());
  EXPECT_EQ(created.acknowledged(), v1::ACKNOWLEDGE_LEVEL_DURABLE);
  v1::IngestResult unchanged = Write({.id = "a", .text = "one", .updated = kNoon});
  EXPECT_EQ(unchanged.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(unchanged.sequence(), 1);
  EXPECT_EQ(unchanged.acknowledged(), v1::ACKNOWLEDGE_LEVEL_DURABLE);
  v1::IngestResult stale = Write({.id = "a", .text = "zero", .updated = kNoon - absl::Hours(1)});
  EXPECT_EQ(stale.outcome(), v1::OUTCOME_STALE);
  EXPECT_EQ(stale.sequence(), 1);
  EXPECT_EQ(Write({.id = "a", .text = "two", .updated = kNoon}).outcome(), v1::OUTCOME_UPDATED);
  v1::IngestResult copy = Write({.id = "b", .text = "two"});
  EXPECT_EQ(copy.outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_EQ(copy.duplicate_of(), "a");
  v1::IngestResult deleted = Append(DeletionOf("b"));
  EXPECT_EQ(deleted.outcome(), v1::OUTCOME_DELETED);
  EXPECT_EQ(deleted.sequence(), 4);
  EXPECT_EQ(Append(DeletionOf("b")).outcome(), v1::OUTCOME_UNCHANGED);
  v1::IngestResult rejected = Append(Rejection{v1::REASON_EMPTY_CONTENT, "text", "nothing there"});
  EXPECT_EQ(rejected.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(rejected.sequence(), 0);
  EXPECT_EQ(rejected.lineage(), archive->lineage());
}

TEST_F(ArchiveTest, OnlyWhatChangesSomethingCostsARow) {
  Write({.id = "a", .updated = kNoon});
  Write({.id = "a", .updated = kNoon});
  Write({.id = "a", .text = "old", .updated = kNoon - absl::Hours(1)});
  Append(DeletionOf("never"));
  Append(Rejection{v1::REASON_EMPTY_CONTENT, "", ""});
  EXPECT_EQ(archive->ReadEvents(0)->size(), 1u);
  EXPECT_EQ(writer->durable_sequence(), 1);
}

TEST_F(ArchiveTest, EventsComeBackCompleteAndInOrder) {
  Write({.id = "a", .url = "https://lundmark.example/a", .title = "Harbour", .text = "one"});
  clock.Advance(absl::Seconds(5));
  Write({.id = "b", .text = "one", .updated = kNoon - absl::Hours(1)});
  Append(DeletionOf("a"));
  std::vector<Event> events = archive->ReadEvents(0).value();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].sequence, 1);
  EXPECT_EQ(events[0].kind, EventKind::kArticle);
  EXPECT_EQ(events[0].article.title(), "Harbour");
  EXPECT_EQ(events[0].article.body(), "one");
  EXPECT_EQ(events[0].article.id(), "a");
  EXPECT_EQ(events[0].article.revision(), 1);
  EXPECT_EQ(events[0].article.updated_time().seconds(), absl::ToUnixSeconds(kNoon));
  EXPECT_EQ(events[1].article.duplicate_of(), "a");
  EXPECT_EQ(events[1].article.sequence(), 2);
  EXPECT_EQ(events[1].updated_time, kNoon - absl::Hours(1));
  EXPECT_EQ(events[1].received_time, kNoon + absl::Seconds(5));
  EXPECT_EQ(events[1].article.ingested_time().seconds(), absl::ToUnixSeconds(kNoon) + 5);
  EXPECT_EQ(events[2].kind, EventKind::kDeletion);
  EXPECT_EQ(events[2].article_id, "a");
  EXPECT_EQ(events[2].revision, 2);
  EXPECT_EQ(archive->ReadEvents(2)->size(), 1u);
  EXPECT_TRUE(archive->ReadEvents(3)->empty());
}

TEST_F(ArchiveTest, ReadsEndAtTheirLimitsButGiveAtLeastOne) {
  for (int i = 0; i < 5; ++i)
    Write({.id = "a" + std::to_string(i), .text = std::string(1000, 'a' + i)});
  EXPECT_EQ(archive->ReadEvents(0, {.events = 2})->size(), 2u);
  EXPECT_EQ(archive->ReadEvents(0, {.bytes = 1500})->size(), 2u);
  EXPECT_EQ(archive->ReadEvents(0, {.bytes = 1})->size(), 1u);
  EXPECT_EQ(archive->ReadStanding(0, {.events = 3})->size(), 3u);
}

TEST_F(ArchiveTest, WhatStandsIsTheNewestEventOfEachArticleWithTombstones) {
  Write({.id = "a", .text = "one"});
  Write({.id = "b", .text = "two"});
  Write({.id = "c", .text = "three"});
  Write({.id = "a", .text = "four"});
  Append(DeletionOf("b"));
  std::vector<int64_t> sequences;
  std::vector<Event> standing = archive->ReadStanding(0).value();
  for (const Event& event : standing)
    sequences.push_back(event.sequence);
  EXPECT_THAT(sequences, ElementsAre(3, 4, 5));
  EXPECT_EQ(archive->ReadStanding(4)->at(0).kind, EventKind::kDeletion);
}

TEST_F(ArchiveTest, CountsFollowWritesDeletionsAndReturns) {
  Write({.id = "a", .text = "one"});
  Write({.id = "b", .text = "two"});
  Write({.id = "b", .text = "three"});
  Append(DeletionOf("a"));
  ArchiveCounts counts = archive->Counts().value();
  EXPECT_EQ(counts.articles, 1);
  EXPECT_EQ(counts.tombstones, 1);
  EXPECT_EQ(counts.last_sequence, 4);
  EXPECT_GT(counts.bytes, 0);
  Write({.id = "a", .text = "four"});
  counts = archive->Counts().value();
  EXPECT_EQ(counts.articles, 2);
  EXPECT_EQ(counts.tombstones, 0);
}

TEST_F(ArchiveTest, EverythingIsThereAfterReopening) {
  std::string lineage = archive->lineage();
  Write({.id = "a", .url = "https://lundmark.example/a", .text = "one"});
  Append(DeletionOf("a"));
  Close();
  Open();
  EXPECT_EQ(archive->lineage(), lineage);
  EXPECT_EQ(archive->ReadEvents(0)->size(), 2u);
  v1::IngestResult again = Write({.url = "https://lundmark.example/a", .text = "one"});
  EXPECT_EQ(again.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(again.article_id(), "a");
  EXPECT_EQ(again.sequence(), 3);
  EXPECT_EQ(archive->Counts()->articles, 1);
}

TEST_F(ArchiveTest, SequencesOfLostRowsAreNeverGivenAgain) {
  Write({.id = "a", .text = "one"});
  Write({.id = "b", .text = "two"});
  Close();
  Tamper("DELETE FROM event WHERE sequence = 2");
  Open();
  EXPECT_EQ(Write({.id = "c", .text = "three"}).sequence(), 3);
}

TEST_F(ArchiveTest, TimeOfReceiptNeverRunsBackwardsNotEvenAfterReopening) {
  Write({.id = "a", .text = "one"});
  clock.Set(kNoon - absl::Hours(3));
  Write({.id = "b", .text = "two"});
  Close();
  Open();
  Write({.id = "c", .text = "three"});
  const std::vector<Event> events = archive->ReadEvents(0).value();
  ASSERT_EQ(events.size(), 3u);
  for (const Event& event : events)
    EXPECT_EQ(event.received_time, kNoon);
}

TEST_F(ArchiveTest, GivesTheRawArticleOfAnyRevisionByAnyId) {
  std::string id = Write({.url = "https://lundmark.example/a", .text = "one"}).article_id();
  Write({.id = "own", .url = "https://lundmark.example/a", .text = "two"});
  Append(DeletionOf("own"));
  EXPECT_EQ(archive->GetRaw(id, 1)->article.text(), "one");
  RawRevision newest = archive->GetRaw("own", std::nullopt).value();
  EXPECT_EQ(newest.article.text(), "two");
  EXPECT_EQ(newest.revision.revision(), 2);
  EXPECT_EQ(newest.revision.normaliser_version(), 3);
  EXPECT_EQ(newest.revision.raw_hash().size(), 32u);
  EXPECT_EQ(ReasonOf(archive->GetRaw(id, 3).status()), "REVISION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(archive->GetRaw("nobody", std::nullopt).status()), "ARTICLE_NOT_FOUND");
}

TEST_F(ArchiveTest, ListsRevisionsNewestFirstAndInPages) {
  for (std::string text : {"one", "two", "three"})
    Write({.id = "a", .title = text, .text = text});
  Write({.id = "b"});
  Append(DeletionOf("a"));
  std::vector<v1::Revision> all = archive->ListRevisions("a", 0, 10).value();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].kind(), v1::EVENT_KIND_DELETION);
  EXPECT_EQ(all[0].sequence(), 5);
  EXPECT_EQ(all[1].title(), "three");
  EXPECT_EQ(all[3].revision(), 1);
  std::vector<v1::Revision> page = archive->ListRevisions("a", all[1].sequence(), 1).value();
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].title(), "two");
  EXPECT_EQ(archive->ListRevisions("nobody", 0, 10).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ArchiveTest, RevisionsTellReasonsEmbargoesAndWhatWasWithheld) {
  Write({.id = "a", .text = "one", .embargo = kNoon + absl::Hours(1)});
  Write({.id = "a", .text = "two", .withheld = true});
  DeletionRecord deletion = DeletionOf("a");
  deletion.reason = "the quotation was invented";
  Append(deletion);
  Write({.id = "b", .text = "three"});
  Append(DeletionOf("b"));
  Close();
  Open();
  std::vector<v1::Revision> revisions = archive->ListRevisions("a", 0, 10).value();
  ASSERT_EQ(revisions.size(), 3u);
  EXPECT_EQ(revisions[0].reason(), "the quotation was invented");
  EXPECT_TRUE(revisions[1].withheld());
  EXPECT_EQ(revisions[2].embargo_time().seconds(), absl::ToUnixSeconds(kNoon + absl::Hours(1)));
  EXPECT_FALSE(revisions[2].withheld());
  EXPECT_EQ(archive->ReadEvents(2).value()[0].reason, "the quotation was invented");
  EXPECT_EQ(archive->ListRevisions("b", 0, 10).value()[0].reason(), "");
}

TEST_F(ArchiveTest, CopiesAreLookedForAmongWhatReadersFind) {
  Write({.id = "held", .text = "same", .embargo = kNoon + absl::Hours(1)});
  Write({.id = "kept-back", .text = "same", .withheld = true});
  EXPECT_EQ(Write({.id = "early", .text = "same"}).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(Write({.id = "copy", .text = "same"}).duplicate_of(), "early");
  clock.Advance(absl::Hours(2));
  EXPECT_EQ(Write({.id = "late", .text = "same"}).duplicate_of(), "held");
}

TEST_F(ArchiveTest, PreviewSaysWhatWouldHappenAndWritesNothing) {
  Write({.id = "a", .text = "one"});
  v1::IngestResult update = archive->Preview(RecordOf({.id = "a", .text = "two"}), clock.Now()).value();
  EXPECT_EQ(update.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(update.sequence(), 1);
  EXPECT_EQ(update.revision(), 1);
  v1::IngestResult creation = archive->Preview(RecordOf({.id = "b", .text = "two"}), clock.Now()).value();
  EXPECT_EQ(creation.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(creation.sequence(), 0);
  EXPECT_EQ(archive->ReadEvents(0)->size(), 1u);
  EXPECT_EQ(archive->ResolveKey(DeletionRecord::Key::kId, "b").value(), "");
}

TEST_F(ArchiveTest, FlippedByteInAnArticleIsDataLossNamingTheSequence) {
  Write({.id = "a", .text = "one"});
  Write({.id = "b", .text = "two"});
  Tamper(
      "UPDATE event SET derived = CAST(substr(derived, 1, 8) || x'ff' || substr(derived, 10) AS BLOB) WHERE sequence = "
      "2");
  absl::Status status = archive->ReadEvents(1).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("event 2"));
  EXPECT_EQ(archive->ReadStanding(1).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(archive->ListRevisions("b", 0, 1).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(archive->ReadEvents(0, {.events = 1}).ok());
}

TEST_F(ArchiveTest, EveryColumnOfARowIsUnderTheChecksum) {
  Write({.id = "a", .text = "one"});
  for (std::string change :
       {"kind = 2", "article_id = 'b'", "revision = 2", "received_us = received_us + 1", "updated_us = updated_us + 1",
        "normaliser_version = 4", "raw_hash = 'x'", "text_hash = 'x'", "duplicate_of = 'x'", "sequence = 9"}) {
    std::string where = " WHERE rowid = (SELECT max(sequence) FROM event)";
    Tamper("CREATE TABLE kept AS SELECT * FROM event; UPDATE event SET " + change + where);
    EXPECT_EQ(archive->ReadEvents(0).status().code(), absl::StatusCode::kDataLoss) << change;
    Tamper("DELETE FROM event; INSERT INTO event SELECT * FROM kept; DROP TABLE kept");
    EXPECT_TRUE(archive->ReadEvents(0).ok()) << change;
  }
}

TEST_F(ArchiveTest, FlippedByteInARawArticleIsDataLossWhereItIsRead) {
  Write({.id = "a", .text = "one"});
  Tamper("UPDATE event SET raw = CAST(substr(raw, 1, 8) || x'ff' || substr(raw, 10) AS BLOB)");
  absl::Status status = archive->GetRaw("a", std::nullopt).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("event 1"));
  EXPECT_TRUE(archive->ReadEvents(0).ok());
}

TEST_F(ArchiveTest, SecondOpenerIsRefused) {
  absl::Status status = Archive::Open(directory.path() / "archive").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("another ingest-service is using"));
}

TEST_F(ArchiveTest, SettingsAreFixedAtCreation) {
  Connection& connection = archive->write_connection();
  EXPECT_EQ(connection.QueryInt("PRAGMA auto_vacuum").value(), 2);
  EXPECT_EQ(connection.QueryInt("PRAGMA page_size").value(), 4096);
  EXPECT_EQ(connection.QueryInt("PRAGMA user_version").value(), kArchiveFormat);
  EXPECT_EQ(connection.QueryInt("PRAGMA synchronous").value(), 2);
  EXPECT_EQ(connection.QueryInt("PRAGMA application_id").value(), 0x42534152);
}

TEST_F(ArchiveTest, WhatARawArticleSharesWithTheDerivedOneIsStoredOnce) {
  std::string text;
  for (int i = 0; i < 4'000; ++i)
    text += absl::StrCat("Word", i * 7'919 % 10'007, " ");
  const ArticleRecord record = RecordOf({.id = "a", .text = text});
  EXPECT_GT(record.derived.size(), 4'000u);
  EXPECT_LT(record.raw.size(), 500u);
  Append(record);
  EXPECT_EQ(archive->GetRaw("a", std::nullopt)->article.text(), text);
}

TEST(CompressTest, AFrameIsReadWithWhatWasKnownWhenItWasMadeAndWithNothingElse) {
  const std::string known = "The council of Lundmark voted on the harbour bridge on Monday night.";
  const std::string bytes = known + " Nobody spoke.";
  EXPECT_EQ(Decompress(Compress(bytes, known), known).value(), bytes);
  EXPECT_EQ(Decompress(Compress(bytes), known).value(), bytes) << "nothing known is always right";
  EXPECT_FALSE(Decompress(Compress(bytes, known)).ok());
  std::string other = known;
  other[4] = 'C';
  EXPECT_FALSE(Decompress(Compress(bytes, known), other).ok());
}

TEST_F(ArchiveTest, AnArchiveOfTheFirstFormatIsTakenOver) {
  ASSERT_EQ(Write({.id = "a", .text = "one"}).outcome(), v1::OUTCOME_CREATED);
  Close();
  Tamper("DROP TABLE dictionary; PRAGMA user_version = 1");
  Open();
  EXPECT_EQ(archive->write_connection().QueryInt("PRAGMA user_version").value(), kArchiveFormat);
  EXPECT_EQ(archive->GetRaw("a", std::nullopt)->article.text(), "one");
}

TEST_F(ArchiveTest, NewerFormatsAndOtherFilesAreRefusedWithASentence) {
  Close();
  Tamper("PRAGMA user_version = 4");
  absl::Status status = Archive::Open(directory.path() / "archive").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("has format 4"));
  Tamper("PRAGMA user_version = 3; PRAGMA application_id = 7");
  EXPECT_EQ(ReasonOf(Archive::Open(directory.path() / "archive").status()), "NOT_AN_ARCHIVE");
  Tamper("PRAGMA application_id = 1112752466");
  std::filesystem::create_directory(directory.path() / "text");
  std::ofstream(directory.path() / "text" / "archive.db") << std::string(5000, 'x');
  EXPECT_EQ(ReasonOf(Archive::Open(directory.path() / "text").status()), "NOT_AN_ARCHIVE");
  Open();
}

TEST_F(ArchiveTest, ReadersDoNotHoldUpTheWriter) {
  // A read transaction of another connection stays open over writes and a checkpoint.
  Write({.id = "a", .text = "one"});
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((directory.path() / "archive" / "archive.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "BEGIN; SELECT * FROM event", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(Write({.id = "b", .text = "two"}).sequence(), 2);
  EXPECT_TRUE(archive->checkpoint_connection().RunCheckpoint(Connection::Checkpoint::kPassive).ok());
  EXPECT_EQ(Write({.id = "c", .text = "three"}).sequence(), 3);
  sqlite3_close(db);
}

}  // namespace
}  // namespace broadsheet::ingest
