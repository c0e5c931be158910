#include "common/rpc/described_protos.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <utility>

namespace broadsheet {
namespace {

using google::protobuf::FileDescriptor;

absl::Status NotFound(std::string_view what) {
  return {absl::StatusCode::kNotFound, {what.data(), what.size()}};
}

// Generated code has no json_name either. With it grpcurl would print archiveSequence where the protos, the errors and
// the command line tool say archive_sequence.
void DropJsonNames(google::protobuf::DescriptorProto& message) {
  for (auto& field : *message.mutable_field())
    field.clear_json_name();
  for (auto& nested : *message.mutable_nested_type())
    DropJsonNames(nested);
}

}  // namespace

DescribedProtos::DescribedProtos(std::string_view descriptor_set, std::vector<std::string> services)
    : services_(std::move(services)) {
  google::protobuf::FileDescriptorSet set;
  set.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()));
  for (auto& proto : *set.mutable_file()) {
    for (auto& message : *proto.mutable_message_type())
      DropJsonNames(message);
    if (const auto* file = pool_.BuildFile(proto); file != nullptr) bytes_[file] = proto.SerializeAsString();
  }
}

absl::StatusOr<DescribedProtos::Files> DescribedProtos::FileByName(const std::string& name) const {
  return WithImports(pool_.FindFileByName(name));
}

absl::StatusOr<DescribedProtos::Files> DescribedProtos::FileOfSymbol(const std::string& full_name) const {
  return WithImports(pool_.FindFileContainingSymbol(full_name));
}

absl::StatusOr<DescribedProtos::Files> DescribedProtos::FileOfExtension(const std::string& message, int number) const {
  const auto* extended = pool_.FindMessageTypeByName(message);
  const auto* extension = extended == nullptr ? nullptr : pool_.FindExtensionByNumber(extended, number);
  return WithImports(extension == nullptr ? nullptr : extension->file());
}

absl::StatusOr<std::vector<int>> DescribedProtos::ExtensionNumbers(const std::string& message) const {
  const auto* extended = pool_.FindMessageTypeByName(message);
  if (extended == nullptr) return NotFound("there is no such message");
  std::vector<const google::protobuf::FieldDescriptor*> extensions;
  pool_.FindAllExtensions(extended, &extensions);
  std::vector<int> numbers;
  for (const auto* extension : extensions)
    numbers.push_back(extension->number());
  return numbers;
}

absl::StatusOr<DescribedProtos::Files> DescribedProtos::WithImports(const FileDescriptor* file) const {
  if (file == nullptr) return NotFound("no proto of this server has it");
  std::vector<const FileDescriptor*> found = {file};
  for (size_t next = 0; next < found.size(); ++next) {
    for (int i = 0; i < found[next]->dependency_count(); ++i) {
      const auto* import = found[next]->dependency(i);
      if (std::find(found.begin(), found.end(), import) == found.end()) found.push_back(import);
    }
  }
  Files files;
  for (const auto* each : found)
    files.push_back(bytes_.at(each));
  return files;
}

}  // namespace broadsheet
