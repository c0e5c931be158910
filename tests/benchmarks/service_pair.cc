#include "benchmarks/service_pair.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr auto kLookAtHeap = std::chrono::milliseconds(20);
constexpr auto kBetweenLooks = std::chrono::seconds(1);  // whether shards are sealed
constexpr int kQuietLooks = 3;                           // one after the other, after which they are

double SecondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// Looks at the heap of a process while it lives.
class HeapWatch {
 public:
  explicit HeapWatch(const support::Process& process)
      : thread_([this, &process] {
          for (; !done_; std::this_thread::sleep_for(kLookAtHeap))
            peak_ = std::max(peak_, process.MemoryUse().anonymous_bytes);
        }) {}
  ~HeapWatch() {
    if (thread_.joinable()) End();
  }

  uint64_t End() {
    done_ = true;
    thread_.join();
    return peak_;
  }

 private:
  std::atomic<bool> done_ = false;
  uint64_t peak_ = 0;
  std::thread thread_;
};

}  // namespace

ServicePair::ServicePair(const std::filesystem::path& data, int seal_quiet_seconds)
    : data_(data),
      seal_quiet_seconds_(seal_quiet_seconds),
      ingest_(data, {"--seal-quiet-seconds", std::to_string(seal_quiet_seconds)}),
      search_(data) {}

StreamTimes ServicePair::Stream(std::span<const v1::RawArticle> articles) {
  HeapWatch heap(ingest_.process());
  auto start = steady_clock::now();
  grpc::ClientContext context;
  auto stream = ingest_.client().StreamArticles(&context);
  std::thread writer([&] {
    v1::StreamArticlesRequest request;
    for (const auto& article : articles) {
      *request.mutable_article() = article;
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
  });
  StreamTimes times;
  int64_t newest = 0;
  for (v1::StreamArticlesResponse response; stream->Read(&response);) {
    auto outcome = response.result().outcome();
    times.taken += outcome == v1::OUTCOME_CREATED || outcome == v1::OUTCOME_UPDATED || outcome == v1::OUTCOME_DUPLICATE;
    newest = std::max(newest, response.result().sequence());
  }
  writer.join();
  if (auto status = stream->Finish(); !status.ok()) throw std::runtime_error("stream: " + status.error_message());
  times.acknowledged_seconds = SecondsSince(start);
  ingest_.WaitVisible(newest);
  times.visible_seconds = SecondsSince(start);
  times.peak_heap_bytes = heap.End();
  return times;
}

v1::GetIngestStatusResponse ServicePair::Status() {
  grpc::ClientContext context;
  v1::GetIngestStatusResponse status;
  if (!ingest_.client().GetIngestStatus(&context, {}, &status).ok()) {
    throw std::runtime_error("ingest-service does not answer");
  }
  return status;
}

void ServicePair::WaitUntilIdle() {
  ingest_.WaitVisible(Status().archive_sequence());
}

void ServicePair::WaitUntilSealed() {
  std::this_thread::sleep_for(std::chrono::seconds(seal_quiet_seconds_));
  // A merge may follow the one before after a moment.
  for (int quiet = 0; quiet < kQuietLooks; ++quiet) {
    const v1::IndexShards shards = Status().index_shards();
    if (shards.sealing() || shards.frozen() > 0) quiet = 0;
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

}  // namespace broadsheet::benchmarks
