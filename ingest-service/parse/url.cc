#include "ingest/parse/url.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace broadsheet::ingest {
namespace {

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

bool IsControl(unsigned char c) {
  return c < 0x20 || c == 0x7F;
}

// Cuts `text` at the first of `separators` and returns what stood before it.
std::string_view CutAt(std::string_view& text, std::string_view separators) {
  const size_t at = std::min(text.find_first_of(separators), text.size());
  std::string_view before = text.substr(0, at);
  text.remove_prefix(at);
  return before;
}

bool IsInAddress(unsigned char c) {
  return absl::ascii_isxdigit(c) || c == ':' || c == '.';
}

bool IsHost(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 2 && host.ends_with(']') && std::all_of(host.begin() + 1, host.end() - 1, IsInAddress);
  }
  const bool has_labels = !host.empty() && !host.starts_with('.') && host.find("..") == std::string_view::npos;
  return has_labels && host.find_first_of(" <>\"\\^`{|}[]:%") == std::string_view::npos;
}

bool IsPort(std::string_view port) {
  uint32_t number = 0;
  return std::all_of(port.begin(), port.end(), absl::ascii_isdigit) && absl::SimpleAtoi(Absl(port), &number) &&
         number <= 65535;
}

}  // namespace

std::optional<Url> ParseUrl(std::string_view text) {
  const absl::string_view stripped = absl::StripAsciiWhitespace(Absl(text));
  std::string_view rest(stripped.data(), stripped.size());
  if (std::any_of(rest.begin(), rest.end(), IsControl)) return std::nullopt;

  Url url;
  url.scheme = CutAt(rest, ":");
  const bool is_web =
      absl::EqualsIgnoreCase(Absl(url.scheme), "http") || absl::EqualsIgnoreCase(Absl(url.scheme), "https");
  if (!is_web || !rest.starts_with("://")) return std::nullopt;
  rest.remove_prefix(3);

  std::string_view authority = CutAt(rest, "/?#");
  if (const size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const size_t colon =
      authority.find(':', authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0);
  url.host = authority.substr(0, colon);
  if (colon != std::string_view::npos) url.port = authority.substr(colon + 1);
  if (!IsHost(url.host) || (!url.port.empty() && !IsPort(url.port))) return std::nullopt;

  url.path = CutAt(rest, "?#");
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    url.query = CutAt(rest, "#");
  }
  return url;
}

}  // namespace broadsheet::ingest
