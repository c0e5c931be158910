#include "benchmarks/service_pair.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

double SecondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

}  // namespace

StreamTimes ServicePair::Stream(const Corpus& corpus) {
  auto start = steady_clock::now();
  grpc::ClientContext context;
  auto stream = ingest_.stub().StreamArticles(&context);
  std::thread writer([&] {
    v1::StreamArticlesRequest request;
    for (const auto& article : corpus.articles) {
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
  return times;
}

}  // namespace broadsheet::benchmarks
