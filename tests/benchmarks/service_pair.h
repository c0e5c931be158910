#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "benchmarks/corpus.h"
#include "benchmarks/service_process.h"
#include "broadsheet/v1/ingest.grpc.pb.h"
#include "broadsheet/v1/search.grpc.pb.h"

// Both services as real processes over one fresh data directory.
namespace broadsheet::benchmarks {

struct StreamTimes {
  double acknowledged_seconds = 0;  // until the last result
  double visible_seconds = 0;       // until search could see the last sequence
  size_t taken = 0;                 // results that are CREATED, UPDATED or DUPLICATE
};

class ServicePair {
 public:
  // Starts both programs from `bin` over the empty directory `data` and waits until both serve.
  ServicePair(const std::filesystem::path& bin, const std::filesystem::path& data);

  // Sends the corpus through one stream.
  StreamTimes Stream(const Corpus& corpus);

  v1::IngestService::Stub& ingest() { return *ingest_stub_; }
  v1::SearchService::Stub& search() { return *search_stub_; }
  const std::string& search_address() const { return search_address_; }
  const ServiceProcess& ingest_process() const { return *ingest_; }
  const ServiceProcess& search_process() const { return *search_; }
  const std::filesystem::path& data() const { return data_; }

 private:
  int64_t VisibleSequence();

  const std::filesystem::path data_;
  std::string search_address_;
  std::unique_ptr<ServiceProcess> ingest_;
  std::unique_ptr<ServiceProcess> search_;
  std::unique_ptr<v1::IngestService::Stub> ingest_stub_;
  std::unique_ptr<v1::SearchService::Stub> search_stub_;
};

}  // namespace broadsheet::benchmarks
