#include "search/match/decoded_postings.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>

#include "search/index/caller.h"
#include "search/match/deadline_source.h"

namespace broadsheet::search {
namespace {

constexpr size_t kPostingsPerLook = 4'096;
constexpr Xapian::termcount kMostCount = std::numeric_limits<uint8_t>::max();

struct Posting {
  Xapian::docid docid;
  Xapian::termcount count;
};

template <typename Gap>
void PackGaps(std::span<const Posting> postings, std::vector<uint8_t>& packed) {
  for (size_t i = 1; i < postings.size(); ++i) {
    const auto gap = static_cast<Gap>(postings[i].docid - postings[i - 1].docid);
    const auto* bytes = reinterpret_cast<const uint8_t*>(&gap);
    packed.insert(packed.end(), bytes, bytes + sizeof gap);
  }
}

template <typename Gap>
void UnpackGaps(const uint8_t* packed, size_t size, Xapian::docid* docids) {
  for (size_t i = 1; i < size; ++i) {
    Gap gap;
    std::memcpy(&gap, packed + (i - 1) * sizeof gap, sizeof gap);
    docids[i] = docids[i - 1] + gap;
  }
}

void PackCounts(std::span<const Posting> postings, uint8_t bits, std::vector<uint8_t>& packed) {
  if (bits == 0) return;
  for (size_t i = 0; i < postings.size(); ++i) {
    const auto count = static_cast<uint8_t>(postings[i].count);
    if (bits == 8 || i % 2 == 0) {
      packed.push_back(count);
    } else {
      packed.back() |= static_cast<uint8_t>(count << 4);
    }
  }
}

void UnpackCounts(const uint8_t* packed, size_t size, uint8_t bits, uint8_t* counts) {
  if (bits == 0) {
    std::memset(counts, 1, size);
  } else if (bits == 8) {
    std::memcpy(counts, packed, size);
  } else {
    for (size_t i = 0; i < size; ++i)
      counts[i] = packed[i / 2] >> (i % 2 * 4) & 15;
  }
}

DecodedPostings::Block Pack(std::span<const Posting> postings, const std::vector<uint32_t>& lengths,
                            std::vector<uint8_t>& packed) {
  DecodedPostings::Block block{.first = postings[0].docid,
                               .place = static_cast<uint32_t>(packed.size()),
                               .least_length = lengths[postings[0].docid],
                               .size = static_cast<uint8_t>(postings.size())};
  Xapian::docid widest = 0;
  for (size_t i = 0; i < postings.size(); ++i) {
    if (i > 0) widest = std::max(widest, postings[i].docid - postings[i - 1].docid);
    block.least_length = std::min(block.least_length, lengths[postings[i].docid]);
    block.most_count = std::max(block.most_count, static_cast<uint8_t>(postings[i].count));
  }
  block.gap_bytes = widest < 1 << 8 ? 1 : widest < 1 << 16 ? 2 : 4;
  block.count_bits = block.most_count == 1 ? 0 : block.most_count < 16 ? 4 : 8;
  if (block.gap_bytes == 1) {
    PackGaps<uint8_t>(postings, packed);
  } else if (block.gap_bytes == 2) {
    PackGaps<uint16_t>(postings, packed);
  } else {
    PackGaps<uint32_t>(postings, packed);
  }
  PackCounts(postings, block.count_bits, packed);
  return block;
}

// False when an article has the terms more often than a count can say.
bool PackAll(std::span<const Posting> postings, const std::vector<uint32_t>& lengths, DecodedPostings& decoded) {
  decoded.size = postings.size();
  for (; !postings.empty(); postings = postings.subspan(std::min(postings.size(), DecodedPostings::kBlock))) {
    const auto block = postings.first(std::min(postings.size(), DecodedPostings::kBlock));
    if (std::any_of(block.begin(), block.end(), [](const Posting& p) { return p.count > kMostCount; })) return false;
    decoded.blocks.push_back(Pack(block, lengths, decoded.packed));
  }
  decoded.blocks.shrink_to_fit();
  decoded.packed.shrink_to_fit();
  return true;
}

}  // namespace

AnyOfStatistics StatisticsOf(const Xapian::Database& shard, const std::vector<std::string>& terms) {
  AnyOfStatistics statistics{.documents = shard.get_doccount()};
  double none = 1;  // the share of documents with none of the terms, if they were independent
  for (const std::string& term : terms) {
    const Xapian::doccount frequency = shard.get_termfreq(term);
    if (frequency == 0) continue;
    statistics.largest = std::max(statistics.largest, frequency);
    statistics.sum += frequency;
    statistics.most += shard.get_wdf_upper_bound(term);
    none *= 1 - static_cast<double>(frequency) / statistics.documents;
  }
  statistics.estimate = std::clamp(static_cast<Xapian::doccount>(statistics.documents * (1 - none) + 0.5),
                                   statistics.largest, statistics.AtMost());
  return statistics;
}

void DecodedPostings::Unpack(const Block& block, Xapian::docid* docids, uint8_t* counts) const {
  const uint8_t* gaps = packed.data() + block.place;
  docids[0] = block.first;
  if (block.gap_bytes == 1) {
    UnpackGaps<uint8_t>(gaps, block.size, docids);
  } else if (block.gap_bytes == 2) {
    UnpackGaps<uint16_t>(gaps, block.size, docids);
  } else {
    UnpackGaps<uint32_t>(gaps, block.size, docids);
  }
  UnpackCounts(gaps + (block.size - 1) * block.gap_bytes, block.size, block.count_bits, counts);
}

std::vector<Xapian::docid> DecodedPostings::Docids() const {
  std::vector<Xapian::docid> docids(blocks.size() * kBlock);
  uint8_t counts[kBlock];
  for (size_t block = 0; block < blocks.size(); ++block)
    Unpack(blocks[block], docids.data() + block * kBlock, counts);
  docids.resize(size);
  return docids;
}

std::shared_ptr<const DecodedPostings> DecodePostings(const Xapian::Database& shard,
                                                      const std::vector<std::string>& terms,
                                                      const std::vector<uint32_t>& lengths,
                                                      const CallContext& context) {
  auto decoded = std::make_shared<DecodedPostings>();
  decoded->statistics = StatisticsOf(shard, terms);
  std::vector<Posting> postings;
  postings.reserve(decoded->statistics.sum);
  for (const std::string& term : terms) {
    const auto end = shard.postlist_end(term);
    for (auto place = shard.postlist_begin(term); place != end; ++place) {
      postings.push_back({*place, place.get_wdf()});
      if (postings.size() % kPostingsPerLook == 0) ThrowUnlessWaiting(context);
    }
  }
  if (terms.size() > 1) {
    std::sort(postings.begin(), postings.end(), [](const Posting& a, const Posting& b) { return a.docid < b.docid; });
  }
  size_t different = 0;
  for (const Posting& posting : postings) {
    const bool again = different > 0 && postings[different - 1].docid == posting.docid;
    if (again) {
      postings[different - 1].count += posting.count;
    } else {
      postings[different++] = posting;
    }
  }
  postings.resize(different);
  return PackAll(postings, lengths, *decoded) ? decoded : nullptr;
}

Xapian::doccount LeastFrequency(const Xapian::Database& shard, const std::vector<std::string>& terms) {
  Xapian::doccount least = shard.get_doccount();
  for (const std::string& term : terms)
    least = std::min(least, shard.get_termfreq(term));
  return least;
}

std::shared_ptr<const DecodedPostings> DecodePhrase(const Xapian::Database& shard,
                                                    const std::vector<std::string>& terms,
                                                    const std::vector<uint32_t>& lengths, const CallContext& context) {
  const Xapian::Query phrase(Xapian::Query::OP_PHRASE, terms.begin(), terms.end(),
                             static_cast<Xapian::termcount>(terms.size()));
  Xapian::Enquire enquire(shard);
  enquire.set_query(WithDeadline(phrase, context));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  const Xapian::MSet found = enquire.get_mset(0, LeastFrequency(shard, terms));
  std::vector<Posting> postings;
  for (auto match = found.begin(); match != found.end(); ++match)
    postings.push_back({*match, 1});
  auto decoded = std::make_shared<DecodedPostings>();
  PackAll(postings, lengths, *decoded);
  return decoded;
}

}  // namespace broadsheet::search
