// What a client can cost that asks for as much as the limits allow. The service has one worker here: as long as a call
// is worked on, no other one is answered.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/rpc/clients.h"
#include "integration/hostile_requests.h"
#include "integration/running_search.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr milliseconds kPlenty = std::chrono::minutes(2);
constexpr milliseconds kLittle = std::chrono::seconds(10);  // for what takes a millisecond, under sanitizers, too
constexpr milliseconds kWorthStopping(15);
constexpr int kTries = 12;  // other programs of the machine may take the time of some
constexpr size_t kArticles = 800;

size_t Articles() {
  const char* asked = std::getenv("BROADSHEET_HOSTILE_ARTICLES");
  return asked != nullptr ? std::stoul(asked) : kArticles;
}

struct HostileCall {
  std::string name;
  std::function<absl::Status(RunningSearch&, microseconds deadline)> run;
};

template <typename Request, typename Response>
HostileCall Unary(std::string name, SearchMethod<Request, Response> method, const Request& request) {
  return {std::move(name), [method, request](RunningSearch& search, microseconds deadline) {
            Response response;
            return search.Call(method, request, response, deadline);
          }};
}

HostileCall Export() {
  return {"ExportArticles", [](RunningSearch& search, microseconds deadline) {
            v1::ExportArticlesRequest request;
            request.set_query(HostileQuery());
            *request.mutable_filter() = HostileFilter();
            return search.Read(&SearchClient::ExportArticles, request, deadline, kEveryElement);
          }};
}

// From the beginning of the index; it would go on for ever.
HostileCall Watch() {
  return {"WatchArticles", [](RunningSearch& search, microseconds deadline) {
            v1::WatchArticlesRequest request;
            request.set_query(HostileQuery());
            *request.mutable_filter() = HostileFilter();
            request.set_view(v1::ARTICLE_VIEW_FULL);
            *request.mutable_highlight() = HostileSearch().highlight();
            request.set_start_sequence(0);
            return search.Read(&SearchClient::WatchArticles, request, deadline, 200);
          }};
}

v1::BatchSearchRequest HostileBatch() {
  v1::BatchSearchRequest request;
  for (int i = 0; i < 20; ++i)
    *request.add_requests() = HostileSearch();
  return request;
}

v1::BatchGetArticlesRequest HostileGet() {
  v1::BatchGetArticlesRequest request;
  for (int i = 0; i < 100; ++i)
    request.add_ids("hostile-" + std::to_string(i % 5 * 200));
  return request;
}

v1::ParseQueryRequest HostileParse() {
  v1::ParseQueryRequest request;
  request.set_query(HostileQuery());
  return request;
}

std::vector<HostileCall> HostileCalls() {
  v1::SearchRequest by_date = HostileSearch();
  by_date.set_order(v1::ORDER_OLDEST);
  v1::SearchRequest misspelt = HostileSearch();
  misspelt.set_query(HostileSpelling());
  return {Unary("Search", &SearchClient::Search, HostileSearch()),
          Unary("Search by every part of ranking", &SearchClient::Search, HostileRanking()),
          Unary("Search for misspelt words in places", &SearchClient::Search, misspelt),
          Unary("Search by date", &SearchClient::Search, by_date),
          Unary("Search in groups", &SearchClient::Search, HostileGroups()),
          Unary("Search with fair pages", &SearchClient::Search, HostileFairPages()),
          Unary("BatchSearch", &SearchClient::BatchSearch, HostileBatch()),
          Unary("SimilarArticles", &SearchClient::SimilarArticles, HostileLike()),
          Unary("SignificantTerms", &SearchClient::SignificantTerms, HostileTerms()),
          Unary("Trends", &SearchClient::Trends, HostileTrends()),
          Unary("Suggest", &SearchClient::Suggest, HostileTyping()),
          Export(),
          Watch(),
          Unary("BatchGetArticles", &SearchClient::BatchGetArticles, HostileGet()),
          Unary("ParseQuery", &SearchClient::ParseQuery, HostileParse()),
          Unary("GetIndexInfo", &SearchClient::GetIndexInfo, v1::GetIndexInfoRequest())};
}

class HostileClientTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = std::make_unique<support::TempDirectory>();
    support::TestIndex index(directory_->path() / "index");
    for (size_t i = 0; i < Articles(); ++i)
      index.Add(HostileArticle(i));
    index.Commit();
  }
  static void TearDownTestSuite() { directory_.reset(); }

  void SetUp() override { search_.emplace(directory_->path() / "index"); }

  absl::Status Run(const HostileCall& call, microseconds deadline) { return call.run(*search_, deadline); }

  // The least of some runs, so that what other programs took does not count.
  microseconds FastestRun(const HostileCall& call) {
    microseconds fastest = kPlenty;
    for (int i = 0; i < 2; ++i)
      fastest = std::min(fastest, WorkerTaken(call, kPlenty));
    return fastest;
  }

  // How long the only worker is not free for others when a call has so much time.
  microseconds WorkerTaken(const HostileCall& call, microseconds deadline) {
    const auto begin = std::chrono::steady_clock::now();
    absl::Status status = Run(call, deadline);
    EXPECT_TRUE(status.ok() || absl::IsDeadlineExceeded(status)) << call.name << ": " << status;
    EXPECT_EQ(AskForLittle(kLittle), absl::OkStatus()) << "after " << call.name;
    return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin);
  }

  // What an honest client asks. It is answered once the only worker is free.
  absl::Status AskForLittle(microseconds deadline) {
    v1::SearchRequest request;
    request.set_query(HostileWord(3'999));
    request.set_page_size(1);
    return Run(Unary("little", &SearchClient::Search, request), deadline);
  }

  inline static std::unique_ptr<support::TempDirectory> directory_;
  std::optional<RunningSearch> search_;
};

TEST_F(HostileClientTest, TheRequestsMatchMostArticles) {
  v1::SearchResponse response;
  ASSERT_EQ(search_->Call(&SearchClient::Search, HostileSearch(), response), absl::OkStatus());
  EXPECT_GT(response.total().value(), static_cast<int64_t>(Articles() / 2));
  EXPECT_EQ(response.facets_size(), 16);
}

TEST_F(HostileClientTest, RequestsAtEveryLimitAtOnceAreLegal) {
  for (const HostileCall& call : HostileCalls()) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(Run(call, kPlenty), absl::OkStatus()) << call.name;
    const auto took = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin);
    std::cout << call.name << " with everything at its limit: " << took.count() << " us\n";
  }
}

// What is not stopped keeps the worker for as long as it takes without a deadline, in every try.
TEST_F(HostileClientTest, WorkStopsWhereverTheDeadlineFalls) {
  for (const HostileCall& call : HostileCalls()) {
    const microseconds whole = FastestRun(call);
    if (whole < kWorthStopping) continue;
    for (int part : {10, 3}) {
      int tries = 1;
      while (WorkerTaken(call, whole / part) > whole * 8 / 10 && tries < kTries)
        ++tries;
      EXPECT_LT(tries, kTries) << call.name << " goes on after 1/" << part << " of the time that it takes";
    }
  }
}

// Calls that nobody waits for any more are not begun: else these would take the worker for many times their deadline.
TEST_F(HostileClientTest, ManyAtOnceCostNoMoreThanTheirDeadlines) {
  constexpr int kClients = 200;  // the queue takes 256
  const HostileCall call = Unary("Search", &SearchClient::Search, HostileSearch());
  const microseconds whole = FastestRun(call);
  int tries = 1;
  for (microseconds taken(0); tries < kTries; ++tries) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> clients;
    for (int i = 0; i < kClients; ++i)
      clients.emplace_back([&] { (void)Run(call, whole); });
    for (auto& client : clients)
      client.join();
    EXPECT_EQ(AskForLittle(kLittle), absl::OkStatus());
    taken = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin);
    if (taken < whole * kClients / 4) break;
  }
  EXPECT_LT(tries, kTries);
}

}  // namespace
}  // namespace broadsheet::search
