#include "ingest/rpc/sealed_place.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/hash.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kSealDigits = 16;

// NUL stands in no lineage, and in no place.
std::string Seal(std::string_view lineage, std::string_view question, std::string_view place) {
  std::string sealed(lineage);
  sealed.append(1, '\0').append(question).append(1, '\0').append(place);
  return std::string(absl::StrCat(absl::Hex(Hash64(sealed), absl::kZeroPad16)));
}

}  // namespace

std::string SealPlace(std::string_view lineage, std::string_view question, std::span<const int64_t> place) {
  const std::string numbers = absl::StrJoin(place, ".");
  return absl::WebSafeBase64Escape(absl::StrCat(Seal(lineage, question, numbers), numbers));
}

bool OpenPlace(std::string_view lineage, std::string_view question, std::string_view token, std::span<int64_t> place) {
  std::string plain;
  if (!absl::WebSafeBase64Unescape({token.data(), token.size()}, &plain) || plain.size() <= kSealDigits) return false;
  const std::string numbers = plain.substr(kSealDigits);
  if (plain.substr(0, kSealDigits) != Seal(lineage, question, numbers)) return false;
  const std::vector<std::string> parts = absl::StrSplit(numbers, '.');
  return parts.size() == place.size() &&
         std::equal(parts.begin(), parts.end(), place.begin(),
                    [](const std::string& part, int64_t& number) { return absl::SimpleAtoi(part, &number); });
}

}  // namespace broadsheet::ingest
