#include "ingest/enrich/fingerprint.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>

#include "common/base/hash.h"
#include "common/text/unicode.h"

namespace broadsheet::ingest {
namespace {

constexpr char kTextHashVersion = 1;
constexpr char kContentKeyVersion = 1;

// Maps in the order of their keys.
std::string SerialiseDeterministically(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

// Appends the words of a text with one space before each but the first of all.
void AppendWords(std::string_view text, std::string& bytes) {
  while (true) {
    const size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return;
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (bytes.size() > 1) bytes.push_back(' ');
    bytes += text.substr(begin, end - begin);
    text.remove_prefix(end);
  }
}

const std::string& Content(const v1::RawArticle& raw) {
  if (raw.has_html()) return raw.html();
  return raw.has_markdown() ? raw.markdown() : raw.text();
}

}  // namespace

std::string RawHash(v1::RawArticle& raw) {
  google::protobuf::Timestamp* fetched = raw.release_fetched_time();
  const std::string bytes = SerialiseDeterministically(raw);
  raw.set_allocated_fetched_time(fetched);
  return Hash128Hex(bytes);
}

std::string TextHash(std::string_view body) {
  std::string bytes(1, kTextHashVersion);
  bytes.reserve(body.size() + 1);
  // Line by line, since folding has a short way for those that are all ASCII.
  while (!body.empty()) {
    const size_t end = std::min(body.find('\n'), body.size());
    AppendWords(FoldForMatch(body.substr(0, end)), bytes);
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return Hash128Hex(bytes);
}

std::string ContentKey(const v1::RawArticle& raw) {
  const char form = static_cast<char>(raw.content_case());
  return Hash128Hex(std::string{kContentKeyVersion, form} + Content(raw));
}

}  // namespace broadsheet::ingest
