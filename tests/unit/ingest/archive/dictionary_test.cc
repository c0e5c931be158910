#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/compress.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/archive/dictionaries.h"
#include "ingest/archive/dictionary_trainer.h"
#include "ingest/archive/kept_dictionary.h"
#include "ingest/archive/sqlite.h"
#include "support/sample_dictionary.h"
#include "support/temp_directory.h"
#include "unit/ingest/archive/records.h"

// What articles of an archive have in common: made when it has grown, kept twice, and never needed for what came
// before.
namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kFirst = 400;  // articles before the first dictionary
constexpr int kAll = 450;

Draft DraftOf(int number) {
  return {
      .id = absl::StrCat("a", number),
      .text = absl::StrCat("The harbour of Lundmark was closed on day ", number, " because of a storm with gusts of ",
                           number * 7 % 90, " knots; the ferry to Nordhaven stayed in port until the evening.")};
}

class DictionaryTest : public ::testing::Test {
 protected:
  DictionaryTest() {
    Open();
    Append(0, kFirst);
    WaitForOneSince(kFirst);
    Append(kFirst, kAll);
  }
  ~DictionaryTest() override { Close(); }

  void Open() {
    archive = Archive::Open(directory.path()).value();
    writer = ArchiveWriter::Start(*archive, clock, {}, {.dictionary_events = kFirst}).value();
  }
  void Close() {
    writer.reset();
    archive.reset();
  }

  // The articles of these numbers; when it returns, they are durable.
  void Append(int first, int end) {
    std::promise<absl::Status> last;
    for (int i = first; i < end; ++i) {
      auto done = [&last, is_last = i + 1 == end](const auto& result) {
        EXPECT_TRUE(result.ok()) << result.status();
        if (is_last) last.set_value(result.status());
      };
      ASSERT_TRUE(writer->Append(MakeRecord(Enrich(DraftOf(i)), archive->dictionaries()), done).ok());
    }
    ASSERT_TRUE(last.get_future().get().ok());
  }

  void WaitForOneSince(int64_t since) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (archive->dictionaries().since() != since && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_EQ(archive->dictionaries().since(), since);
  }

  // Runs SQL while nobody has the archive, as a damaged disk would.
  void Tamper(const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((directory.path() / "archive.db").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  void DamageTable() { Tamper("UPDATE dictionary SET bytes = zeroblob(length(bytes))"); }

  std::vector<fs::path> Files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(directory.path()))
      if (entry.path().extension() == ".zdict") files.push_back(entry.path());
    return files;
  }

  int64_t SizeOfDerived(int64_t sequence) {
    Query query(archive->write_connection(), "SELECT length(derived) FROM event WHERE sequence = ?");
    query.Bind(sequence);
    EXPECT_TRUE(query.Step());
    return query.Int(0);
  }

  void ExpectAllReadable() {
    for (int i = 0; i < kAll; ++i) {
      const absl::StatusOr<Event> event = archive->ReadAt(i + 1);
      ASSERT_TRUE(event.ok()) << event.status();
      ASSERT_EQ(event->article.body(), DraftOf(i).text);
      ASSERT_EQ(archive->GetRaw(DraftOf(i).id, std::nullopt)->article.text(), DraftOf(i).text);
    }
  }

  support::TempDirectory directory;
  TestClock clock;
  std::unique_ptr<Archive> archive;
  std::unique_ptr<ArchiveWriter> writer;
};

TEST_F(DictionaryTest, ArticlesAfterItAreSmallerAndAllComeBack) {
  EXPECT_LT(SizeOfDerived(kAll), SizeOfDerived(1) * 2 / 3);
  ExpectAllReadable();
  EXPECT_EQ(archive->Counts()->articles, kAll);
  Close();
  Open();
  EXPECT_EQ(archive->dictionaries().since(), kFirst);
  ExpectAllReadable();
  Append(kAll, kAll + 1);
  EXPECT_LT(SizeOfDerived(kAll + 1), SizeOfDerived(1) * 2 / 3) << "used after a start, too";
}

TEST_F(DictionaryTest, OneDamagedInTheTableComesFromItsFileAndIsMended) {
  Close();
  DamageTable();
  Open();
  ExpectAllReadable();
  Close();
  ASSERT_EQ(Files().size(), 1u);
  fs::remove(Files().front());
  Open();
  ExpectAllReadable();
}

TEST_F(DictionaryTest, OneDamagedOrMissingInItsFileComesFromTheTableAndIsMended) {
  Close();
  ASSERT_EQ(Files().size(), 1u);
  std::ofstream(Files().front()) << "damaged";
  Open();
  ExpectAllReadable();
  Close();
  fs::remove(Files().front());
  Open();
  Close();
  DamageTable();
  Open();
  ExpectAllReadable();
}

