#include "search/query/page_token.h"

#include <bit>

#include "absl/strings/escaping.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/schema/encoding.h"

// Layout before base64: version (1 byte), fingerprint, lineage, snapshot identity (8 bytes each), kind (1 byte), then
// by date: published time, sequence; by relevance: score bits, offset, time of the first page, article id; at the end a
// CRC32C as a number.
namespace broadsheet::search {
namespace {

constexpr char kPageTokenVersion = 3;
constexpr size_t kHeadBytes = 1 + 3 * kNumberBytes + 1;
constexpr size_t kMaxTokenBytes = 1'024;

enum PageKind : char { kUndated = 'u', kDated = 'd', kRelevance = 'r' };

absl::Status DamagedPageToken() {
  return InvalidField("PAGE_TOKEN_DAMAGED", "page_token",
                      "is no next_page_token of this service: pass it on unchanged, or leave it out to begin again");
}

// The content without its checksum; empty when it does not fit.
std::string Unwrap(std::string_view token) {
  std::string bytes;
  bool readable = token.size() <= kMaxTokenBytes && absl::WebSafeBase64Unescape({token.data(), token.size()}, &bytes);
  if (!readable || bytes.size() < kHeadBytes + 3 * kNumberBytes) return "";
  std::string_view content = std::string_view(bytes).substr(0, bytes.size() - kNumberBytes);
  if (DecodeNumber(std::string_view(bytes).substr(content.size())) != Crc32c(content)) return "";
  bytes.resize(content.size());
  return bytes;
}

}  // namespace

std::string EncodePageToken(const PagePosition& position, uint64_t fingerprint) {
  std::string bytes(1, kPageTokenVersion);
  bytes += EncodeNumber(static_cast<int64_t>(fingerprint));
  bytes += EncodeNumber(static_cast<int64_t>(position.lineage));
  bytes += EncodeNumber(static_cast<int64_t>(position.snapshot_identity));
  bytes += !position.by_date ? kRelevance : position.dated ? kDated : kUndated;
  if (position.by_date) {
    bytes += EncodeNumber(position.published_micros) + EncodeNumber(position.sequence);
  } else {
    bytes += EncodeNumber(std::bit_cast<int64_t>(position.score)) + EncodeNumber(position.offset);
    bytes += EncodeNumber(position.ranked_micros) + position.article_id;
  }
  bytes += EncodeNumber(Crc32c(bytes));
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<PagePosition> DecodePageToken(std::string_view token, uint64_t fingerprint) {
  std::string content = Unwrap(token);
  if (content.empty() || content[0] != kPageTokenVersion) return DamagedPageToken();
  std::string_view rest = std::string_view(content).substr(1);
  if (static_cast<uint64_t>(TakeNumber(rest)) != fingerprint) {
    return InvalidField(
        "PAGE_TOKEN_OTHER_QUERY", "page_token",
        "belongs to another question: all but page_size (which must be, too, with fairness), facets, facet_budget, "
        "view, highlight, explain, min_sequence and lineage must be as it was, or leave the token out to begin again");
  }
  PagePosition position;
  position.lineage = static_cast<uint64_t>(TakeNumber(rest));
  position.snapshot_identity = static_cast<uint64_t>(TakeNumber(rest));
  char kind = rest[0];
  rest.remove_prefix(1);
  position.by_date = kind != kRelevance;
  position.dated = kind == kDated;
  if (position.by_date) {
    position.published_micros = TakeNumber(rest);
    position.sequence = TakeNumber(rest);
  } else {
    position.score = std::bit_cast<double>(TakeNumber(rest));
    position.offset = TakeNumber(rest);
    if (rest.size() < kNumberBytes) return DamagedPageToken();
    position.ranked_micros = TakeNumber(rest);
    position.article_id = std::string(rest);
  }
  return position;
}

uint64_t HashLineage(std::string_view lineage) {
  return Hash64(lineage);
}

absl::Status CheckLineage(const PagePosition& position, std::string_view lineage) {
  if (position.lineage == HashLineage(lineage)) return absl::OkStatus();
  return InvalidField("PAGE_TOKEN_OTHER_LINEAGE", "page_token",
                      "belongs to an index that was replaced since: leave it out to begin again");
}

}  // namespace broadsheet::search
