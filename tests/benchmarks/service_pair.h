#pragma once

#include <filesystem>
#include <span>

#include "benchmarks/corpus.h"
#include "support/service_process.h"

// Both services as real processes over one data directory.
namespace broadsheet::benchmarks {

struct StreamTimes {
  double acknowledged_seconds = 0;  // until the last result
  double visible_seconds = 0;       // until search could see the last sequence
  size_t taken = 0;                 // results that are CREATED, UPDATED or DUPLICATE
  uint64_t peak_heap_bytes = 0;     // of ingest-service meanwhile, as far as a look every 20 ms sees it
};

class ServicePair {
 public:
  // Starts both over an empty directory, or one that an earlier pair left.
  explicit ServicePair(const std::filesystem::path& data, int seal_quiet_seconds = kSealQuietSeconds);

  // From the last article until what is worth it is sealed: longer than any step of a run, not the minutes of a
  // service.
  static constexpr int kSealQuietSeconds = 15;

  // Sends the articles through one stream.
  StreamTimes Stream(std::span<const v1::RawArticle> articles);
  StreamTimes Stream(const Corpus& corpus) { return Stream(corpus.articles); }

  // Waits until all that is in the archive can be found.
  void WaitUntilIdle();

  // Waits until every shard is sealed that is full, or has an eighth of that, and none is being merged.
  void WaitUntilSealed();

  support::IngestProcess& ingest() { return ingest_; }
  support::SearchProcess& search() { return search_; }
  const std::filesystem::path& data() const { return data_; }

 private:
  v1::GetIngestStatusResponse Status();

  const std::filesystem::path data_;
  const int seal_quiet_seconds_;
  support::IngestProcess ingest_;
  support::SearchProcess search_;
};

}  // namespace broadsheet::benchmarks
