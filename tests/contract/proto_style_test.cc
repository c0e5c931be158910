#include "contract/proto_style.h"

#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/compiler/parser.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "gtest/gtest.h"

namespace broadsheet {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using testing::Contains;
using testing::IsEmpty;

// Violations of a file given as its text.
std::vector<std::string> ViolationsOf(const std::string& text) {
  google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  google::protobuf::io::Tokenizer tokenizer(&input, nullptr);
  google::protobuf::compiler::Parser parser;
  FileDescriptorProto proto;
  EXPECT_TRUE(parser.Parse(&tokenizer, &proto));
  proto.set_name("press/v1/press.proto");
  DescriptorPool pool;
  const FileDescriptor* file = pool.BuildFile(proto);
  EXPECT_NE(file, nullptr);
  return StyleViolations(*file);
}

constexpr char kClean[] = R"(syntax = "proto3";
package press.v1;
// Prints.
service PressService {
  // Prints one page.
  rpc Print(PrintRequest) returns (PrintResponse);
}
// Request of Print.
message PrintRequest {
  // The page.
  string page_text = 1;
  // What to print on.
  oneof surface {
    // Paper by its name.
    string paper = 2;
  }
  // How urgent it is.
  Urgency urgency = 3;
}
// Response of Print.
message PrintResponse {}
// How urgent.
enum Urgency {
  // Not said.
  URGENCY_UNSPECIFIED = 0;
}
)";

// kClean with one piece exchanged.
std::string With(const std::string& piece, const std::string& other) {
  std::string text = kClean;
  const size_t at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return text.replace(at, piece.size(), other);
}

TEST(ProtoStyle, OurFilesAreClean) {
  std::ifstream input(BROADSHEET_DESCRIPTORS, std::ios::binary);
  FileDescriptorSet set;
  ASSERT_TRUE(set.ParseFromIstream(&input)) << BROADSHEET_DESCRIPTORS;
  DescriptorPool pool;
  int checked = 0;
  for (const auto& proto : set.file()) {
    const FileDescriptor* file = pool.BuildFile(proto);
    ASSERT_NE(file, nullptr) << proto.name();
    if (proto.package().starts_with("broadsheet.")) {
      EXPECT_THAT(StyleViolations(*file), IsEmpty());
      ++checked;
    }
  }
  EXPECT_GE(checked, 3);
}

TEST(ProtoStyle, ACleanFileHasNoViolations) {
  EXPECT_THAT(ViolationsOf(kClean), IsEmpty());
}

struct Case {
  const char* piece;
  const char* other;
  const char* violation;
};

class ProtoStyleRule : public testing::TestWithParam<Case> {};

TEST_P(ProtoStyleRule, IsSeenWhenItIsBroken) {
  EXPECT_THAT(ViolationsOf(With(GetParam().piece, GetParam().other)), Contains(GetParam().violation));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ProtoStyleRule,
    testing::Values(
        Case{"// Prints.\n", "", "press.v1.PressService has no comment above it"},
        Case{"// Prints one page.\n", "", "press.v1.PressService.Print has no comment above it"},
        Case{"// Request of Print.\n", "", "press.v1.PrintRequest has no comment above it"},
        Case{"// The page.\n", "", "press.v1.PrintRequest.page_text has no comment above it"},
        Case{"// What to print on.\n", "", "press.v1.PrintRequest.surface has no comment above it"},
        Case{"// Paper by its name.\n", "", "press.v1.PrintRequest.paper has no comment above it"},
        Case{"// How urgent.\n", "", "press.v1.Urgency has no comment above it"},
        Case{"// Not said.\n", "", "press.v1.URGENCY_UNSPECIFIED has no comment above it"},
        Case{"package press.v1;", "package press;", "press/v1/press.proto has a package without a version"},
        Case{"package press.v1;", "package daily.v1;",
             "press/v1/press.proto does not lie in the folder of its package"},
        Case{"page_text", "pageText", "press.v1.PrintRequest.pageText is not in lower_snake_case"},
        Case{"string page_text", "bytes page_text",
             "press.v1.PrintRequest.page_text is of type bytes, which nobody can read"},
        Case{"URGENCY_UNSPECIFIED", "URGENCY_NONE", "press.v1.Urgency does not begin with URGENCY_UNSPECIFIED"},
        Case{"URGENCY_UNSPECIFIED", "NONE", "press.v1.NONE does not begin with URGENCY_"},
        Case{"service PressService", "service Press", "press.v1.Press does not end in Service"},
        Case{"(PrintResponse)", "(PrintRequest)", "press.v1.PressService.Print does not return a PrintResponse"},
        Case{"(PrintResponse)", "(PrintRequest)", "press.v1.PressService.Print shares its response"}));

}  // namespace
}  // namespace broadsheet
