#pragma once

#include <grpcpp/support/status.h>

#include <cstddef>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

// The one place where statuses cross the wire. The details made by common/base/error.h travel as a google.rpc.Status in
// the binary trailer, as every gRPC client library expects them.
namespace broadsheet {

// Longer messages are cut at a code point, so that the trailers stay under the 8 KiB that clients accept.
inline constexpr size_t kMaxStatusMessageBytes = 1024;

// Details that would make the serialised google.rpc.Status longer are left out, the largest first.
inline constexpr size_t kMaxStatusDetailBytes = 3072;

grpc::Status ToGrpcStatus(const absl::Status& status);

// The same as a message, for replies that carry an error of a part.
google::rpc::Status ToRpcStatus(const absl::Status& status);

// The way back, for clients. A status without readable details keeps code and message.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace broadsheet
