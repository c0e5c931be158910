#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet {

struct HostPort {
  std::string host;  // without brackets
  int port = 0;      // 0 to 65535; 0 takes a free one
};

// Reads "host:port"; an IPv6 address stands in brackets. INVALID_ARGUMENT says what is expected.
absl::StatusOr<HostPort> ParseHostPort(std::string_view text);

}  // namespace broadsheet
