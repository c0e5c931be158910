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
  const std::string folded = FoldForMatch(body);
  std::string bytes(1, kTextHashVersion);
  bytes.reserve(folded.size() + 1);
  bool space = false;
  for (const char c : folded) {
    if (c == ' ' || c == '\n') {
      space = true;
      continue;
    }
    if (space && bytes.size() > 1) bytes.push_back(' ');
    space = false;
    bytes.push_back(c);
  }
  return Hash128Hex(bytes);
}

std::string ContentKey(const v1::RawArticle& raw) {
  const char form = static_cast<char>(raw.content_case());
  return Hash128Hex(std::string{kContentKeyVersion, form} + Content(raw));
}

}  // namespace broadsheet::ingest
