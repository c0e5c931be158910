#include "benchmarks/load.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "common/rpc/clients.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kOutstandingPerChannel = 16;

std::shared_ptr<grpc::Channel> NewChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

// One loop of calls: at most one outstanding.
class Loop {
 public:
  Loop(SearchClient& client, const std::vector<Question>& questions, std::atomic<size_t>& next, size_t least,
       steady_clock::time_point end, std::function<void()> done)
      : client_(client), questions_(questions), next_(next), least_(least), end_(end), done_(std::move(done)) {}

  void Ask() {
    size_t ticket = next_.fetch_add(1);
    if (ticket >= least_ && steady_clock::now() >= end_) return done_();
    const Question& question = questions_[ticket % questions_.size()];
    context_ = std::make_unique<grpc::ClientContext>();
    asked_ = steady_clock::now();
    client_.async()->Search(context_.get(), &question.request, &response_,
                            [this, &question](const grpc::Status& status) { Take(question, status); });
  }

  std::vector<Answered> answered;
  size_t failed = 0;
  size_t bytes = 0;

 private:
  void Take(const Question& question, const grpc::Status& status) {
    if (status.ok()) {
      double milliseconds = std::chrono::duration<double, std::milli>(steady_clock::now() - asked_).count();
      answered.push_back({question.query_class, milliseconds});
      bytes += response_.ByteSizeLong();
    } else {
      ++failed;
    }
    Ask();
  }

  SearchClient& client_;
  const std::vector<Question>& questions_;
  std::atomic<size_t>& next_;
  const size_t least_;
  const steady_clock::time_point end_;
  const std::function<void()> done_;
  std::unique_ptr<grpc::ClientContext> context_;
  v1::SearchResponse response_;
  steady_clock::time_point asked_;
};

LoadResult Sum(const std::vector<std::unique_ptr<Loop>>& loops, double seconds) {
  LoadResult result;
  for (const auto& loop : loops) {
    result.answered.insert(result.answered.end(), loop->answered.begin(), loop->answered.end());
    result.failed += loop->failed;
    result.reply_bytes += loop->bytes;
  }
  if (!result.answered.empty()) result.reply_bytes /= result.answered.size();
  result.calls_per_second = static_cast<double>(result.answered.size()) / seconds;
  return result;
}

}  // namespace

LoadResult RunLoad(const std::string& address, const std::vector<Question>& questions, int outstanding,
                   std::chrono::milliseconds duration) {
  std::vector<std::unique_ptr<SearchClient>> clients;
  for (int i = 0; i < outstanding; i += kOutstandingPerChannel) {
    clients.push_back(MakeSearchClient(NewChannel(address)));
  }
  std::mutex mutex;
  std::condition_variable changed;
  int running = outstanding;
  auto done = [&] {
    std::lock_guard lock(mutex);
    if (--running == 0) changed.notify_all();
  };
  std::atomic<size_t> next = 0;
  auto start = steady_clock::now();
  std::vector<std::unique_ptr<Loop>> loops;
  for (int i = 0; i < outstanding; ++i) {
    auto& client = *clients[i / kOutstandingPerChannel];
    loops.push_back(std::make_unique<Loop>(client, questions, next, questions.size(), start + duration, done));
  }
  for (auto& loop : loops)
    loop->Ask();
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return running == 0; });
  return Sum(loops, std::chrono::duration<double>(steady_clock::now() - start).count());
}

class EchoServer::Service : public v1::SearchService::CallbackService {
 public:
  explicit Service(v1::SearchResponse answer) : answer_(std::move(answer)) {}

  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context, const v1::SearchRequest*,
                                   v1::SearchResponse* response) override {
    *response = answer_;
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const v1::SearchResponse answer_;
};

EchoServer::EchoServer(const std::string& address, v1::SearchResponse answer)
    : service_(std::make_unique<Service>(std::move(answer))) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) throw std::runtime_error("the echo server cannot listen on " + address);
}

EchoServer::~EchoServer() {
  server_->Shutdown();
}

}  // namespace broadsheet::benchmarks
