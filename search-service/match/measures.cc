#include "search/match/measures.h"

#include <algorithm>

namespace broadsheet::search {

Measures::Measures(const FacetSpec& spec) {
  if (spec.originals) originals_.emplace(nullptr);
  if (spec.sources) sources_.emplace(&GetField(FieldId::kSource));
}

void Measures::BeginShard(const ShardView& shard) {
  if (originals_.has_value()) originals_->keys.BeginShard(shard);
  if (sources_.has_value()) sources_->keys.BeginShard(shard);
}

void Measures::Add(uint32_t bucket, Xapian::docid docid) {
  if (originals_.has_value()) originals_->Add(bucket, docid);
  if (sources_.has_value()) sources_->Add(bucket, docid);
}

void Measures::Distinct::Add(uint32_t bucket, Xapian::docid docid) {
  const uint32_t group = keys.Of(docid);
  if (group == GroupKeys::kNone) return;
  if (!seen.insert(static_cast<uint64_t>(bucket) << 32 | group).second) return;
  if (bucket >= counts.size()) counts.resize(std::max<size_t>(bucket + 1, 2 * counts.size()));
  ++counts[bucket];
}

void Measures::Fill(uint32_t bucket, v1::FacetBucket& filled) const {
  if (originals_.has_value()) filled.set_originals(originals_->CountOf(bucket));
  if (sources_.has_value()) filled.set_sources(sources_->CountOf(bucket));
}

}  // namespace broadsheet::search
