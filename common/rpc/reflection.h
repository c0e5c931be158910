#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>
#include <vector>

namespace broadsheet {

class DescribedProtos;

// Server reflection, versions v1 and v1alpha, with the comments of every message, field and RPC: the library of gRPC
// knows only what is in generated code, which has none. Requests that find nothing are answered with an error and the
// call goes on. A call holds one request and one answer, so a client that does not read is not read either.
// Thread-safe; must outlive the server.
class Reflection {
 public:
  // Lists `services`, given by their full names, and itself.
  explicit Reflection(std::vector<std::string> services);
  ~Reflection();

  // What to register with the server.
  const std::vector<std::unique_ptr<grpc::Service>>& services() const { return services_; }

 private:
  std::unique_ptr<const DescribedProtos> protos_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
};

}  // namespace broadsheet
