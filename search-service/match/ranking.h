#pragma once

#include "xapian.h"

// How relevance is computed, in one place.
namespace broadsheet::search {

inline constexpr double kBm25K1 = 1.2;             // how soon repetition of a word stops to count
inline constexpr double kBm25B = 0.75;             // how much a long article is held against it
inline constexpr double kBm25MinimalLength = 0.5;  // of the average: shorter articles count as this long

inline Xapian::BM25Weight Bm25() {
  return {kBm25K1, 0, 1, kBm25B, kBm25MinimalLength};
}

}  // namespace broadsheet::search
