#include "search/match/decoded_postings.h"

#include <algorithm>
#include <limits>

namespace broadsheet::search {
namespace {

constexpr size_t kPostingsPerLook = 4'096;
constexpr Xapian::termcount kMostCount = std::numeric_limits<uint8_t>::max();

struct Posting {
  Xapian::docid docid;
  Xapian::termcount count;
};

std::vector<DecodedPostings::Block> BoundsOf(const DecodedPostings& postings, const std::vector<uint32_t>& lengths) {
  std::vector<DecodedPostings::Block> blocks((postings.size() + DecodedPostings::kBlock - 1) / DecodedPostings::kBlock);
  for (size_t i = 0; i < postings.size(); ++i) {
    DecodedPostings::Block& block = blocks[i / DecodedPostings::kBlock];
    const uint32_t length = lengths[postings.docids[i]];
    const bool first = i % DecodedPostings::kBlock == 0;
    block.least_length = first ? length : std::min(block.least_length, length);
    block.most_count = std::max(block.most_count, postings.counts[i]);
  }
  return blocks;
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

std::shared_ptr<const DecodedPostings> DecodePostings(const Xapian::Database& shard,
                                                      const std::vector<std::string>& terms,
                                                      const std::vector<uint32_t>& lengths,
                                                      const std::function<void()>& look) {
  auto decoded = std::make_shared<DecodedPostings>();
  decoded->statistics = StatisticsOf(shard, terms);
  std::vector<Posting> postings;
  postings.reserve(decoded->statistics.sum);
  for (const std::string& term : terms) {
    const auto end = shard.postlist_end(term);
    for (auto place = shard.postlist_begin(term); place != end; ++place) {
      postings.push_back({*place, place.get_wdf()});
      if (postings.size() % kPostingsPerLook == 0) look();
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
  decoded->docids.reserve(different);
  decoded->counts.reserve(different);
  for (const Posting& posting : postings) {
    if (posting.count > kMostCount) return nullptr;
    decoded->docids.push_back(posting.docid);
    decoded->counts.push_back(static_cast<uint8_t>(posting.count));
  }
  decoded->blocks = BoundsOf(*decoded, lengths);
  return decoded;
}

}  // namespace broadsheet::search
