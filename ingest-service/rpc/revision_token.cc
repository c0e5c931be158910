#include "ingest/rpc/revision_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kSealDigits = 16;

// Ties the sequence to article and lineage; NUL cannot stand in an id.
std::string Seal(std::string_view lineage, std::string_view article_id, std::string_view sequence) {
  std::string sealed(lineage);
  sealed.append(1, '\0').append(article_id).append(1, '\0').append(sequence);
  return std::string(absl::StrCat(absl::Hex(Hash64(sealed), absl::kZeroPad16)));
}

}  // namespace

std::string MakeRevisionToken(std::string_view lineage, std::string_view article_id, int64_t before_sequence) {
  const std::string sequence = absl::StrCat(before_sequence);
  return absl::WebSafeBase64Escape(absl::StrCat(Seal(lineage, article_id, sequence), sequence));
}

absl::StatusOr<int64_t> ReadRevisionToken(std::string_view lineage, std::string_view article_id,
                                          std::string_view token) {
  if (token.empty()) return 0;
  std::string plain;
  int64_t sequence = 0;
  const bool ours = absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &plain) &&
                    plain.size() > kSealDigits && absl::SimpleAtoi(plain.substr(kSealDigits), &sequence) &&
                    plain.substr(0, kSealDigits) == Seal(lineage, article_id, plain.substr(kSealDigits));
  if (ours && sequence > 0) return sequence;
  return InvalidField("PAGE_TOKEN", "page_token",
                      "is no token of a page of this article, or the archive is another one since: begin again "
                      "without it");
}

}  // namespace broadsheet::ingest
