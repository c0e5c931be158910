#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// The parts of an http or https URL, as written but for white space around it. User names and fragments are left out.
struct Url {
  std::string_view scheme;
  std::string_view host;   // IPv6 addresses in their brackets
  std::string_view port;   // digits; empty when there is none
  std::string_view path;   // begins with '/', or empty
  std::string_view query;  // without its '?'
};

// Takes a URL apart; the parts point into `text`. Empty when it is no absolute http or https URL: other scheme, no
// host, blanks or control characters in the host, no valid port, control characters anywhere.
std::optional<Url> ParseUrl(std::string_view text);

}  // namespace broadsheet::ingest
