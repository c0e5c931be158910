#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/base/call_context.h"
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

// The articles of one revision of a shard that have any of some terms, and how often: the engine's lists, without what
// makes these slow to read. Blocks are packed into bytes that whole loops unpack: of frequent words, an article takes
// one to two bytes. Never changes, so threads share it.
struct DecodedPostings {
  static constexpr size_t kBlock = 64;  // articles

  struct Block {
    Xapian::docid first = 0;
    uint32_t place = 0;         // in `packed`: the gaps between its docids, then the counts
    uint32_t least_length = 0;  // with most_count a bound for what an article of the block can weigh
    uint8_t most_count = 0;
    uint8_t gap_bytes = 0;   // of each gap: 1, 2 or 4
    uint8_t count_bits = 0;  // of each count: 4, 8, or 0 when all are 1
    uint8_t size = 0;        // articles
  };

  size_t bytes() const { return packed.capacity() + blocks.capacity() * sizeof(Block); }

  // Writes the docids of a block, which ascend, and how often each has the terms, to the first Block::size of kBlock
  // places.
  void Unpack(const Block& block, Xapian::docid* docids, uint8_t* counts) const;

  // All docids.
  std::vector<Xapian::docid> Docids() const;

  AnyOfStatistics statistics;
  size_t size = 0;  // articles
  std::vector<Block> blocks;
  std::vector<uint8_t> packed;
};

// `lengths` are those of the articles of the shard, by docid. It stops at the deadline: StatusException. Null
// when an article has a term more often than a count can say. Xapian's exceptions pass through.
std::shared_ptr<const DecodedPostings> DecodePostings(const Xapian::Database& shard,
                                                      const std::vector<std::string>& terms,
                                                      const std::vector<uint32_t>& lengths, const CallContext& context);

// The most articles that have all of the terms.
Xapian::doccount LeastFrequency(const Xapian::Database& shard, const std::vector<std::string>& terms);

// The articles of a shard that have a phrase: some terms, one right after the other. Each counts once, and there are no
// statistics, since it is the terms that weigh something. Deadline and exceptions likewise.
std::shared_ptr<const DecodedPostings> DecodePhrase(const Xapian::Database& shard,
                                                    const std::vector<std::string>& terms,
                                                    const std::vector<uint32_t>& lengths, const CallContext& context);

}  // namespace broadsheet::search
