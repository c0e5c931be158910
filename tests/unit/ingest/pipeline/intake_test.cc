#include "ingest/pipeline/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <map>
#include <semaphore>
#include <set>

#include "common/base/error.h"
#include "support/temp_directory.h"
#include "unit/ingest/archive/records.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

v1::RawArticle RawOf(const std::string& id, const std::string& text = "A short report from Lundmark.") {
  v1::RawArticle raw;
  raw.set_id(id);
  raw.set_text(text);
  return raw;
}

// The pipeline's part, as small as it can be: an article without text is rejected, one named "slow" waits.
class IntakeTest : public ::testing::Test {
 protected:
  using Result = absl::StatusOr<v1::IngestResult>;

  void Start(const IntakeOptions& options = {}, int threads = 2) {
    archive = Archive::Open(directory.path()).value();
    writer = ArchiveWriter::Start(*archive, clock, {}).value();
    executor = std::make_unique<Executor>(threads, options.max_articles);
    IntakeStages stages{[this](const v1::RawArticle& raw) { return Prepare(raw); },
                        [](const v1::Deletion& deletion) -> std::variant<DeletionRecord, Rejection> {
                          return DeletionOf(deletion.id());
                        }};
    intake = std::make_unique<Intake>(*archive, *writer, disk, *executor, clock, std::move(stages), options);
  }

  ~IntakeTest() override {
    gate.release(1000);  // a failed test may have left some waiting
    intake.reset();
    executor.reset();
    writer.reset();
  }

  std::variant<EnrichedArticle, Rejection> Prepare(const v1::RawArticle& raw) {
    if (raw.id().starts_with("slow")) gate.acquire();
    if (raw.text().empty()) return Rejection{v1::REASON_EMPTY_CONTENT, "text", "there is no content"};
    EnrichedArticle enriched = Enrich({.id = raw.id(), .text = raw.text()});
    enriched.edits.emplace_back().set_rule("test");
    return enriched;
  }

  absl::Status Submit(Intake::Lane& lane, Intake::Operation operation, const std::string& name) {
    return lane.TrySubmit(operation, [this, name](Result result) { Note(name, result); });
  }

  void Note(const std::string& name, const Result& result) {
    std::lock_guard lock(mutex);
    log.push_back(name + " " + (result.ok() ? v1::Outcome_Name(result->outcome()).substr(8) : "failed"));
    changed.notify_all();
  }

  std::vector<std::string> WaitFor(size_t results) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return log.size() >= results; });
    return log;
  }

  support::TempDirectory directory;
  TestClock clock;
  std::atomic<int64_t> free_bytes = 1 << 30;
  DiskGuard disk{[this] { return free_bytes.load(); }, 1 << 20, std::chrono::milliseconds(0)};
  std::counting_semaphore<> gate{0};
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> log;
  std::unique_ptr<Archive> archive;
  std::unique_ptr<ArchiveWriter> writer;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Intake> intake;
};

TEST_F(IntakeTest, ResultsOfALaneComeInItsOrderThoughStagesOvertakeEachOther) {
  Start();
  auto lane = intake->OpenLane();
  ASSERT_TRUE(Submit(*lane, RawOf("slow"), "slow").ok());
  ASSERT_TRUE(Submit(*lane, RawOf("b", ""), "b").ok());
  v1::Deletion deletion;
  deletion.set_id("slow");
  ASSERT_TRUE(Submit(*lane, deletion, "delete").ok());
  auto other = intake->OpenLane();
  ASSERT_TRUE(Submit(*other, RawOf("c", "other"), "c").ok());
  EXPECT_THAT(WaitFor(1), ElementsAre("c CREATED"));  // lanes do not wait for each other
  gate.release();
  EXPECT_THAT(WaitFor(4), ElementsAre("c CREATED", "slow CREATED", "b REJECTED", "delete DELETED"));
}

