#include "ingest/copies/copy_key.h"

#include <algorithm>

#include "common/base/timestamp.h"
#include "common/schema/encoding.h"

namespace broadsheet::ingest {
namespace {

constexpr char kSigned = 's';
constexpr char kUnsigned = '-';
constexpr size_t kRankBytes = 16;

static_assert(kCopyBands * kBandBins <= kSignatureBins && kCopyBands <= 26);

std::string BandOf(const Signature& signature, size_t band) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(1, static_cast<char>('a' + band));
  for (size_t bin = band * kBandBins; bin < (band + 1) * kBandBins; ++bin) {
    text.push_back(kDigits[signature[bin] >> 4]);
    text.push_back(kDigits[signature[bin] & 15]);
  }
  return text;
}

}  // namespace

CopyKey MakeCopyKey(const v1::Article& article, absl::Time first_received, int64_t first_sequence) {
  absl::Time visible = first_received;
  if (article.has_embargo_time()) visible = std::max(visible, ToTime(article.embargo_time()));
  return {{absl::ToUnixMicros(visible), first_sequence}, article.content_hash(), SignText(article.body())};
}

std::string EncodeCopyKey(const CopyKey& key) {
  std::string bytes = EncodeNumber(key.rank.visible_us) + EncodeNumber(key.rank.first_sequence);
  bytes.push_back(key.signature.has_value() ? kSigned : kUnsigned);
  if (key.signature.has_value()) bytes.append(key.signature->begin(), key.signature->end());
  return bytes + key.text_hash;
}

std::optional<CopyKey> DecodeCopyKey(std::string_view bytes) {
  if (bytes.size() <= kRankBytes) return std::nullopt;
  CopyKey key;
  key.rank = {DecodeNumber(bytes), DecodeNumber(bytes.substr(kRankBytes / 2))};
  const bool is_signed = bytes[kRankBytes] == kSigned;
  bytes.remove_prefix(kRankBytes + 1);
  if (is_signed) {
    if (bytes.size() < kSignatureBins) return std::nullopt;
    std::copy_n(bytes.begin(), kSignatureBins, key.signature.emplace().begin());
    bytes.remove_prefix(kSignatureBins);
  }
  key.text_hash = bytes;
  return key;
}

std::vector<std::string> BandsOf(const CopyKey& key) {
  std::vector<std::string> bands;
  if (!key.text_hash.empty()) bands.push_back("=" + key.text_hash);
  if (!key.signature.has_value()) return bands;
  for (size_t band = 0; band < kCopyBands; ++band)
    bands.push_back(BandOf(*key.signature, band));
  return bands;
}

bool IsExactBand(std::string_view band) {
  return band.starts_with('=');
}

double SimilarityOf(const CopyKey& a, const CopyKey& b) {
  if (!a.text_hash.empty() && a.text_hash == b.text_hash) return 1;
  if (!a.signature.has_value() || !b.signature.has_value()) return 0;
  return std::min(EstimateSimilarity(*a.signature, *b.signature), kMostOfOthers);
}

}  // namespace broadsheet::ingest
