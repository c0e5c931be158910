#include "ingest/learn/learner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/archive/sqlite.h"
#include "support/temp_directory.h"
#include "unit/ingest/archive/records.h"

namespace broadsheet::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr char kOffer[] = "Read our ferry newsletter";
constexpr absl::Duration kLong = absl::Seconds(60);

// Ten paragraphs of the reporter's own, and what the page puts below each article.
std::string Story(int number, std::string_view below = kOffer) {
  return absl::StrCat("Ferry ", number, " left Oster at dawn.\n\nThe mate of boat ", number, " waved.\n\n",
                      std::string(below));
}

// An archive that the test writes to, and a learner behind it.
class LearnerTest : public testing::Test {
 protected:
  LearnerTest() { Open(); }

  void Open() {
    archive_ = *Archive::Open(directory_.path());
    writer_ = *ArchiveWriter::Start(*archive_, clock_, {});
  }

  void Close() {
    learner_.reset();
    writer_.reset();
    archive_.reset();
  }

  void StartLearner() { learner_ = *Learner::Start(*archive_, options_); }

  v1::IngestResult Write(Record record) {
    std::promise<v1::IngestResult> promise;
    EXPECT_TRUE(writer_->Append(std::move(record), [&](auto result) { promise.set_value(*result); }).ok());
    auto result = promise.get_future().get();
    if (learner_ != nullptr) learner_->Notify(writer_->durable_sequence());
    return result;
  }

  v1::IngestResult WriteArticle(const std::string& id, const std::string& text,
                                const std::string& source = "Oster Post", std::vector<uint64_t> cut = {}) {
    EnrichedArticle enriched = Enrich({.id = id, .title = "Ferries", .text = text});
    enriched.raw.set_source(source);
    enriched.article.set_source(source);
    enriched.article.mutable_boilerplate_lines()->Add(cut.begin(), cut.end());
    enriched.raw_hash = Hash128Hex(text + source);
    return Write(MakeRecord(enriched, archive_->dictionaries()));
  }

  void WriteStories(int first, int last) {
    for (int i = first; i <= last; ++i)
      WriteArticle(absl::StrCat("story-", i), Story(i));
  }

  void Learn() {
    if (learner_ == nullptr) StartLearner();
    learner_->Notify(writer_->durable_sequence());
    ASSERT_TRUE(learner_->WaitFor(writer_->durable_sequence(), kLong)) << learner_->status().error;
  }

  std::vector<LineEvidence> List(LineQuery query = {}) {
    query.limit = 1000;
    auto page = learner_->List(query);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->lines : std::vector<LineEvidence>();
  }

  LineEvidence Find(std::string_view text) {
    for (const LineEvidence& line : List({.min_articles = 0})) {
      if (line.text == text) return line;
    }
    return {};
  }

  bool IsCut(std::string_view source, std::string_view line) const {
    const auto lines = learner_->lines();
    const auto* known = lines->Find(source);
    return known != nullptr && known->contains(LineId(line));
  }

  support::TempDirectory directory_;
  TestClock clock_;
  LearnerOptions options_{.threshold = {.articles = 5, .percent = 20}, .busy_percent = 100, .batch_events = 7};
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<ArchiveWriter> writer_;
  std::unique_ptr<Learner> learner_;
};

TEST_F(LearnerTest, CutsALineOnceEnoughArticlesOfTheSourceHaveIt) {
  WriteStories(1, 9);
  Learn();
  EXPECT_EQ(Find(kOffer).articles, 9);
  EXPECT_FALSE(IsCut("oster post", kOffer)) << "the span is still below twice the articles wanted";
  EXPECT_EQ(learner_->lines()->version(), 0);

  WriteStories(10, 10);
  Learn();
  EXPECT_TRUE(IsCut("oster post", kOffer));
  EXPECT_EQ(learner_->lines()->size(), 1u);
  EXPECT_EQ(learner_->lines()->version(), 10);
  const LineEvidence line = Find(kOffer);
  EXPECT_EQ(line.articles, 10);
  EXPECT_EQ(line.first_sequence, 1);
  EXPECT_EQ(line.last_sequence, 10);
  EXPECT_EQ(line.since_version, 10);
  EXPECT_EQ(line.source_articles, 10);
}

TEST_F(LearnerTest, KeepsSourcesApart) {
  for (int i = 1; i <= 30; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i), i % 10 == 0 ? "Oster Post" : absl::StrCat("Paper ", i % 10));
  Learn();
  EXPECT_EQ(learner_->lines()->size(), 0u);
  EXPECT_EQ(Find(kOffer).articles, 3);
}

