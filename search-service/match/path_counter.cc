#include "search/match/path_counter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kNotMet = ~0U;
constexpr uint32_t kUnwanted = ~0U - 1;

}  // namespace

void PathCounter::BeginShard(const ShardView& shard) {
  column_ = &shard.columns->Terms(spec_.field->id);
  numbers_.assign(column_->dictionary->size(), kNotMet);
  measures_.BeginShard(shard);
}

void PathCounter::Count(std::span<const Xapian::docid> docids) {
  for (Xapian::docid docid : docids) {
    ++articles_;
    const auto ordinals = column_->Of(docid);
    missing_ += ordinals.empty();
    for (uint32_t ordinal : ordinals) {
      const uint32_t number = BucketOf(ordinal);
      if (number == kUnwanted || buckets_[number].last_article == articles_) continue;
      buckets_[number].last_article = articles_;
      ++buckets_[number].count;
      measures_.Add(number, docid);
    }
  }
}

uint32_t PathCounter::BucketOf(uint32_t ordinal) {
  uint32_t& number = numbers_[ordinal];
  if (number != kNotMet) return number;
  const std::string_view value = (*column_->dictionary)[ordinal];
  if (!spec_.hierarchy.has_value()) return number = IsWanted(spec_, value) ? FindBucket(value) : kUnwanted;
  bool wanted = false;
  const std::string path = PathOf(value, wanted);
  return number = wanted ? FindBucket(path) : kUnwanted;
}

uint32_t PathCounter::FindBucket(std::string_view value) {
  auto [place, added] = by_value_.try_emplace(std::string(value), static_cast<uint32_t>(buckets_.size()));
  if (added) buckets_.push_back({&place->first});
  return place->second;
}

// The path one part below the parent, written in one way however values write it, so that it can be the next parent.
std::string PathCounter::PathOf(std::string_view value, bool& wanted) const {
  const Hierarchy& hierarchy = *spec_.hierarchy;
  const std::vector<std::string_view> parts = PathParts(value, hierarchy.separator);
  const size_t depth = hierarchy.parent.size();
  wanted = parts.size() > depth && std::equal(hierarchy.parent.begin(), hierarchy.parent.end(), parts.begin()) &&
           IsWanted(spec_, parts[depth]);
  std::string path;
  for (size_t i = 0; wanted && i <= depth; ++i)
    absl::StrAppend(&path, i == 0 ? "" : hierarchy.separator, std::string(parts[i]));
  return path;
}

absl::StatusOr<v1::FacetResult> PathCounter::Finish() {
  std::vector<TermsBucket> buckets;
  for (uint32_t number = 0; number < buckets_.size(); ++number)
    buckets.push_back({*buckets_[number].value, buckets_[number].count, number});
  v1::FacetResult result;
  result.set_missing(missing_);
  FillTerms(spec_, std::move(buckets), &measures_, result);
  return result;
}

}  // namespace broadsheet::search