TEST_F(DictionaryTest, WithoutItEachArticleThatNeedsItIsNamedAndTheOthersAreRead) {
  Close();
  DamageTable();
  fs::remove(Files().front());
  Open();
  EXPECT_TRUE(archive->ReadAt(1).ok());
  const absl::Status lost = archive->ReadAt(kAll).status();
  EXPECT_EQ(lost.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(lost.message()), HasSubstr(absl::StrCat("event ", kAll, " is damaged")));
  EXPECT_THAT(std::string(lost.message()), HasSubstr("lost its dictionary"));
  EXPECT_EQ(archive->GetRaw(DraftOf(kAll - 1).id, std::nullopt).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(DictionaryTest, AnotherIsMadeWhenTheArchiveHasGrownAndTheFirstIsStillRead) {
  constexpr int kSecond = kFirst * DictionaryTrainer::kGrowth;
  Append(kAll, kSecond);
  WaitForOneSince(kSecond);
  EXPECT_EQ(Files().size(), 2u);
  Append(kSecond, kSecond + 10);
  Close();
  Open();
  EXPECT_EQ(archive->dictionaries().since(), kSecond);
  for (const int number : {0, kAll, kSecond - 1, kSecond + 9})
    EXPECT_EQ(archive->GetRaw(DraftOf(number).id, std::nullopt)->article.text(), DraftOf(number).text);
}

TEST_F(DictionaryTest, ItIsUsedOnlyWhenItIsInBothPlaces) {
  // A trainer of its own, for an archive that has nobody else's dictionary.
  Close();
  Tamper("DELETE FROM dictionary");
  fs::remove(Files().front());
  archive = Archive::Open(directory.path()).value();
  std::atomic<int> asked = 0;
  DictionaryTrainer trainer(*archive, 1, [&](const KeptDictionary& dictionary) -> absl::Status {
    EXPECT_EQ(dictionary.since, 5);
    EXPECT_EQ(archive->dictionaries().since(), 0);
    EXPECT_THAT(Files(), IsEmpty());
    if (asked++ == 0) return absl::ResourceExhaustedError("busy");
    return InsertDictionary(archive->write_connection(), dictionary);
  });
  trainer.Notify(5);
  WaitForOneSince(5);
  EXPECT_EQ(asked, 2) << "what is busy is asked again";
  EXPECT_EQ(Files().size(), 1u);
}

TEST_F(DictionaryTest, ItIsNotUsedWhenTheTableDoesNotTakeIt) {
  Close();
  Tamper("DELETE FROM dictionary");
  fs::remove(Files().front());
  archive = Archive::Open(directory.path()).value();
  std::promise<void> asked;
  {
    DictionaryTrainer trainer(*archive, 1, [&](const KeptDictionary&) {
      asked.set_value();
      return absl::UnavailableError("the archive ends");
    });
    trainer.Notify(5);
    asked.get_future().wait();
  }
  EXPECT_EQ(archive->dictionaries().since(), 0);
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(DictionaryTest, SamplesAreFromAllOverAndNoMoreThanWanted) {
  const auto samples = archive->Sample(20'000).value();
  std::vector<std::string> texts;
  for (int i = 0; i < kAll; ++i)
    texts.push_back(DraftOf(i).text);
  size_t bytes = 0;
  bool early = false, late = false;  // of the first and of the last tenth
  for (const std::string& sample : samples) {
    bytes += sample.size();
    v1::Article article;
    ASSERT_TRUE(article.ParseFromString(sample));
    const auto number = std::find_if(texts.begin(), texts.end(), [&](const auto& t) { return t == article.body(); });
    early |= number - texts.begin() < kAll / 10;
    late |= number - texts.begin() >= kAll - kAll / 10;
  }
  EXPECT_GE(bytes, 20'000u);
  EXPECT_LT(bytes, 21'000u);
  EXPECT_TRUE(late);
  EXPECT_TRUE(early);
  EXPECT_LE(archive->Sample(1 << 30)->size(), static_cast<size_t>(kAll));
}

TEST(DictionariesTest, TheNewestCompressesAndAllOfThemRead) {
  Dictionaries dictionaries;
  const std::string text = "The ferry of day 9 sails from Nordhaven to Iwaya at 63";
  const std::string alone = dictionaries.Compress(text);
  EXPECT_EQ(alone, Compress(text));
  dictionaries.Add({7, support::SampleDictionary("ferry")});
  const std::string first = dictionaries.Compress(text);
  EXPECT_LT(first.size(), alone.size());
  dictionaries.Add({112, support::SampleDictionary("convoy of lorries")});
  EXPECT_EQ(dictionaries.since(), 112);
  const std::string second = dictionaries.Compress(text);
  EXPECT_NE(DictionaryIdOf(first), DictionaryIdOf(second));
  for (const std::string& frame : {alone, first, second})
    EXPECT_EQ(dictionaries.Decompress(frame).value_or("?"), text);
}

TEST(DictionariesTest, AFrameOfAnotherDictionaryIsRefused) {
  Dictionaries others;
  others.Add({1, support::SampleDictionary("ferry")});
  const absl::Status refused = Dictionaries().Decompress(others.Compress("The ferry")).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("lost its dictionary"));
}

}  // namespace
}  // namespace broadsheet::ingest
