#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "broadsheet/v1/ingest.pb.h"

// What a client knows of its writes: which were acknowledged with which result, and which are in doubt because the
// service died before it answered.
namespace broadsheet::crash {

struct Acknowledged {
  v1::StreamArticlesRequest request;
  v1::IngestResult result;
};

// Thread-safe: one thread sends, another receives.
class History {
 public:
  explicit History(uint64_t seed) : random_(seed) {}

  // The next operation to send: new articles, changed ones, the same again, deletions.
  v1::StreamArticlesRequest Next();

  // A result arrived. Results come in the order of requests: false when this one does not.
  [[nodiscard]] bool Receive(const v1::StreamArticlesResponse& response);

  // The stream is gone: what was not answered is in doubt. Returns how many that are.
  size_t Forsake();

  size_t in_flight() const;

  // Everything acknowledged since the last call.
  std::vector<Acknowledged> TakeAcknowledged();

 private:
  v1::RawArticle NewArticle(const std::string& id, int version);

  mutable std::mutex mutex_;
  std::mt19937_64 random_;
  int64_t next_correlation_ = 0;
  int next_id_ = 0;
  std::map<std::string, v1::RawArticle> sent_;  // the last version sent of each id
  std::deque<v1::StreamArticlesRequest> in_flight_;
  std::vector<Acknowledged> acknowledged_;
};

}  // namespace broadsheet::crash
