#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "broadsheet/v1/search.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"

// Clients of the services over a channel, as gRPC's compiler makes them. Thread-safe.
namespace broadsheet {

using IngestClient = v1::IngestService::Stub;
using SearchClient = v1::SearchService::Stub;
using HealthClient = grpc::health::v1::Health::Stub;

inline std::unique_ptr<IngestClient> MakeIngestClient(const std::shared_ptr<grpc::Channel>& channel) {
  return v1::IngestService::NewStub(channel);
}

inline std::unique_ptr<SearchClient> MakeSearchClient(const std::shared_ptr<grpc::Channel>& channel) {
  return v1::SearchService::NewStub(channel);
}

inline std::unique_ptr<HealthClient> MakeHealthClient(const std::shared_ptr<grpc::Channel>& channel) {
  return grpc::health::v1::Health::NewStub(channel);
}

}  // namespace broadsheet
