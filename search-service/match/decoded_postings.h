#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "xapian.h"

namespace broadsheet::search {

// What a match may expect of the articles of a shard with any of some terms.
struct AnyOfStatistics {
  Xapian::doccount documents = 0;  // of the shard
  Xapian::doccount largest = 0;    // articles that have the most frequent term: at least so many have any
  Xapian::doccount estimate = 0;   // as if the terms were independent
  uint64_t sum = 0;                // of the articles of each term: at most so many have any
  Xapian::termcount most = 0;      // occurrences of the terms in one article, at most

  Xapian::doccount AtMost() const { return static_cast<Xapian::doccount>(sum < documents ? sum : documents); }
};

AnyOfStatistics StatisticsOf(const Xapian::Database& shard, const std::vector<std::string>& terms);

// The articles of one revision of a shard that have any of some terms, and how often, out of their compressed lists.
// Never changes, so threads share it. 5 bytes an article and 8 a block.
struct DecodedPostings {
  static constexpr size_t kBlock = 64;  // articles

  // Bounds for what an article of the block can weigh.
  struct Block {
    uint32_t least_length = 0;
    uint8_t most_count = 0;
  };

  size_t size() const { return docids.size(); }
  size_t bytes() const { return docids.capacity() * sizeof(Xapian::docid) + counts.capacity() + blocks.capacity() * 8; }

  AnyOfStatistics statistics;
  std::vector<Xapian::docid> docids;  // ascend
  std::vector<uint8_t> counts;        // occurrences of the terms together
  std::vector<Block> blocks;
};

// `lengths` are those of the articles of the shard, by docid. `look` is called now and then and may throw to end the
// work. Null when an article has a term more often than a count can say. Xapian's exceptions pass through.
std::shared_ptr<const DecodedPostings> DecodePostings(const Xapian::Database& shard,
                                                      const std::vector<std::string>& terms,
                                                      const std::vector<uint32_t>& lengths,
                                                      const std::function<void()>& look);

}  // namespace broadsheet::search
