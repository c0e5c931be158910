#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace broadsheet {

// Finds protos as reflection asks for them. Immutable and thread-safe. Errors are NOT_FOUND.
class DescribedProtos {
 public:
  // `descriptor_set` is a serialised FileDescriptorSet in which every file comes after those that it imports.
  // `services` are the full names of those to list.
  DescribedProtos(std::string_view descriptor_set, std::vector<std::string> services);

  const std::vector<std::string>& services() const { return services_; }

  // A file and all that it imports, itself first, each once, as serialised FileDescriptorProtos with their comments.
  using Files = std::vector<std::string_view>;
  absl::StatusOr<Files> FileByName(const std::string& name) const;
  absl::StatusOr<Files> FileOfSymbol(const std::string& full_name) const;
  absl::StatusOr<Files> FileOfExtension(const std::string& message, int number) const;

  // Of every extension of a message; none for a message that is known but not extended.
  absl::StatusOr<std::vector<int>> ExtensionNumbers(const std::string& message) const;

 private:
  absl::StatusOr<Files> WithImports(const google::protobuf::FileDescriptor* file) const;

  google::protobuf::DescriptorPool pool_;
  std::map<const google::protobuf::FileDescriptor*, std::string> bytes_;
  std::vector<std::string> services_;
};

}  // namespace broadsheet
