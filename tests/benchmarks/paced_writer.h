#pragma once

#include <atomic>
#include <cstddef>
#include <thread>

#include "benchmarks/corpus.h"
#include "broadsheet/v1/ingest.grpc.pb.h"
#include "common/rpc/clients.h"

namespace broadsheet::benchmarks {

// An article that is in no corpus: the first half of one and the second half of another, so that it is a copy of
// neither. `number` tells it from the others.
v1::RawArticle Blend(const Corpus& corpus, size_t number);

// Streams new articles into ingest-service at a steady rate while it lives. The destructor waits for the last result.
class PacedWriter {
 public:
  // Both must outlive it. Articles are numbered from `first` on.
  PacedWriter(IngestClient& client, const Corpus& corpus, double articles_per_second, size_t first);
  ~PacedWriter();
  PacedWriter(const PacedWriter&) = delete;
  PacedWriter& operator=(const PacedWriter&) = delete;

  size_t sent() const { return sent_; }
  size_t acknowledged() const { return acknowledged_; }  // of them: durable by now

 private:
  void Write();
  void Read();

  const Corpus& corpus_;
  const double per_second_;
  const size_t first_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamArticlesRequest, v1::StreamArticlesResponse>> stream_;
  std::atomic<bool> stopping_ = false;
  std::atomic<size_t> sent_ = 0;
  std::atomic<size_t> acknowledged_ = 0;
  std::thread reader_;
  std::thread writer_;
};

}  // namespace broadsheet::benchmarks
