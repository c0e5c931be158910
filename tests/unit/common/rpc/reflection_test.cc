#include "common/rpc/reflection.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "unit/common/rpc/probe_service.h"

namespace broadsheet {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

struct V1 {
  using Service = grpc::reflection::v1::ServerReflection;
  using Request = grpc::reflection::v1::ServerReflectionRequest;
  using Response = grpc::reflection::v1::ServerReflectionResponse;
};

struct V1Alpha {
  using Service = grpc::reflection::v1alpha::ServerReflection;
  using Request = grpc::reflection::v1alpha::ServerReflectionRequest;
  using Response = grpc::reflection::v1alpha::ServerReflectionResponse;
};

// One call to the reflection of a server, by either version of it.
template <class Version>
struct ReflectionCall {
  using Request = typename Version::Request;
  using Response = typename Version::Response;

  explicit ReflectionCall(const ProbeServer& server) : client(Version::Service::NewStub(server.channel)) {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(100));
    wire = client->ServerReflectionInfo(&context);
  }

  Response Ask(const Request& request) {
    Response response;
    EXPECT_TRUE(wire->Write(request));
    EXPECT_TRUE(wire->Read(&response));
    return response;
  }

  Response AskSymbol(const std::string& symbol) {
    Request request;
    request.set_file_containing_symbol(symbol);
    return Ask(request);
  }

  grpc::Status End() {
    wire->WritesDone();
    return wire->Finish();
  }

  std::unique_ptr<typename Version::Service::Stub> client;
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> wire;
};

// The files of an answer, as a tool builds them: nothing may be missing.
struct Files {
  template <class Response>
  explicit Files(const Response& response) {
    const auto& files = response.file_descriptor_response().file_descriptor_proto();
    for (auto bytes = files.rbegin(); bytes != files.rend(); ++bytes) {
      google::protobuf::FileDescriptorProto proto;
      EXPECT_TRUE(proto.ParseFromString(*bytes));
      EXPECT_TRUE(database.Add(proto));
      names.push_back(proto.name());
    }
  }

  template <class Descriptor>
  static std::string CommentOf(const Descriptor* descriptor) {
    google::protobuf::SourceLocation location;
    if (descriptor == nullptr || !descriptor->GetSourceLocation(&location)) return "";
    return location.leading_comments;
  }

  google::protobuf::SimpleDescriptorDatabase database;
  google::protobuf::DescriptorPool pool{&database};
  std::vector<std::string> names;
};

template <class Version>
class ReflectionOf : public testing::Test {
 protected:
  ProbeService service_{1, 1};
  ProbeServer server_{service_};
};

using Versions = testing::Types<V1, V1Alpha>;
TYPED_TEST_SUITE(ReflectionOf, Versions);

