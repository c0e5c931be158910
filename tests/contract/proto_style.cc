#include "contract/proto_style.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>

#include "google/protobuf/descriptor.pb.h"

namespace broadsheet {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::SourceLocation;

const std::regex kPascalCase("([A-Z][a-z0-9]*)+");
const std::regex kLowerSnake("[a-z][a-z0-9]*(_[a-z0-9]+)*");
const std::regex kUpperSnake("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
const std::regex kVersionedPackage(".*\\.v[0-9]+");

// "OrderKind" -> "ORDER_KIND".
std::string UpperSnake(const std::string& name) {
  std::string upper;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool starts_word = i > 0 && std::isupper(static_cast<unsigned char>(name[i])) != 0;
    if (starts_word) {
      upper += '_';
    }
    upper += static_cast<char>(std::toupper(static_cast<unsigned char>(name[i])));
  }
  return upper;
}

class Checker {
 public:
  void CheckFile(const FileDescriptor& file) {
    std::string folder = file.package();
    std::replace(folder.begin(), folder.end(), '.', '/');
    Require(file.name().rfind(folder + "/", 0) == 0, file.name(), "does not lie in the folder of its package");
    Require(std::regex_match(file.package(), kVersionedPackage), file.name(), "has a package without a version");
    for (int i = 0; i < file.message_type_count(); ++i) {
      CheckMessage(*file.message_type(i));
    }
    for (int i = 0; i < file.enum_type_count(); ++i) {
      CheckEnum(*file.enum_type(i));
    }
    for (int i = 0; i < file.service_count(); ++i) {
      CheckService(*file.service(i));
    }
  }

  std::vector<std::string> violations() const { return violations_; }

 private:
  void Require(bool holds, const std::string& name, const std::string& otherwise) {
    if (!holds) {
      violations_.push_back(name + " " + otherwise);
    }
  }

  template <typename Element>
  void RequireComment(const Element& element) {
    SourceLocation location;
    Require(element.GetSourceLocation(&location) && !location.leading_comments.empty(), element.full_name(),
            "has no comment above it");
  }

  void CheckMessage(const Descriptor& message) {
    if (message.options().map_entry()) {
      return;
    }
    RequireComment(message);
    Require(std::regex_match(message.name(), kPascalCase), message.full_name(), "is not in PascalCase");
    for (int i = 0; i < message.field_count(); ++i) {
      CheckField(*message.field(i));
    }
    for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
      RequireComment(*message.oneof_decl(i));
      Require(std::regex_match(message.oneof_decl(i)->name(), kLowerSnake), message.oneof_decl(i)->full_name(),
              "is not in lower_snake_case");
    }
    for (int i = 0; i < message.nested_type_count(); ++i) {
      CheckMessage(*message.nested_type(i));
    }
    for (int i = 0; i < message.enum_type_count(); ++i) {
      CheckEnum(*message.enum_type(i));
    }
  }

  void CheckField(const FieldDescriptor& field) {
    RequireComment(field);
    Require(std::regex_match(field.name(), kLowerSnake), field.full_name(), "is not in lower_snake_case");
    Require(field.type() != FieldDescriptor::TYPE_BYTES, field.full_name(), "is of type bytes, which nobody can read");
  }

  void CheckEnum(const EnumDescriptor& type) {
    RequireComment(type);
    Require(std::regex_match(type.name(), kPascalCase), type.full_name(), "is not in PascalCase");
    Require(!type.options().allow_alias(), type.full_name(), "allows aliases");
    const std::string prefix = UpperSnake(type.name()) + "_";
    for (int i = 0; i < type.value_count(); ++i) {
      const auto& value = *type.value(i);
      RequireComment(value);
      Require(std::regex_match(value.name(), kUpperSnake), value.full_name(), "is not in UPPER_SNAKE_CASE");
      Require(value.name().rfind(prefix, 0) == 0, value.full_name(), "does not begin with " + prefix);
    }
    Require(type.value(0)->name() == prefix + "UNSPECIFIED", type.full_name(),
            "does not begin with " + prefix + "UNSPECIFIED");
  }

  void CheckService(const ServiceDescriptor& service) {
    RequireComment(service);
    const std::string suffix = "Service";
    Require(service.name().size() > suffix.size() && service.name().ends_with(suffix), service.full_name(),
            "does not end in Service");
    for (int i = 0; i < service.method_count(); ++i) {
      CheckMethod(*service.method(i));
    }
  }

  void CheckMethod(const MethodDescriptor& method) {
    RequireComment(method);
    Require(std::regex_match(method.name(), kPascalCase), method.full_name(), "is not in PascalCase");
    Require(method.input_type()->name() == method.name() + "Request", method.full_name(),
            "does not take a " + method.name() + "Request");
    Require(method.output_type()->name() == method.name() + "Response", method.full_name(),
            "does not return a " + method.name() + "Response");
    Require(++messages_[method.input_type()->full_name()] == 1, method.full_name(), "shares its request");
    Require(++messages_[method.output_type()->full_name()] == 1, method.full_name(), "shares its response");
  }

  std::vector<std::string> violations_;
  std::map<std::string, int> messages_;
};

}  // namespace

std::vector<std::string> StyleViolations(const FileDescriptor& file) {
  Checker checker;
  checker.CheckFile(file);
  return checker.violations();
}

}  // namespace broadsheet
