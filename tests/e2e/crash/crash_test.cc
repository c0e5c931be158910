// Kills ingest-service with SIGKILL again and again in the middle of a stream and audits every acknowledgement after
// each restart. BROADSHEET_KILLS sets how often (12 by default; the release test is 200 or more).
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <iostream>
#include <thread>

#include "e2e/crash/commit_watch.h"
#include "e2e/crash/history.h"
#include "support/index_audit.h"
#include "support/service_process.h"
#include "support/temp_directory.h"

namespace broadsheet::crash {
namespace {

using std::chrono::milliseconds;
using support::IngestProcess;

struct Report {
  int kills = 0;
  int inside_commit = 0;
  int with_articles_in_flight = 0;
  size_t in_doubt = 0;
  size_t acknowledged = 0;
};

int KillsWanted() {
  const char* set = std::getenv("BROADSHEET_KILLS");
  return set == nullptr ? 12 : std::max(1, std::atoi(set));
}

// A stream begins with a flood of so many operations; then it keeps a pace, so that what many kills leave to be indexed
// and audited stays bounded.
constexpr int kFlood = 300;
constexpr milliseconds kPace(3);

// Sends operations through one stream, from a thread of its own, until the service dies or Finish().
class Sender {
 public:
  Sender(IngestProcess& service, History& history)
      : history_(history),
        stream_(service.client().StreamArticles(&context_)),
        writer_([this] { Write(); }),
        reader_([this] { Read(); }) {}

  // Ends the stream (or sees that it is gone). False when a result came out of order.
  bool Finish() {
    stop_ = true;
    writer_.join();
    reader_.join();
    stream_->Finish();
    return in_order_;
  }

 private:
  void Write() {
    for (int sent = 0; !stop_ && stream_->Write(history_.Next()); ++sent) {
      if (sent >= kFlood) std::this_thread::sleep_for(kPace);
    }
    stream_->WritesDone();
  }

  void Read() {
    for (v1::StreamArticlesResponse response; stream_->Read(&response);)
      in_order_ &= history_.Receive(response);
  }