TYPED_TEST(ReflectionOf, ListsWhatIsServedAndNothingElse) {
  ReflectionCall<TypeParam> call(this->server_);
  typename TypeParam::Request request;
  request.set_host("here");
  request.set_list_services("*");
  const auto response = call.Ask(request);
  std::vector<std::string> names;
  for (const auto& service : response.list_services_response().service())
    names.push_back(service.name());
  EXPECT_THAT(names, UnorderedElementsAre("grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                                          "grpc.reflection.v1alpha.ServerReflection", kProbeServiceName));
  EXPECT_EQ(response.valid_host(), "here");
  EXPECT_EQ(response.original_request().list_services(), "*");
  for (const auto& name : names)
    EXPECT_TRUE(call.AskSymbol(name).has_file_descriptor_response()) << name;
  EXPECT_TRUE(call.End().ok());
}

TYPED_TEST(ReflectionOf, GivesTheCommentsOfMessagesFieldsAndMethods) {
  ReflectionCall<TypeParam> call(this->server_);
  const Files files(call.AskSymbol("broadsheet.v1.SearchService"));
  EXPECT_THAT(Files::CommentOf(files.pool.FindMessageTypeByName("broadsheet.v1.SearchRequest")), HasSubstr("question"));
  EXPECT_THAT(Files::CommentOf(files.pool.FindFieldByName("broadsheet.v1.SearchRequest.page_size")),
              HasSubstr("Hits per page"));
  EXPECT_THAT(Files::CommentOf(files.pool.FindMethodByName("broadsheet.v1.SearchService.Search")),
              HasSubstr("Finds articles"));
}

TYPED_TEST(ReflectionOf, LeavesJsonNamesOutSoThatToolsPrintFieldsAsTheProtosNameThem) {
  ReflectionCall<TypeParam> call(this->server_);
  Files files(call.AskSymbol("broadsheet.v1.SearchRequest"));
  google::protobuf::FileDescriptorProto proto;
  ASSERT_TRUE(files.database.FindFileContainingSymbol("broadsheet.v1.SearchRequest", &proto));
  for (const auto& message : proto.message_type())
    for (const auto& field : message.field())
      EXPECT_FALSE(field.has_json_name()) << field.name();
}

TYPED_TEST(ReflectionOf, GivesAFileByNameWithAllThatItImports) {
  ReflectionCall<TypeParam> call(this->server_);
  typename TypeParam::Request request;
  request.set_file_by_filename("broadsheet/v1/article.proto");
  const Files files(call.Ask(request));
  EXPECT_THAT(files.names, UnorderedElementsAre("broadsheet/v1/article.proto", "google/protobuf/timestamp.proto"));
  EXPECT_NE(files.pool.FindFileByName("broadsheet/v1/article.proto"), nullptr);
}

TYPED_TEST(ReflectionOf, FindsTheFileOfAnyKindOfSymbol) {
  ReflectionCall<TypeParam> call(this->server_);
  for (const char* symbol : {"broadsheet.v1.Outcome", "broadsheet.v1.OUTCOME_CREATED", "broadsheet.v1.RawArticle.id",
                             "broadsheet.v1.IngestService.StreamArticles", "google.rpc.BadRequest.FieldViolation"}) {
    EXPECT_TRUE(call.AskSymbol(symbol).has_file_descriptor_response()) << symbol;
  }
}

TYPED_TEST(ReflectionOf, AnswersWhatItCannotFindWithAnErrorAndGoesOn) {
  ReflectionCall<TypeParam> call(this->server_);
  EXPECT_EQ(call.AskSymbol("broadsheet.v1.Nothing").error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(call.AskSymbol("").error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  typename TypeParam::Request request;
  request.set_file_by_filename("nothing.proto");
  EXPECT_EQ(call.Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(call.Ask({}).error_response().error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_TRUE(call.AskSymbol("broadsheet.v1.Article").has_file_descriptor_response());
  EXPECT_TRUE(call.End().ok());
}

TYPED_TEST(ReflectionOf, KnowsNoExtensions) {
  ReflectionCall<TypeParam> call(this->server_);
  typename TypeParam::Request request;
  request.mutable_file_containing_extension()->set_containing_type("broadsheet.v1.Article");
  request.mutable_file_containing_extension()->set_extension_number(1000);
  EXPECT_EQ(call.Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  request.set_all_extension_numbers_of_type("broadsheet.v1.Nothing");
  EXPECT_EQ(call.Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  request.set_all_extension_numbers_of_type("broadsheet.v1.Article");
  const auto response = call.Ask(request);
  EXPECT_EQ(response.all_extension_numbers_response().base_type_name(), "broadsheet.v1.Article");
  EXPECT_EQ(response.all_extension_numbers_response().extension_number_size(), 0);
}

// The answers repeat their requests. A server that read on without being read would take all of them: 64 MB.
TYPED_TEST(ReflectionOf, DoesNotReadOnFromAClientThatDoesNotRead) {
  ReflectionCall<TypeParam> call(this->server_);
  constexpr int kRequests = 4000;
  std::atomic<int> written = 0;
  std::thread writer([&] {
    typename TypeParam::Request request;
    request.set_file_containing_symbol("broadsheet.v1.Nothing");
    while (written < kRequests) {
      request.set_host(std::string(16 * 1024, 'h') + std::to_string(written));
      if (!call.wire->Write(request)) break;
      ++written;
    }
  });
  ReflectionCall<TypeParam> other(this->server_);  // is served meanwhile
  for (int i = 0; i < 2000; ++i)
    EXPECT_TRUE(other.AskSymbol("broadsheet.v1.Nothing").has_error_response());
  EXPECT_LT(written, kRequests);
  typename TypeParam::Response response;
  for (int i = 0; i < kRequests && call.wire->Read(&response); ++i)
    EXPECT_EQ(response.valid_host().substr(16 * 1024), std::to_string(i));
  writer.join();
  EXPECT_EQ(written, kRequests);
  EXPECT_TRUE(call.End().ok());
}

TYPED_TEST(ReflectionOf, OutlivesAClientThatGoesAway) {
  {
    ReflectionCall<TypeParam> call(this->server_);
    call.AskSymbol(kProbeServiceName);
    call.context.TryCancel();
    EXPECT_EQ(call.wire->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_TRUE(ReflectionCall<TypeParam>(this->server_).AskSymbol(kProbeServiceName).has_file_descriptor_response());
}

TYPED_TEST(ReflectionOf, CanBeSwitchedOff) {
  ServerOptions options;
  options.reflection = false;
  ProbeService service(1, 1);
  ProbeServer server(service, options);
  EXPECT_EQ(ReflectionCall<TypeParam>(server).End().error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace broadsheet
