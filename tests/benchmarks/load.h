#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "benchmarks/query_mix.h"
#include "broadsheet/v1/search.grpc.pb.h"

// A closed loop of search calls: so many outstanding, each answered one followed by the next at once.
namespace broadsheet::benchmarks {

struct Answered {
  std::string query_class;
  double milliseconds = 0;
};

struct LoadResult {
  double calls_per_second = 0;
  std::vector<Answered> answered;
  size_t failed = 0;
  size_t reply_bytes = 0;  // mean of the answered calls
};

struct Question {
  std::string query_class;
  v1::SearchRequest request;
};

// Asks the questions in turn, over and over, for `duration` (and at least once each).
LoadResult RunLoad(const std::string& address, const std::vector<Question>& questions, int outstanding,
                   std::chrono::milliseconds duration);

// A server that gives every search the same answer, at once: what gRPC itself costs for a reply of that size. Listens
// while it lives.
class EchoServer {
 public:
  EchoServer(const std::string& address, v1::SearchResponse answer);
  ~EchoServer();

 private:
  class Service;
  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace broadsheet::benchmarks
