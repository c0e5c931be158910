#pragma once

#include <string_view>

namespace broadsheet {

// All protos of the services and what they import, comments included: a serialised google.protobuf.FileDescriptorSet in
// which every file comes after those that it imports. Lives as long as the process.
std::string_view DescriptorSet();

}  // namespace broadsheet
