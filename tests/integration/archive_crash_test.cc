#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <semaphore>
#include <string>

#include "ingest/archive/archive.h"
#include "ingest/archive/archive_writer.h"
#include "support/temp_directory.h"
#include "unit/ingest/archive/records.h"

// The archive in a child process that is killed, or whose disk fails, while it appends. The child says on a pipe what
// was acknowledged; the parent opens the archive afterwards and looks for all of it.
namespace broadsheet::ingest {
namespace {

constexpr size_t kInFlight = 64;
constexpr char kFatalMark = 'F';

// Small steps, so that kills and failing disks meet checkpoints and dictionaries too.
constexpr ArchiveWriterOptions kSmallSteps{
    .checkpoint_bytes = 512 << 10, .restart_bytes = 2 << 20, .dictionary_events = 100};
constexpr ArchiveWriterOptions kNoSteps{.checkpoint_bytes = int64_t{1} << 40, .restart_bytes = int64_t{1} << 40};

struct Acknowledged {
  char mark;  // 'A', or kFatalMark when the writer called on_fatal
  int article;
  int64_t sequence;
};

Draft DraftOf(int article) {
  std::string number = std::to_string(article);
  std::string text = "Report " + number + " from the harbour of Lundmark.";
  for (int i = 0; i < 40; ++i)
    text += " " + Hash128Hex(number + "/" + std::to_string(i));
  return {.id = "a" + number, .url = "https://lundmark.example/" + number, .text = text};
}

void Say(int pipe, const Acknowledged& what) {
  if (write(pipe, &what, sizeof what) != sizeof what) _exit(3);
}

// Appends articles from `first` on for as long as it lives, some in flight at any time.
[[noreturn]] void AppendForever(const std::filesystem::path& directory, int first, int pipe,
                                const ArchiveWriterOptions& options) {
  SystemClock clock;
  auto archive = Archive::Open(directory);
  if (!archive.ok()) _exit(4);
  std::counting_semaphore<> room(kInFlight);
  auto writer = ArchiveWriter::Start(**archive, clock,
                                     {nullptr,
                                      [&](const absl::Status&) {
                                        Say(pipe, {kFatalMark, 0, 0});
                                      }},
                                     options);
  if (!writer.ok()) _exit(5);
  for (int i = first;; ++i) {
    room.acquire();
    absl::Status status = (*writer)->Append(MakeRecord(Enrich(DraftOf(i)), (*archive)->dictionaries()),
                                            [&, i](absl::StatusOr<v1::IngestResult> result) {
                                              if (result.ok()) Say(pipe, {'A', i, result->sequence()});
                                              room.release();
                                            });
    if (status.ok()) continue;
    writer->reset();  // all its callbacks have been called then
    _exit(6);
  }
}

class Child {
 public:
  // `most_file_bytes` limits every file of the child; 0 does not.
  Child(const std::filesystem::path& directory, int first, const ArchiveWriterOptions& options,
        rlim_t most_file_bytes = 0) {
    std::array<int, 2> ends;
    if (pipe(ends.data()) != 0) abort();
    pid_ = fork();
    if (pid_ == 0) {
      close(ends[0]);
      signal(SIGXFSZ, SIG_IGN);
      rlimit limit{most_file_bytes, most_file_bytes};
      if (most_file_bytes > 0) setrlimit(RLIMIT_FSIZE, &limit);
      AppendForever(directory, first, ends[1], options);
    }
    close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() {
    close(pipe_);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

  // What it says next; false when it has ended.
  bool Next(Acknowledged& next) { return read(pipe_, &next, sizeof next) == sizeof next; }

  int KillAndWait() {
    int status = 0;
    kill(pid_, SIGKILL);
    waitpid(pid_, &status, 0);
    return status;
  }

 private:
  pid_t pid_ = 0;
  int pipe_ = -1;
};

// Every article of the archive and the sequence of its event.
std::map<std::string, int64_t> ReadAll(Archive& archive) {
  std::map<std::string, int64_t> found;
  for (int64_t last = 0;;) {
    absl::StatusOr<std::vector<Event>> events = archive.ReadEvents(last);
    EXPECT_TRUE(events.ok()) << events.status();
    if (!events.ok() || events->empty()) return found;
    for (const Event& event : *events)
      found[event.article_id] = event.sequence;
    last = events->back().sequence;
  }
}

// In this round of kills the child lives until its archive has a dictionary, and is killed at once.
constexpr int kRoundOfDictionary = 0;

bool HasDictionaryFile(const std::filesystem::path& directory) {
  return std::ranges::any_of(std::filesystem::directory_iterator(directory),
                             [](const auto& entry) { return entry.path().extension() == ".zdict"; });
}

int KillsWanted() {
  const char* wanted = std::getenv("BROADSHEET_TEST_KILLS");
  return wanted == nullptr ? 30 : std::atoi(wanted);
}

TEST(ArchiveCrashTest, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
  support::TempDirectory directory;
  std::string lineage = Archive::Open(directory.path()).value()->lineage();
  std::map<std::string, int64_t> acknowledged;
  int first = 0, unacknowledged = 0;
  for (int round = 0; round < KillsWanted(); ++round) {
    Child child(directory.path(), first, kSmallSteps);
    // Killed at another distance into its work each time, in the middle of a group.
    Acknowledged next;
    int until = first + 1 + (round * 37) % 400;
    if (round == kRoundOfDictionary) until = first + 1'000'000;
    while (child.Next(next)) {
      acknowledged["a" + std::to_string(next.article)] = next.sequence;
      if (next.article >= until || (round == kRoundOfDictionary && HasDictionaryFile(directory.path()))) break;
    }
    int status = child.KillAndWait();
    ASSERT_TRUE(WIFSIGNALED(status)) << "ended by itself with " << WEXITSTATUS(status);
    while (child.Next(next))
      acknowledged["a" + std::to_string(next.article)] = next.sequence;

    auto archive = Archive::Open(directory.path());
    ASSERT_TRUE(archive.ok()) << archive.status();
    EXPECT_EQ((*archive)->lineage(), lineage);
    std::map<std::string, int64_t> found = ReadAll(**archive);
    for (const auto& [id, sequence] : acknowledged)
      ASSERT_EQ(found[id], sequence) << id << " after kill " << round;
    ASSERT_EQ((*archive)->Counts()->articles, static_cast<int64_t>(found.size()));
    unacknowledged += static_cast<int>(found.size() - acknowledged.size());
    for (const auto& [id, sequence] : found)
      acknowledged[id] = sequence;  // durable by now
    first += 1000;
  }
  EXPECT_GE(Archive::Open(directory.path()).value()->dictionaries().since(), 100);
  RecordProperty("unacknowledged_rows_found", unacknowledged);
}

// Some write of the child fails as it would on a full or broken disk. When it is one of a checkpoint, a group that was
// committed before may still be told of after the fatal error.
void ExpectFatalAndNothingLost(const ArchiveWriterOptions& options, bool late_results) {
  support::TempDirectory directory;
  std::map<std::string, int64_t> acknowledged;
  bool fatal = false;
  {
    Child child(directory.path(), 0, options, 3 << 20);
    Acknowledged next;
    while (child.Next(next)) {
      if (next.mark == kFatalMark) {
        fatal = true;
      } else {
        EXPECT_TRUE(late_results || !fatal) << "article " << next.article << " was acknowledged after the fatal error";
        acknowledged["a" + std::to_string(next.article)] = next.sequence;
      }
    }
  }
  EXPECT_TRUE(fatal);
  EXPECT_GT(acknowledged.size(), 10u);
  auto archive = Archive::Open(directory.path());
  ASSERT_TRUE(archive.ok()) << archive.status();
  std::map<std::string, int64_t> found = ReadAll(**archive);
  for (const auto& [id, sequence] : acknowledged)
    ASSERT_EQ(found[id], sequence) << id;
}

TEST(ArchiveCrashTest, FailedWriteAtCommitEndsAcknowledgingAndNothingAcknowledgedIsLost) {
  ExpectFatalAndNothingLost(kNoSteps, false);
}

TEST(ArchiveCrashTest, FailedWriteAtCheckpointEndsAcknowledgingAndNothingAcknowledgedIsLost) {
  ExpectFatalAndNothingLost(kSmallSteps, true);
}

}  // namespace
}  // namespace broadsheet::ingest
