#include "benchmarks/service_pair.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "absl/strings/str_cat.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr auto kStartTimeout = std::chrono::seconds(20);
constexpr auto kPoll = std::chrono::milliseconds(5);

double SecondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// Asks until `answered` is true; throws when the service does not come up.
template <typename Ask>
void WaitUntil(Ask answered, const std::string& what) {
  for (auto start = steady_clock::now(); !answered();) {
    if (steady_clock::now() - start > kStartTimeout) throw std::runtime_error(what + " did not come up");
    std::this_thread::sleep_for(kPoll);
  }
}

}  // namespace

ServicePair::ServicePair(const std::filesystem::path& bin, const std::filesystem::path& data) : data_(data) {
  std::string ingest_address = absl::StrCat("127.0.0.1:", FreePort());
  ingest_ = std::make_unique<ServiceProcess>(
      bin / "ingest-service",
      std::vector<std::string>{"--data-dir", data.string(), "--listen", ingest_address, "--log-level", "warn"},
      data / "ingest.log");
  auto credentials = grpc::InsecureChannelCredentials();
  ingest_stub_ = v1::IngestService::NewStub(grpc::CreateChannel(ingest_address, credentials));
  WaitUntil(
      [&] {
        grpc::ClientContext context;
        v1::GetIngestStatusResponse status;
        return ingest_stub_->GetIngestStatus(&context, {}, &status).ok();
      },
      "ingest-service");
  search_address_ = absl::StrCat("127.0.0.1:", FreePort());
  search_ =
      std::make_unique<ServiceProcess>(bin / "search-service",
                                       std::vector<std::string>{"--index-dir", (data / "index").string(), "--listen",
                                                                search_address_, "--log-level", "warn"},
                                       data / "search.log");
  search_stub_ = v1::SearchService::NewStub(grpc::CreateChannel(search_address_, credentials));
  WaitUntil(
      [&] {
        grpc::ClientContext context;
        v1::GetIndexInfoResponse info;
        return search_stub_->GetIndexInfo(&context, {}, &info).ok();
      },
      "search-service");
}

int64_t ServicePair::VisibleSequence() {
  grpc::ClientContext context;
  v1::GetIngestStatusResponse status;
  if (!ingest_stub_->GetIngestStatus(&context, {}, &status).ok()) throw std::runtime_error("no status");
  return status.index_sequence();
}

StreamTimes ServicePair::Stream(const Corpus& corpus) {
  auto start = steady_clock::now();
  grpc::ClientContext context;
  auto stream = ingest_stub_->StreamArticles(&context);
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
  while (VisibleSequence() < newest)
    std::this_thread::sleep_for(kPoll);
  times.visible_seconds = SecondsSince(start);
  return times;
}

}  // namespace broadsheet::benchmarks
