#pragma once

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace broadsheet {

// What one proto file does against the style of this package, one sentence a violation; empty when it is clean:
// a leading comment on everything, names after buf's STANDARD rules, a Request and a Response of its own for every
// RPC, no bytes. The file must have been built with its source info.
std::vector<std::string> StyleViolations(const google::protobuf::FileDescriptor& file);

}  // namespace broadsheet
