#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// HTTP as web archives keep it. Pure functions, thread-safe.
namespace broadsheet::cli {

// Names in small letters; of headers that come twice the first counts, as in mail.
using Headers = std::map<std::string, std::string>;

// Reads "Name: value" lines, continued ones included, up to the end of `text`. Lines without a colon are left out.
Headers ParseHeaders(std::string_view text);

// A header's value without parameters, in small letters: "text/html". And one of its parameters: "charset".
std::string BareValue(const Headers& headers, const std::string& name);
std::string Parameter(const Headers& headers, const std::string& name, std::string_view parameter);

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string_view body;  // as it came over the wire
};

// INVALID_ARGUMENT when it begins with no status line, or its headers do not end within 256 KiB.
absl::StatusOr<HttpResponse> ParseHttpResponse(std::string_view message);

// The body without its chunks and compression (gzip, deflate). Archives that took them off already are understood.
// INVALID_ARGUMENT for another encoding, damage, or more than `max_bytes`.
absl::StatusOr<std::string> DecodeBody(const HttpResponse& response, size_t max_bytes);

}  // namespace broadsheet::cli
