#include "common/rpc/listen_address.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace broadsheet {
namespace {

absl::Status Malformed(std::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", std::string(text), "\" is not host:port, for example 127.0.0.1:7401 or [::1]:7401"));
}

}  // namespace

absl::StatusOr<HostPort> ParseHostPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return Malformed(text);
  HostPort parsed;
  parsed.host = std::string(text.substr(0, colon));
  if (parsed.host.front() == '[' && parsed.host.back() == ']') {
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  } else if (parsed.host.find(':') != std::string::npos) {
    return Malformed(text);
  }
  const std::string digits(text.substr(colon + 1));
  const bool number = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
  if (!number || !absl::SimpleAtoi(digits, &parsed.port) || parsed.port > 65535) return Malformed(text);
  if (parsed.host.empty()) return Malformed(text);
  return parsed;
}

}  // namespace broadsheet
