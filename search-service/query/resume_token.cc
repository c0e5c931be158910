#include "search/query/resume_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/schema/encoding.h"
#include "search/query/page_token.h"

// Layout before base64: version and kind (1 byte each), fingerprint and the numbers of the position (8 bytes each), a
// CRC32C as a number.
namespace broadsheet::search {
namespace {

constexpr char kResumeTokenVersion = 1;
constexpr size_t kNumbers = 7;  // with fingerprint and checksum
constexpr size_t kBytes = 2 + kNumbers * kNumberBytes;

absl::Status DamagedResumeToken() {
  return InvalidField("RESUME_TOKEN_DAMAGED", "resume_token",
                      "is no resume_token of this stream: pass it on unchanged, or leave it out to begin anew");
}

}  // namespace

std::string EncodeResumeToken(const ResumePosition& position, ResumeKind kind, uint64_t fingerprint) {
  std::string bytes = {kResumeTokenVersion, static_cast<char>(kind)};
  bytes += EncodeNumber(static_cast<int64_t>(fingerprint)) + EncodeNumber(static_cast<int64_t>(position.lineage));
  bytes += EncodeNumber(position.sequence) + EncodeNumber(position.began);
  bytes += EncodeNumber(position.clock_micros) + EncodeNumber(position.clock_sequence);
  bytes += EncodeNumber(Crc32c(bytes));
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<ResumePosition> DecodeResumeToken(std::string_view token, ResumeKind kind, uint64_t fingerprint) {
  std::string bytes;
  const bool readable = token.size() <= 2 * kBytes && absl::WebSafeBase64Unescape({token.data(), token.size()}, &bytes);
  if (!readable || bytes.size() != kBytes || bytes[0] != kResumeTokenVersion) return DamagedResumeToken();
  std::string_view rest = bytes;
  const std::string_view content = rest.substr(0, kBytes - kNumberBytes);
  if (DecodeNumber(rest.substr(content.size())) != Crc32c(content)) return DamagedResumeToken();
  rest.remove_prefix(2);
  if (bytes[1] != static_cast<char>(kind) || static_cast<uint64_t>(TakeNumber(rest)) != fingerprint) {
    return InvalidField("RESUME_TOKEN_OTHER_QUERY", "resume_token",
                        "belongs to another question: query, query_options, filter and copies must be as they were, or "
                        "leave the token out to begin anew");
  }
  ResumePosition position;
  position.lineage = static_cast<uint64_t>(TakeNumber(rest));
  position.sequence = TakeNumber(rest);
  position.began = TakeNumber(rest);
  position.clock_micros = TakeNumber(rest);
  position.clock_sequence = TakeNumber(rest);
  return position;
}

absl::Status CheckLineage(const ResumePosition& position, std::string_view lineage) {
  if (position.lineage == HashLineage(lineage)) return absl::OkStatus();
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "LINEAGE_MISMATCH",
      absl::StrCat("resume_token: the index is made from archive ", std::string(lineage),
                   " and the token from another: the sequences of one do not compare with those of the other; leave "
                   "the token out to begin anew"));
}

}  // namespace broadsheet::search
