#include "ingest/index/merge_choice.h"

#include <algorithm>
#include <map>

namespace broadsheet::ingest {
namespace {

int TierOf(const ShardLoad& shard, int64_t hot_documents) {
  const int64_t standing = shard.documents - shard.superseded;
  int tier = 0;
  for (int64_t limit = hot_documents * kMergeFactor; standing >= limit; limit *= kMergeFactor)
    ++tier;
  return tier;
}

std::vector<std::string> FirstOf(const std::vector<std::string>& uuids) {
  return {uuids.begin(), uuids.begin() + static_cast<std::ptrdiff_t>(std::min(uuids.size(), kMostMerged))};
}

}  // namespace

std::vector<std::string> ChooseMerge(const std::vector<ShardLoad>& shards, int64_t hot_documents) {
  const int64_t unit = std::max<int64_t>(1, hot_documents);
  const auto frozen = std::find_if(shards.begin(), shards.end(),
                                   [](const ShardLoad& shard) { return shard.state == ShardState::kFrozen; });
  std::map<int, std::vector<std::string>> tiers;
  for (const ShardLoad& shard : shards) {
    const bool counts = shard.state == ShardState::kSealed || (frozen != shards.end() && &shard == &*frozen);
    if (counts) tiers[TierOf(shard, unit)].push_back(shard.uuid);
  }
  if (frozen != shards.end()) {
    // Together with a tier that is full with it, so that it is not copied twice.
    const std::vector<std::string>& tier = tiers[TierOf(*frozen, unit)];
    if (tier.size() < static_cast<size_t>(kMergeFactor)) return {frozen->uuid};
    const std::vector<std::string> first = FirstOf(tier);
    const bool with_it = std::find(first.begin(), first.end(), frozen->uuid) != first.end();
    return with_it ? first : std::vector<std::string>{frozen->uuid};
  }
  for (const auto& [tier, uuids] : tiers) {
    if (uuids.size() >= static_cast<size_t>(kMergeFactor)) return FirstOf(uuids);
  }
  for (const ShardLoad& shard : shards) {
    const double superseded = static_cast<double>(shard.superseded);
    if (shard.state == ShardState::kSealed && superseded > kSupersededShare * static_cast<double>(shard.documents)) {
      return {shard.uuid};
    }
  }
  return {};
}

}  // namespace broadsheet::ingest