TEST_F(LearnerTest, CountsArticlesNotWrites) {
  WriteStories(1, 4);
  for (int round = 1; round <= 12; ++round)
    WriteArticle("story-4", Story(100 + round));
  WriteArticle("story-4", Story(112));  // UNCHANGED: writes nothing
  Learn();
  EXPECT_EQ(Find(kOffer).articles, 4);
  EXPECT_EQ(Find(kOffer).source_articles, 4);
  EXPECT_EQ(learner_->lines()->size(), 0u);
}

TEST_F(LearnerTest, TakesBackWhatAnUpdateOrADeletionTakesAway) {
  WriteStories(1, 6);
  WriteArticle("story-1", Story(1, "Another last line"));
  Write(DeletionOf("story-2"));
  WriteArticle("story-3", Story(3), "Paper of the north");
  Learn();
  const auto lines = List({.source = "oster post"});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].articles, 3);
  EXPECT_EQ(lines[0].source_articles, 4);
}

TEST_F(LearnerTest, DoesNotCountCopies) {
  const std::string text = Story(1);
  for (int i = 1; i <= 20; ++i)
    WriteArticle(absl::StrCat("copy-", i), text);
  Learn();
  EXPECT_THAT(List({.min_articles = 2}), IsEmpty());
}

TEST_F(LearnerTest, LeavesALineAloneThatTooFewOfTheArticlesHave) {
  for (int i = 1; i <= 60; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i, i % 8 == 0 ? "Notes from the quay" : "No. " + std::to_string(i)));
  Learn();
  EXPECT_EQ(Find("Notes from the quay").articles, 7);
  EXPECT_FALSE(IsCut("oster post", "Notes from the quay"));
}

TEST_F(LearnerTest, WantsTwiceTheEvidenceForRunningText) {
  const std::string about = "The Oster Post is a paper of the harbour and it is read by all who sail there.";
  for (int i = 1; i <= 18; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i, about));
  Learn();
  EXPECT_FALSE(IsCut("oster post", about));
  for (int i = 19; i <= 20; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i, about));
  Learn();
  EXPECT_TRUE(IsCut("oster post", about));
}

TEST_F(LearnerTest, NeverCountsQuotationsNamesAndLongParagraphs) {
  const std::string quote = "“We sail at dawn,” the master said.";
  const std::string name = "Ada Lind, The Oster Post";
  const std::string prose(500, 'x');
  for (int i = 1; i <= 40; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i, absl::StrCat(quote, "\n\n", name, "\n\n", prose)));
  Learn();
  EXPECT_THAT(List({.min_articles = 2}), IsEmpty());
}

TEST_F(LearnerTest, StillCountsTheLinesThatAreCutByNow) {
  WriteStories(1, 10);
  Learn();
  for (int i = 11; i <= 20; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i, ""), "Oster Post", {LineId(kOffer)});
  Learn();
  EXPECT_EQ(Find(kOffer).articles, 20);
  EXPECT_TRUE(IsCut("oster post", kOffer));
}

TEST_F(LearnerTest, LetsALineGoThatHasBecomeRare) {
  WriteStories(1, 10);
  Learn();
  ASSERT_TRUE(IsCut("oster post", kOffer));
  for (int i = 11; i <= 150; ++i)
    WriteArticle(absl::StrCat("story-", i), Story(i, i == 150 ? kOffer : "No. " + std::to_string(i)));
  Learn();
  EXPECT_FALSE(IsCut("oster post", kOffer));
  EXPECT_EQ(Find(kOffer).since_version, 10);
  EXPECT_EQ(Find(kOffer).until_version, 150);
  EXPECT_EQ(learner_->lines()->version(), 150);
}

TEST_F(LearnerTest, GoesOnWhereItWasAfterARestart) {
  WriteStories(1, 10);
  Learn();
  Close();
  Open();
  StartLearner();
  EXPECT_TRUE(IsCut("oster post", kOffer)) << "before anything is counted";
  EXPECT_EQ(learner_->lines()->version(), 10);
  EXPECT_EQ(learner_->status().sequence, 10);
  WriteStories(11, 12);
  Learn();
  EXPECT_EQ(Find(kOffer).articles, 12);
}