TEST_F(IntakeTest, LongLaneKeepsItsOrder) {
  Start({.lane_articles = 512}, 4);
  auto lane = intake->OpenLane();
  std::vector<std::string> expected;
  for (int i = 0; i < 400; ++i) {
    std::string name = std::to_string(i);
    ASSERT_TRUE(Submit(*lane, RawOf("a" + name, "text " + name), name).ok());
    expected.push_back(name + " CREATED");
  }
  EXPECT_THAT(WaitFor(400), ElementsAreArray(expected));
}

TEST_F(IntakeTest, LaneTakesNoMoreThanItsShare) {
  Start({.lane_articles = 3});
  auto lane = intake->OpenLane();
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(Submit(*lane, RawOf("slow" + std::to_string(i)), "s").ok());
  Intake::Operation fourth = RawOf("d");
  absl::Status status = lane->TrySubmit(fourth, [](Result) { FAIL(); });
  EXPECT_TRUE(Intake::IsBusy(status));
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
  EXPECT_EQ(std::get<v1::RawArticle>(fourth).id(), "d");  // left as it was
  EXPECT_TRUE(Submit(*intake->OpenLane(), RawOf("e"), "e").ok());
  gate.release(3);
  WaitFor(4);
}

TEST_F(IntakeTest, RoomIsBoundedByBytesToo) {
  Start({.max_bytes = 1000, .lane_bytes = 10'000});
  auto lane = intake->OpenLane();
  ASSERT_TRUE(Submit(*lane, RawOf("slow", std::string(2000, 'x')), "s").ok());
  EXPECT_GT(intake->state().bytes_in_flight, 2000u);
  EXPECT_EQ(intake->state().articles_in_flight, 1u);
  EXPECT_TRUE(Intake::IsBusy(Submit(*intake->OpenLane(), RawOf("b"), "b")));
  gate.release();
  WaitFor(1);
}

TEST_F(IntakeTest, StreamsCannotShutOutASingleCall) {
  Start({.max_articles = 16, .lane_articles = 16});
  auto stream = intake->OpenLane();
  int taken = 0;
  while (Submit(*stream, RawOf("slow" + std::to_string(taken)), "s").ok())
    ++taken;
  EXPECT_EQ(taken, 14);
  EXPECT_TRUE(Submit(*intake->OpenLane(), RawOf("a"), "a").ok());
  EXPECT_TRUE(Submit(*intake->OpenLane(), RawOf("b"), "b").ok());
  EXPECT_TRUE(Intake::IsBusy(Submit(*intake->OpenLane(), RawOf("c"), "c")));
  gate.release(16);
  WaitFor(16);
}

TEST_F(IntakeTest, WaitingLanesGoOnWhenThereIsRoomAndTakeTurns) {
  Start({.max_articles = 8, .lane_articles = 8});
  struct Stream {
    std::unique_ptr<Intake::Lane> lane;
    int sent = 0;
  };
  constexpr int kEach = 200;
  std::map<std::string, Stream> streams;
  std::function<void(const std::string&)> pump = [&](const std::string& name) {
    Stream& stream = streams[name];
    while (stream.sent < kEach) {
      Intake::Operation operation = RawOf(name + std::to_string(stream.sent), name + std::to_string(stream.sent));
      absl::Status status = stream.lane->TrySubmit(operation, [this, name](Result result) { Note(name, result); });
      if (status.ok()) {
        ++stream.sent;
        continue;
      }
      ASSERT_TRUE(Intake::IsBusy(status));
      stream.lane->OnRoom([&pump, name] { pump(name); });
      return;
    }
  };
  ASSERT_TRUE(Submit(*intake->OpenLane(), RawOf("slow"), "slow").ok());
  ASSERT_TRUE(Submit(*intake->OpenLane(), RawOf("slow2", "2"), "slow").ok());
  for (std::string name : {"a", "b", "c"})
    streams[name].lane = intake->OpenLane();
  for (std::string name : {"a", "b", "c"})
    pump(name);
  gate.release(2);
  std::vector<std::string> lines = WaitFor(2 + 3 * kEach);
  // None is done while another has hardly begun.
  std::map<std::string, int> first_half;
  for (int i = 0; i < 3 * kEach / 2; ++i)
    ++first_half[lines[i].substr(0, 1)];
  for (std::string name : {"a", "b", "c"})
    EXPECT_GT(first_half[name], kEach / 4) << name;
}

TEST_F(IntakeTest, ClosedLaneIsNotCalledButItsOperationsFinish) {
  Start({.lane_articles = 1});
  auto lane = intake->OpenLane();
  ASSERT_TRUE(Submit(*lane, RawOf("slow"), "slow").ok());
  lane->OnRoom([] { FAIL(); });
  lane.reset();
  gate.release();
  EXPECT_THAT(WaitFor(1), ElementsAre("slow CREATED"));
}

TEST_F(IntakeTest, NearlyFullDiskRefusesBeforeAnythingIsWrittenAndReadingGoesOn) {
  Start();
  auto lane = intake->OpenLane();
  ASSERT_TRUE(Submit(*lane, RawOf("a"), "a").ok());
  WaitFor(1);
  free_bytes = 1000;
  absl::Status status = Submit(*lane, RawOf("b"), "b");
  EXPECT_EQ(ReasonOf(status), "DISK_NEARLY_FULL");
  EXPECT_FALSE(Intake::IsBusy(status));
  EXPECT_EQ(ReasonOf(intake->Accepting()), "DISK_NEARLY_FULL");
  EXPECT_TRUE(archive->GetRaw("a", std::nullopt).ok());
  free_bytes = 1 << 30;
  EXPECT_TRUE(Submit(*lane, RawOf("b", "b"), "b").ok());
}

TEST_F(IntakeTest, StoppingRefusesWakesWaitersAndFinishesWhatIsUnderWay) {
  Start({.max_articles = 1, .lane_articles = 1});
  auto lane = intake->OpenLane();
  auto waiting = intake->OpenLane();
  ASSERT_TRUE(Submit(*lane, RawOf("slow"), "slow").ok());
  std::promise<absl::Status> woken;
  waiting->OnRoom([&] { woken.set_value(Submit(*waiting, RawOf("b"), "b")); });
  intake->Stop();
  EXPECT_EQ(ReasonOf(woken.get_future().get()), "STOPPING");
  gate.release();
  lane.reset();
  waiting.reset();
  intake.reset();
  EXPECT_THAT(WaitFor(1), ElementsAre("slow CREATED"));
}

TEST_F(IntakeTest, PreviewTellsTheOutcomeAndTheEditsAndWritesNothing) {
  Start();
  IntakePreview preview = intake->Preview(RawOf("a")).value();
  EXPECT_EQ(preview.result.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(preview.article->id(), "a");
  EXPECT_EQ(preview.edits.at(0).rule(), "test");
  IntakePreview rejected = intake->Preview(RawOf("a", "")).value();
  EXPECT_EQ(rejected.result.reason(), v1::REASON_EMPTY_CONTENT);
  EXPECT_FALSE(rejected.article.has_value());
  EXPECT_EQ(archive->Counts()->last_sequence, 0);
}

TEST_F(IntakeTest, OutcomesAreCounted) {
  Start();
  auto lane = intake->OpenLane();
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(Submit(*lane, RawOf("a"), "a").ok());
  ASSERT_TRUE(Submit(*lane, RawOf("b", ""), "b").ok());
  WaitFor(4);
  IntakeState state = intake->state();
  EXPECT_EQ(state.outcomes[v1::OUTCOME_CREATED], 1);
  EXPECT_EQ(state.outcomes[v1::OUTCOME_UNCHANGED], 2);
  EXPECT_EQ(state.outcomes[v1::OUTCOME_REJECTED], 1);
}

}  // namespace
}  // namespace broadsheet::ingest
