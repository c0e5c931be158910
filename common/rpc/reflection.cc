#include "common/rpc/reflection.h"

#include <grpcpp/support/server_callback.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/descriptor_set.h"
#include "common/rpc/described_protos.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

namespace broadsheet {
namespace {

namespace reflection_v1 = grpc::reflection::v1;
namespace reflection_v1alpha = grpc::reflection::v1alpha;

// The messages of both versions are alike in everything but their package.
template <class Response>
void SetError(const absl::Status& status, Response& response) {
  response.mutable_error_response()->set_error_code(static_cast<int>(status.code()));
  response.mutable_error_response()->set_error_message(std::string(status.message()));
}

template <class Response>
void SetFiles(const absl::StatusOr<DescribedProtos::Files>& files, Response& response) {
  if (!files.ok()) return SetError(files.status(), response);
  for (const std::string_view file : *files)
    response.mutable_file_descriptor_response()->add_file_descriptor_proto(file.data(), file.size());
}

template <class Response>
void SetExtensionNumbers(const DescribedProtos& protos, const std::string& message, Response& response) {
  const auto numbers = protos.ExtensionNumbers(message);
  if (!numbers.ok()) return SetError(numbers.status(), response);
  response.mutable_all_extension_numbers_response()->set_base_type_name(message);
  for (const int number : *numbers)
    response.mutable_all_extension_numbers_response()->add_extension_number(number);
}

template <class Request, class Response>
Response Answer(const DescribedProtos& protos, const Request& request) {
  Response response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  switch (request.message_request_case()) {
    case Request::kFileByFilename:
      SetFiles(protos.FileByName(request.file_by_filename()), response);
      break;
    case Request::kFileContainingSymbol:
      SetFiles(protos.FileOfSymbol(request.file_containing_symbol()), response);
      break;
    case Request::kFileContainingExtension: {
      const auto& extension = request.file_containing_extension();
      SetFiles(protos.FileOfExtension(extension.containing_type(), extension.extension_number()), response);
      break;
    }
    case Request::kAllExtensionNumbersOfType:
      SetExtensionNumbers(protos, request.all_extension_numbers_of_type(), response);
      break;
    case Request::kListServices:
      for (const auto& name : protos.services())
        response.mutable_list_services_response()->add_service()->set_name(name);
      break;
    case Request::MESSAGE_REQUEST_NOT_SET:
      SetError(absl::UnimplementedError("the request asks for nothing that is known here"), response);
      break;
  }
  return response;
}

// One call. It reads only when nothing is being written, so no two of its events come at once.
template <class Request, class Response>
class ReflectionStream final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  explicit ReflectionStream(const DescribedProtos& protos) : protos_(protos) { this->StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (!ok) return this->Finish(grpc::Status::OK);
    response_ = Answer<Request, Response>(protos_, request_);
    this->StartWrite(&response_);
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return this->Finish(grpc::Status::OK);
    this->StartRead(&request_);
  }

  void OnDone() override { delete this; }

 private:
  const DescribedProtos& protos_;
  Request request_;
  Response response_;
};

template <class Service, class Request, class Response>
class ReflectionService final : public Service::CallbackService {
 public:
  explicit ReflectionService(const DescribedProtos& protos) : protos_(protos) {}

  grpc::ServerBidiReactor<Request, Response>* ServerReflectionInfo(grpc::CallbackServerContext*) override {
    return new ReflectionStream<Request, Response>(protos_);
  }

 private:
  const DescribedProtos& protos_;
};

using ServiceV1 = ReflectionService<reflection_v1::ServerReflection, reflection_v1::ServerReflectionRequest,
                                    reflection_v1::ServerReflectionResponse>;
using ServiceV1Alpha =
    ReflectionService<reflection_v1alpha::ServerReflection, reflection_v1alpha::ServerReflectionRequest,
                      reflection_v1alpha::ServerReflectionResponse>;

}  // namespace

Reflection::Reflection(std::vector<std::string> services) {
  services.emplace_back(reflection_v1::ServerReflection::service_full_name());
  services.emplace_back(reflection_v1alpha::ServerReflection::service_full_name());
  protos_ = std::make_unique<DescribedProtos>(DescriptorSet(), std::move(services));
  services_.push_back(std::make_unique<ServiceV1>(*protos_));
  services_.push_back(std::make_unique<ServiceV1Alpha>(*protos_));
}

Reflection::~Reflection() = default;

}  // namespace broadsheet