TEST_F(LearnerTest, EmptiesItsLogWhenThereIsNothingToLearn) {
  const auto log = directory_.path() / "boilerplate.db-wal";
  for (int first : {1, 11}) {
    WriteStories(first, first + 9);
    Learn();
    ASSERT_GT(std::filesystem::file_size(log), 0u);
    for (int i = 0; i < 1'000 && std::filesystem::file_size(log) > 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(std::filesystem::file_size(log), 0u);
  }
  EXPECT_EQ(Find(kOffer).articles, 20);
}

TEST_F(LearnerTest, JudgesAnewWhenTheThresholdIsAnother) {
  WriteStories(1, 10);
  Learn();
  Close();
  Open();
  options_.threshold.articles = 50;
  StartLearner();
  EXPECT_FALSE(IsCut("oster post", kOffer));
  EXPECT_GT(learner_->lines()->version(), 10);
}

TEST_F(LearnerTest, ForgetsLinesOfOneArticleFirst) {
  options_.max_lines = 40;
  WriteStories(1, 200);
  Learn();
  EXPECT_LE(learner_->status().lines, 40 + 3 * options_.batch_events);
  EXPECT_EQ(Find(kOffer).articles, 200);
}

TEST_F(LearnerTest, LearnsAnewWhatBelongsToAnotherArchive) {
  WriteStories(1, 10);
  Learn();
  Close();
  for (const char* file : {"archive.db", "archive.db-wal", "archive.db-shm"})
    std::filesystem::remove(directory_.path() / file);
  Open();
  Learn();
  EXPECT_EQ(learner_->lines()->size(), 0u);
  EXPECT_EQ(learner_->status().lines, 0);
}

TEST_F(LearnerTest, LearnsNothingWhenTurnedOff) {
  options_.enabled = false;
  StartLearner();
  WriteStories(1, 10);
  EXPECT_EQ(learner_->lines()->version(), 0);
  EXPECT_EQ(learner_->List({}).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "boilerplate.db"));
}

TEST_F(LearnerTest, ListsInPagesEachLineOnce) {
  for (int i = 1; i <= 12; ++i) {
    std::string below;
    for (int line = 0; line < 12 - i; ++line)
      absl::StrAppend(&below, "Link ", line, "\n\n");
    WriteArticle(absl::StrCat("story-", i), Story(i, below));
  }
  Learn();
  std::vector<std::string> all;
  LineQuery query{.limit = 3};
  do {
    const auto page = learner_->List(query);
    ASSERT_TRUE(page.ok());
    for (const LineEvidence& line : page->lines)
      all.push_back(line.text);
    query.after = page->next;
  } while (query.after.has_value());
  EXPECT_THAT(all, ElementsAre("Link 0", "Link 1", "Link 2", "Link 3", "Link 4", "Link 5", "Link 6", "Link 7", "Link 8",
                               "Link 9"));
}

// Everything that was counted, but for the versions, which depend on where batches ended.
std::vector<std::string> Contents(Learner& learner) {
  std::vector<std::string> lines;
  const auto page = learner.List({.min_articles = 0, .limit = 100'000});
  for (const LineEvidence& line : page->lines) {
    lines.push_back(std::string(absl::StrCat(line.source, "|", line.text, "|", line.articles, "|", line.span, "|",
                                             line.first_sequence, "|", line.last_sequence, "|", line.in_force())));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_F(LearnerTest, CountsTheSameWhenItIsKilledAtAnyMoment) {
  WriteStories(1, 120);
  for (int i = 1; i <= 120; i += 3)
    WriteArticle(absl::StrCat("story-", i), Story(i + 1000));
  for (int i = 2; i <= 120; i += 9)
    Write(DeletionOf(absl::StrCat("story-", i)));
  const int64_t last = writer_->durable_sequence();
  Close();

  int killed = 0;
  for (const int64_t at : {1, 40, 77, 130}) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto archive = Archive::Open(directory_.path());
      auto learner = Learner::Start(**archive, options_);
      (*learner)->WaitFor(at, kLong);
      kill(getpid(), SIGKILL);  // the next batch is under way
    }
    int ended = 0;
    ASSERT_EQ(waitpid(child, &ended, 0), child);
    killed += WIFSIGNALED(ended) ? 1 : 0;
  }
  EXPECT_EQ(killed, 4);

  Open();
  StartLearner();
  EXPECT_GE(learner_->status().sequence, 130);
  ASSERT_TRUE(learner_->WaitFor(last, kLong));
  const auto survived = Contents(*learner_);
  learner_.reset();
  for (const char* file : {"boilerplate.db", "boilerplate.db-wal", "boilerplate.db-shm"})
    std::filesystem::remove(directory_.path() / file);
  StartLearner();
  ASSERT_TRUE(learner_->WaitFor(last, kLong));
  EXPECT_EQ(survived, Contents(*learner_));
  EXPECT_THAT(survived, Not(IsEmpty()));
}

TEST_F(LearnerTest, AFileOfAnOlderFormatIsCountedAnew) {
  StartLearner();
  WriteStories(1, 10);
  Learn();
  const auto before = Contents(*learner_);
  ASSERT_THAT(before, Not(IsEmpty()));
  learner_.reset();
  {
    const auto file = directory_.path() / "boilerplate.db";
    auto older = *Connection::Open(file, Connection::Mode::kReadWrite, std::chrono::seconds(5));
    ASSERT_TRUE(older->Execute("PRAGMA user_version = 1; UPDATE line SET articles = 99").ok());
  }
  StartLearner();
  Learn();
  EXPECT_EQ(Contents(*learner_), before);
}

}  // namespace
}  // namespace broadsheet::ingest
