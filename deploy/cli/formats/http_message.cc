#include "cli/formats/http_message.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/formats/charset.h"
#include "cli/formats/format.h"
#include "cli/formats/gzip.h"

namespace broadsheet::cli {
namespace {

constexpr size_t kMaxHeaderBytes = 256 << 10;

// Takes a line off; its end may be CRLF or LF.
std::string_view TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

// Nothing when it is not in chunks, whatever its header says. A last chunk that was cut off is kept.
std::optional<std::string> WithoutChunks(std::string_view body) {
  std::string whole;
  while (!body.empty()) {
    const std::string_view line = TakeLine(body);
    std::string size(line.substr(0, line.find(';')));
    absl::StripAsciiWhitespace(&size);
    uint64_t bytes = 0;
    if (size.empty() || size.size() > 8 || !absl::ascii_isxdigit(size[0]) || !absl::SimpleHexAtoi(size, &bytes)) {
      return std::nullopt;
    }
    if (bytes == 0) {
      break;
    }
    whole.append(body.substr(0, bytes));
    body.remove_prefix(std::min<size_t>(body.size(), bytes));
    TakeLine(body);
  }
  return whole;
}

absl::StatusOr<std::string> Uncompressed(std::string body, std::string_view encoding, size_t max_bytes) {
  if (encoding.empty() || encoding == "identity") {
    return body;
  }
  if (encoding == "gzip" || encoding == "x-gzip") {
    return IsGzip(body) ? Unpack(body, Compression::kGzip, max_bytes) : absl::StatusOr<std::string>(std::move(body));
  }
  if (encoding == "deflate") {
    return Unpack(body, Compression::kDeflate, max_bytes);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("its content encoding is \"", std::string(encoding.substr(0, 40)), "\"; gzip and deflate are read"));
}

}  // namespace

// Headers should be ASCII, but some writers give them in a character set of their own.
Headers ParseHeaders(std::string_view bytes) {
  const std::string decoded = ToUtf8(bytes, Markup::kNone);
  std::string_view text = decoded;
  Headers headers;
  std::string* last = nullptr;
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    const size_t colon = line.find(':');
    if (last != nullptr && (line.starts_with(' ') || line.starts_with('\t'))) {
      absl::StrAppend(last, " ", std::string(absl::StripAsciiWhitespace(std::string(line))));
    } else if (colon != std::string_view::npos) {
      std::string name = absl::AsciiStrToLower(std::string(line.substr(0, colon)));
      absl::StripAsciiWhitespace(&name);
      std::string value(line.substr(colon + 1));
      absl::StripAsciiWhitespace(&value);
      last = &headers.emplace(std::move(name), std::move(value)).first->second;
    }
  }
  return headers;
}

std::string BareValue(const Headers& headers, const std::string& name) {
  const auto found = headers.find(name);
  if (found == headers.end()) {
    return "";
  }
  std::string value = absl::AsciiStrToLower(found->second.substr(0, found->second.find(';')));
  absl::StripAsciiWhitespace(&value);
  return value;
}

std::string Parameter(const Headers& headers, const std::string& name, std::string_view parameter) {
  const auto found = headers.find(name);
  const std::string whole = found == headers.end() ? "" : found->second;
  for (const auto& part : absl::StrSplit(whole, ';')) {
    std::string text(part);
    absl::StripAsciiWhitespace(&text);
    const size_t equals = text.find('=');
    if (equals != std::string::npos && absl::AsciiStrToLower(text.substr(0, equals)) == parameter) {
      std::string value = text.substr(equals + 1);
      value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
      absl::StripAsciiWhitespace(&value);
      return value;
    }
  }
  return "";
}

absl::StatusOr<HttpResponse> ParseHttpResponse(std::string_view message) {
  std::string_view rest = message;
  const std::string status_line(TakeLine(rest));
  const std::vector<std::string> words = absl::StrSplit(status_line.substr(0, 64), absl::MaxSplits(' ', 2));
  HttpResponse response;
  if (!status_line.starts_with("HTTP/") || words.size() < 2 || !absl::SimpleAtoi(words[1], &response.status)) {
    return absl::InvalidArgumentError("its HTTP response begins with no status line");
  }
  const std::string_view headers = rest;
  while (!rest.empty()) {
    const size_t at = headers.size() - rest.size();
    if (at > kMaxHeaderBytes) {
      break;
    }
    if (TakeLine(rest).empty()) {
      response.headers = ParseHeaders(headers.substr(0, at));
      response.body = rest;
      return response;
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the headers of its HTTP response do not end within ", kMaxHeaderBytes, " bytes, the limit"));
}

absl::StatusOr<std::string> DecodeBody(const HttpResponse& response, size_t max_bytes) {
  std::string body(response.body);
  if (BareValue(response.headers, "transfer-encoding") == "chunked") {
    if (auto whole = WithoutChunks(response.body)) {
      body = *std::move(whole);
    }
  }
  auto content = Uncompressed(std::move(body), BareValue(response.headers, "content-encoding"), max_bytes);
  if (content.ok() && content->size() > max_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(content->size(), " bytes; the limit is ", max_bytes));
  }
  return content;
}

}  // namespace broadsheet::cli
