#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/copies/signature.h"

// What decides whether one article is a copy of another. Pure, thread-safe.
namespace broadsheet::ingest {

// From which similarity on a text is a copy. Measured on news (tests/benchmarks/README.md): above it nearly all pairs
// are one report printed twice. Below 0.6 there are pages of one outlet that share their galleries, and an estimate may
// be off by 0.09; reports that another outlet cut by a third are there, too, and stay originals.
inline constexpr double kCopySimilarity = 0.7;

// The similarity of texts that differ is never said to be more: 1 is for the same text.
inline constexpr double kMostOfOthers = 0.99;

// A signature is cut into kCopyBands bands of kBandBins bins, and only articles that have a band in common are
// compared (locality-sensitive hashing, Indyk and Motwani, STOC 1998): of two texts as similar as kCopySimilarity 99 in
// 100 have, of texts with a similarity of 0.1 one in 100.
inline constexpr size_t kCopyBands = 12;
inline constexpr size_t kBandBins = 3;

// Where an article stands among those that may be copies of each other: the lesser is the original.
struct CopyRank {
  int64_t visible_us = 0;      // since when readers may find it: when its first version came, or its embargo ends
  int64_t first_sequence = 0;  // of its first event: no two articles have the same

  auto operator<=>(const CopyRank&) const = default;
};

struct CopyKey {
  CopyRank rank;
  std::string text_hash;               // Article.content_hash; empty when unknown
  std::optional<Signature> signature;  // none of a short text

  bool operator==(const CopyKey&) const = default;
};

// Of an article as the archive has it. `first_received` and `first_sequence` are those of its first event: a
// correction, a replay or a version after a deletion leaves the article where it stands. An embargo does not: what
// readers find later is never the original of what they find earlier, so that its id cannot be told before its time.
CopyKey MakeCopyKey(const v1::Article& article, absl::Time first_received, int64_t first_sequence);

// The value of kCopyKeySlot: rank (time and sequence as numbers of encoding.h), the signature after an 's' or a '-',
// the text hash. Stored on disk: a change needs a new kSchemaVersion. As bytes they are in the order of the ranks.
std::string EncodeCopyKey(const CopyKey& key);
std::optional<CopyKey> DecodeCopyKey(std::string_view bytes);  // nothing when they are none, as those of a tombstone

// What it shares with similar articles, after kOriginalBandPrefix or kCopyBandPrefix: '=' and the text hash, and the
// bands, each a letter and the hexadecimal digits of its bins.
std::vector<std::string> BandsOf(const CopyKey& key);
bool IsExactBand(std::string_view band);

// 1 for the same text, else what the signatures say, else 0.
double SimilarityOf(const CopyKey& a, const CopyKey& b);

}  // namespace broadsheet::ingest
