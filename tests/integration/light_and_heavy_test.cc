// Light searches do not wait for heavy ones.
#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <latch>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/rpc/clients.h"
#include "common/rpc/server.h"
#include "search/rpc/search_service.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

constexpr int kArticles = 600;
constexpr int kWords = 60;

std::string Word(int number) {
  return absl::StrCat("word", std::string(1, static_cast<char>('a' + number / 10)),
                      std::string(1, static_cast<char>('a' + number % 10)));
}

// All words, any of which will do: kWords entries in the posting lists for each article.
std::string HeavyQuery() {
  std::string query = Word(0);
  for (int i = 1; i < kWords; ++i)
    absl::StrAppend(&query, " OR ", Word(i));
  return query;
}

class LightAndHeavyTest : public testing::Test {
 protected:
  LightAndHeavyTest() : index_(directory_.path() / "index") {
    std::string body;
    for (int i = 0; i < kWords; ++i)
      absl::StrAppend(&body, Word(i), " ");
    for (int i = 0; i < kArticles; ++i) {
      v1::Article article;
      article.set_id(absl::StrCat("article-", i));
      article.set_body(body);
      article.set_language("en");
      index_.Add(article);
    }
    index_.Commit();
    auto server = Server::Start({}, {{kSearchServiceName, &service_}});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    client_ = MakeSearchClient(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  ~LightAndHeavyTest() override { server_->Shutdown(absl::Seconds(10)); }

  // Occupies the one thread of heavy searches.
  void Hold() {
    std::latch holding{1};
    ASSERT_TRUE(heavy_executor_.TrySubmit([&] {
      holding.count_down();
      release_.wait();
    }));
    holding.wait();
  }

  grpc::Status Search(const std::string& query, std::chrono::milliseconds deadline) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    v1::SearchRequest request;
    request.set_query(query);
    v1::SearchResponse response;
    auto status = client_->Search(&context, request, &response);
    if (status.ok()) {
      EXPECT_EQ(response.hits_size(), 10) << query;
    }
    return status;
  }

  support::TempDirectory directory_;
  support::TestIndex index_;
  SystemClock clock_;
  Metrics metrics_;
  ReaderPool readers_{directory_.path() / "index"};
  SnapshotWatcher watcher_{readers_, [](const absl::Status&, const std::string&) {}};
  ParkedCalls parked_{10};
  std::latch release_{1};
  Executor executor_{1, 100};
  Executor heavy_executor_{1, 100};
  ServiceCalls calls_{kSearchServiceName, {executor_, heavy_executor_}, metrics_, {}};
  StreamTurns turns_{executor_, 1};
  StreamGroup exports_{turns_, "exports", 1};
  StreamGroup watches_{turns_, "live queries", 1};
  std::unique_ptr<SynonymFile> synonyms_ = *SynonymFile::Open("");
  SearchService service_{calls_, readers_, watcher_, parked_, {exports_, watches_}, clock_, *synonyms_};
  std::unique_ptr<Server> server_;
  std::unique_ptr<SearchClient> client_;
};

TEST_F(LightAndHeavyTest, AreBothAnsweredWhenNothingElseRuns) {
  EXPECT_TRUE(Search(Word(7), std::chrono::seconds(30)).ok());
  EXPECT_TRUE(Search(HeavyQuery(), std::chrono::seconds(30)).ok());
}

TEST_F(LightAndHeavyTest, LightOnesAreAnsweredWhileHeavyOnesWait) {
  Hold();
  std::vector<std::thread> heavy;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 4; ++i) {
    heavy.emplace_back([this, &answered] {
      auto status = Search(HeavyQuery(), std::chrono::seconds(60));
      EXPECT_TRUE(status.ok()) << status.error_message();
      ++answered;
    });
  }
  while (heavy_executor_.queued() < 4)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  for (int i = 0; i < 20; ++i) {
    auto status = Search(Word(i), std::chrono::seconds(30));
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  EXPECT_EQ(answered, 0);
  release_.count_down();
  for (auto& thread : heavy)
    thread.join();
  EXPECT_EQ(answered, 4);
}

TEST_F(LightAndHeavyTest, AHeavyOneThatWaitsIsGivenUpAtItsDeadline) {
  Hold();
  EXPECT_EQ(Search(HeavyQuery(), std::chrono::milliseconds(300)).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  release_.count_down();
}

}  // namespace
}  // namespace broadsheet::search
