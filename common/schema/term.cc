#include "common/schema/term.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "common/base/hash.h"

namespace broadsheet {
namespace {

// Xapian counts a NUL twice, so a term is cut before its first one.
std::string Bounded(std::string term) {
  constexpr size_t kKept = kMaxTermBytes - 33;
  const size_t nul = term.find('\0');
  if (term.size() <= kMaxTermBytes && nul == std::string::npos) return term;
  std::string hash = Hash128Hex(term);
  term.resize(std::min(kKept, nul));
  return term + "#" + hash;
}

std::string Joined(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  term += value;
  return Bounded(std::move(term));
}

}  // namespace

std::string IdTerm(std::string_view article_id) {
  return KeywordTerm(GetField(FieldId::kId), article_id);
}

std::string KeywordTerm(const Field& field, std::string_view value) {
  return Joined(field.keyword_prefix, value);
}

std::string AttributeTerm(std::string_view key, std::string_view value) {
  std::string pair(key);
  pair += '=';
  pair += value;
  return Joined(kAttributePrefix, pair);
}

std::string PresenceTerm(std::string_view field_name) {
  return Joined(kPresencePrefix, field_name);
}

std::string BlockTerm(int64_t sequence) {
  return absl::StrCat(std::string(kBlockPrefix), absl::Hex(sequence / kBlockSequences, absl::kZeroPad16));
}

int64_t LastOfBlock(std::string_view block_term) {
  int64_t block = 0;
  block_term.remove_prefix(kBlockPrefix.size());
  std::from_chars(block_term.data(), block_term.data() + block_term.size(), block, 16);
  return block * kBlockSequences + kBlockSequences - 1;
}

std::string DeletionDayTerm(absl::Time deleted) {
  return Joined(kDeletionDayPrefix, absl::FormatTime("%Y%m%d", deleted, absl::UTCTimeZone()));
}

}  // namespace broadsheet