  History& history_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamArticlesRequest, v1::StreamArticlesResponse>> stream_;
  std::atomic<bool> stop_ = false;
  bool in_order_ = true;
  std::thread writer_;
  std::thread reader_;
};

bool WroteEvent(v1::Outcome outcome) {
  return outcome == v1::OUTCOME_CREATED || outcome == v1::OUTCOME_UPDATED || outcome == v1::OUTCOME_DUPLICATE ||
         outcome == v1::OUTCOME_DELETED;
}

// The acknowledged write is in the archive, under its sequence, as it was sent.
void ExpectKept(IngestProcess& service, const Acknowledged& write) {
  const v1::IngestResult& result = write.result;
  if (!WroteEvent(result.outcome())) return;
  bool deletion = result.outcome() == v1::OUTCOME_DELETED;
  v1::ListRevisionsRequest list;
  list.set_id(result.article_id());
  list.set_page_size(100);
  v1::ListRevisionsResponse revisions;
  grpc::ClientContext context;
  auto status = service.client().ListRevisions(&context, list, &revisions);
  ASSERT_TRUE(status.ok()) << result.article_id() << ": " << status.error_message();
  EXPECT_EQ(revisions.lineage(), result.lineage());
  const v1::Revision* kept = nullptr;
  for (const auto& revision : revisions.revisions()) {
    if (revision.sequence() == result.sequence()) kept = &revision;
  }
  ASSERT_NE(kept, nullptr) << result.article_id() << ": sequence " << result.sequence() << " is lost";
  EXPECT_EQ(kept->kind(), deletion ? v1::EVENT_KIND_DELETION : v1::EVENT_KIND_ARTICLE);
  EXPECT_EQ(kept->revision(), result.revision());
  if (deletion) return;
  v1::GetRawArticleRequest get;
  get.set_id(result.article_id());
  get.set_revision(result.revision());
  v1::GetRawArticleResponse raw;
  grpc::ClientContext second;
  ASSERT_TRUE(service.client().GetRawArticle(&second, get, &raw).ok());
  EXPECT_EQ(raw.article().text(), write.request.article().text());
}

void Audit(IngestProcess& service, History& history, std::vector<Acknowledged>& all) {
  for (auto& write : history.TakeAcknowledged()) {
    ExpectKept(service, write);
    all.push_back(std::move(write));
  }
}

// Kills the service: every other time within a commit of the index, if one is seen before long, else at a moment with
// articles in flight, if there is one soon.
void Kill(IngestProcess& service, const std::filesystem::path& data, History& history, std::mt19937_64& random,
          milliseconds patience, Report& report) {
  CommitWatch watch(data / "index");
  const bool aimed = report.kills % 2 == 0;
  std::this_thread::sleep_for(milliseconds(aimed ? 50 + random() % 400 : 20 + random() % 180));
  if (aimed && watch.WaitForCommit(patience)) {
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 1'000));
  }
  for (int waits = 0; !aimed && history.in_flight() == 0 && waits < 20'000; ++waits)
    std::this_thread::sleep_for(std::chrono::microseconds(50));
  size_t in_flight = history.in_flight();
  EXPECT_EQ(service.process().End(SIGKILL), 128 + SIGKILL) << "the service had ended by itself";
  ++report.kills;
  report.inside_commit += watch.InsideCommit();
  report.with_articles_in_flight += in_flight > 0;
}

class Crash : public ::testing::TestWithParam<std::vector<std::string>> {};  // arguments of the service

TEST_P(Crash, LosesNothingAcknowledgedAndNeedsNoRepair) {
  support::TempDirectory data;
  History history(20251122);
  std::mt19937_64 random(7);
  Report report;
  std::vector<Acknowledged> all;
  // Commits into shards that are begun meanwhile are not seen.
  const bool seen = GetParam().empty();
  for (int wanted = seen ? KillsWanted() : KillsWanted() / 2; report.kills < wanted;) {
    IngestProcess service(data.path(), GetParam());
    Audit(service, history, all);
    Sender sender(service, history);
    Kill(service, data.path(), history, random, milliseconds(seen ? 5'000 : 500), report);
    EXPECT_TRUE(sender.Finish()) << "a result came out of order";
    report.in_doubt += history.Forsake();
    if (HasFatalFailure()) return;
  }
  int64_t newest = 0;
  int shards = 0;
  {
    IngestProcess service(data.path(), GetParam());
    Audit(service, history, all);
    for (const auto& write : all) {
      ExpectKept(service, write);
      newest = std::max(newest, write.result.sequence());
    }
    service.WaitVisible(newest);
    v1::GetIngestStatusResponse status;
    grpc::ClientContext context;
    ASSERT_TRUE(service.client().GetIngestStatus(&context, {}, &status).ok());
    shards = status.index_shards().frozen() + status.index_shards().sealed();
    EXPECT_EQ(service.process().End(SIGTERM), 0);
  }
  auto live = data.path() / "live-index";
  std::filesystem::copy(data.path() / "index", live, std::filesystem::copy_options::recursive);
  support::Process rebuild({BROADSHEET_BIN_DIR "/ingest-service", "rebuild", "--data-dir", data.path().string()},
                           data.path() / "rebuild.log");
  ASSERT_EQ(rebuild.Wait(), 0);
  auto comparison = support::CompareIndexes(live, data.path() / "index");
  ASSERT_TRUE(comparison.ok()) << comparison.status();
  EXPECT_THAT(comparison->differences, ::testing::IsEmpty()) << "the index differs from a fresh rebuild";
  EXPECT_GT(comparison->documents, 0);
  EXPECT_TRUE(shards > 0 || seen) << "a hot shard so small is frozen";
  report.acknowledged = all.size();
  std::cout << "kills " << report.kills << ", inside a commit of the index " << report.inside_commit
            << ", with articles in flight " << report.with_articles_in_flight << " (" << report.in_doubt
            << " in doubt); " << report.acknowledged << " acknowledgements audited, newest sequence " << newest << "\n";
  EXPECT_GE(report.with_articles_in_flight, report.kills / 2);
  if (seen) {
    EXPECT_GE(report.inside_commit * 100, report.kills * 15);
  }
}

INSTANTIATE_TEST_SUITE_P(Shards, Crash,
                         ::testing::Values(std::vector<std::string>{},
                                           std::vector<std::string>{"--hot-shard-articles", "40"}),
                         [](const auto& test) { return test.param.empty() ? "Large" : "Tiny"; });

}  // namespace
}  // namespace broadsheet::crash
