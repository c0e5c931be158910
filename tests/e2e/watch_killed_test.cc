#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <signal.h>

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "support/service_process.h"
#include "support/temp_directory.h"

// Real processes: both services are killed by kill -9 in turn while a live query runs. What its reader believes in the
// end is what the archive has.
namespace broadsheet {
namespace {

constexpr int kRounds = 8;
constexpr int kWritesOfRound = 60;
constexpr int kIds = 50;

// Reads one live query for ever, going on from the last token whenever the service was gone.
class Reader {
 public:
  Reader() : thread_([this] { Run(); }) {}
  ~Reader() {
    stop_ = true;
    {
      std::lock_guard lock(mutex_);
      if (context_ != nullptr) context_->TryCancel();
    }
    thread_.join();
  }

  void Connect(const std::string& address) {
    std::lock_guard lock(mutex_);
    address_ = address;
  }

  int64_t sequence() const { return sequence_; }
  int calls() const { return calls_; }
  std::map<std::string, int64_t> beliefs() const {
    std::lock_guard lock(mutex_);
    return beliefs_;
  }

 private:
  void Run() {
    v1::WatchArticlesRequest request;
    request.set_query("tessel");
    request.set_start_sequence(0);
    request.mutable_heartbeat()->set_seconds(1);
    while (!stop_) {
      grpc::ClientContext context;
      std::string address;
      {
        std::lock_guard lock(mutex_);
        address = address_;
        context_ = &context;
      }
      if (!address.empty() && !stop_) Read(address, context, request);
      {
        std::lock_guard lock(mutex_);
        context_ = nullptr;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  void Read(const std::string& address, grpc::ClientContext& context, v1::WatchArticlesRequest& request) {
    auto client = MakeSearchClient(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    auto stream = client->WatchArticles(&context, request);
    ++calls_;
    for (v1::WatchArticlesResponse event; stream->Read(&event);) {
      std::lock_guard lock(mutex_);
      if (event.has_matched()) beliefs_[event.matched().article().id()] = event.matched().article().sequence();
      if (event.has_changed()) beliefs_[event.changed().article().id()] = event.changed().article().sequence();
      if (event.has_withdrawn()) beliefs_.erase(event.withdrawn().id());
      sequence_ = event.sequence();
      request.set_resume_token(event.resume_token());
      request.clear_start_sequence();
    }
    const grpc::Status status = stream->Finish();
    if (!stop_) {
      EXPECT_TRUE(status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                  status.error_code() == grpc::StatusCode::CANCELLED)
          << status.error_code() << " " << status.error_message();
    }
  }

  mutable std::mutex mutex_;
  std::string address_;                     // guarded by mutex_, as what follows
  std::map<std::string, int64_t> beliefs_;  // id and sequence
  grpc::ClientContext* context_ = nullptr;
  std::atomic<int64_t> sequence_{0};
  std::atomic<int> calls_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class WatchKilledTest : public ::testing::Test {
 protected:
  void StartIngest() { ingest_ = std::make_unique<support::IngestProcess>(directory_.path()); }
  void StartSearch() {
    search_ = std::make_unique<support::SearchProcess>(directory_.path());
    reader_.Connect(search_->address());
  }

  // One write; it may fail when the service is killed meanwhile.
  void Write() {
    const std::string id = "a-" + std::to_string(random_() % kIds);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
    if (random_() % 5 == 0) {
      v1::DeleteArticleRequest request;
      request.mutable_deletion()->set_id(id);
      v1::DeleteArticleResponse response;
      ingest_->client().DeleteArticle(&context, request, &response);
      return;
    }
    const std::string place = random_() % 2 ? "Tessel" : "Orvane";
    v1::IngestArticleRequest request;
    request.mutable_article()->set_id(id);
    request.mutable_article()->set_title("Lock gate of " + place + " to be rebuilt");
    request.mutable_article()->set_text("The lock gate of " + place +
                                        " will be rebuilt in spring, the board said in "
                                        "statement number " +
                                        std::to_string(++statement_) + ".");
    v1::IngestArticleResponse response;
    ingest_->client().IngestArticle(&context, request, &response);
  }

  // What the archive has: of each article that stands and is about Tessel, its sequence.
  std::map<std::string, int64_t> Truth() {
    std::map<std::string, int64_t> truth;
    for (int i = 0; i < kIds; ++i) {
      grpc::ClientContext context;
      v1::ListRevisionsRequest request;
      request.set_id("a-" + std::to_string(i));
      request.set_page_size(1);
      v1::ListRevisionsResponse response;
      if (!ingest_->client().ListRevisions(&context, request, &response).ok() || response.revisions().empty()) continue;
      const v1::Revision& newest = response.revisions(0);
      if (newest.kind() == v1::EVENT_KIND_DELETION) continue;
      if (newest.title().find("Tessel") != std::string::npos) truth[request.id()] = newest.sequence();
    }
    return truth;
  }

  support::TempDirectory directory_;
  std::mt19937 random_{5};
  int statement_ = 0;
  Reader reader_;
  std::unique_ptr<support::IngestProcess> ingest_;
  std::unique_ptr<support::SearchProcess> search_;
};

TEST_F(WatchKilledTest, NothingIsMissedWhicheverServiceIsKilled) {
  StartIngest();
  StartSearch();
  for (int round = 0; round < kRounds; ++round) {
    const std::chrono::milliseconds moment(random_() % 700);
    std::thread killer([&] {
      std::this_thread::sleep_for(moment);
      if (round % 2 == 0) search_->process().End(SIGKILL);
      if (round % 2 == 1) ingest_->process().End(SIGKILL);
    });
    std::mt19937 writes(round);
    for (int i = 0; i < kWritesOfRound; ++i) {
      Write();
      std::this_thread::sleep_for(std::chrono::milliseconds(writes() % 20));
    }
    killer.join();
    if (round % 2 == 0) StartSearch();
    if (round % 2 == 1) StartIngest();
  }
  grpc::ClientContext context;
  v1::GetIngestStatusResponse status;
  ASSERT_TRUE(ingest_->client().GetIngestStatus(&context, {}, &status).ok());
  for (int i = 0; i < 600 && reader_.sequence() < status.archive_sequence(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(reader_.sequence(), status.archive_sequence());
  EXPECT_EQ(reader_.beliefs(), Truth());
  EXPECT_GT(reader_.beliefs().size(), 5u);
  EXPECT_GT(reader_.calls(), kRounds / 2);
}

}  // namespace
}  // namespace broadsheet
