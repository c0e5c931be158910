#include "search/match/group_pager.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "common/schema/term.h"
#include "search/match/date_pager.h"

namespace broadsheet::search {

GroupPager::GroupPager(const SearchQuery& query, const ParsedQuery& asked, absl::Time now)
    : query_(query), keys_(query.group->field), placer_(query, now), first_(query, asked), groups_(1) {}

void GroupPager::BeginShard(const ShardView& shard) {
  keys_.BeginShard(shard);
  placer_.BeginShard(shard);
}

void GroupPager::Take(const Batch& batch) {
  for (size_t i = 0; i < batch.docids.size(); ++i) {
    const Match match = placer_.Of(batch, i);
    const uint32_t number = keys_.Of(batch.docids[i]);
    if (number == groups_.size()) groups_.emplace_back();
    Group& group = groups_[number];
    if (group.size++ == 0 || Earlier(match, group.best)) group = {number, group.size, match};
    first_.Take(match, number);
    if (query_.group->hits > 1) members_.push_back({number, match});
  }
}

absl::StatusOr<Page> GroupPager::Finish(Reader& reader, const ColumnSet& columns) {
  Page page;
  page.ranked_micros = placer_.ranked_micros();
  LookAgain(reader, columns);
  std::erase_if(groups_, [](const Group& group) { return group.size == 0; });
  page.total_groups = static_cast<int64_t>(groups_.size());
  if (query_.after.has_value()) page.offset = query_.after->offset;
  if (!ByDate(query_)) {
    if (auto depth = CheckDepth(page.offset); !depth.ok()) return depth;
  }
  const size_t begin = FindBeginning(reader);
  page.offset = static_cast<int64_t>(begin);
  const size_t end = std::min(groups_.size(), begin + static_cast<size_t>(query_.page_size));
  for (size_t i = begin; i < end; ++i)
    AddGroup(groups_[i], reader, page);
  page.more = end < groups_.size();
  if (query_.group->hits > 1) AddMembers(page);
  return page;
}

// A group that has some of the first matches has its best among them, now as before.
void GroupPager::LookAgain(Reader& reader, const ColumnSet& columns) {
  first_.LookAgain(reader, columns);
  std::vector<bool> known(groups_.size());
  for (const FirstMatches::Member& member : first_.members()) {
    Group& group = groups_[member.group];
    if (!known[member.group] || Earlier(member.match, group.best)) group.best = member.match;
    known[member.group] = true;
  }
}

// Puts groups in order as far as the page reaches, and says where it begins among them.
size_t GroupPager::FindBeginning(Reader& reader) {
  auto before = [](const Group& left, const Group& right) { return Earlier(left.best, right.best); };
  auto order_first = [&](size_t count) {
    count = std::min(count, groups_.size());
    std::partial_sort(groups_.begin(), groups_.begin() + static_cast<std::ptrdiff_t>(count), groups_.end(), before);
    return count;
  };
  const auto page_size = static_cast<size_t>(query_.page_size);
  if (ByDate(query_)) {
    if (auto after = PlaceAfter(query_); after.has_value()) {
      std::erase_if(groups_, [&](const Group& group) { return group.best.place >= *after; });
    }
    order_first(page_size);
    return 0;
  }
  if (!query_.after.has_value() || query_.after->snapshot_identity == reader.snapshot().identity) {
    const auto offset = static_cast<size_t>(query_.after.has_value() ? query_.after->offset : 0);
    order_first(offset + page_size);
    return std::min(offset, groups_.size());
  }
  order_first(groups_.size());
  return Continuation(reader.FindStanding(IdTerm(query_.after->article_id)));
}

// Where to go on when the snapshot is not that of the page before: after the group that its last one has become, else
// among those that score as it did, as near to the old place as they reach.
size_t GroupPager::Continuation(Xapian::docid last) const {
  size_t not_better = groups_.size(), worse = groups_.size();
  for (size_t i = groups_.size(); i-- > 0;) {
    if (groups_[i].best.docid == last) return i + 1;
    if (groups_[i].best.score <= query_.after->score) not_better = i;
    if (groups_[i].best.score < query_.after->score) worse = i;
  }
  return std::clamp(static_cast<size_t>(query_.after->offset), not_better, worse);
}

void GroupPager::AddGroup(const Group& group, Reader& reader, Page& page) const {
  PageGroup& added = page.groups.emplace_back();
  added.size = group.size;
  added.first = page.matches.size();
  added.hits = 1;
  page.matches.push_back(group.best);
  if (query_.group->field != nullptr) {
    added.value = keys_.ValueOf(group.number);
  } else {
    const Xapian::Document document = reader.database().get_document(group.best.docid, Xapian::DOC_ASSUME_VALID);
    added.value = document.get_value(static_cast<Xapian::valueno>(GetField(FieldId::kOriginal).slot));
  }
}

// Further hits, for the groups of the page only.
void GroupPager::AddMembers(Page& page) const {
  std::unordered_map<uint32_t, std::vector<Match>> found;
  std::vector<uint32_t> numbers;
  const auto begin = groups_.begin() + static_cast<std::ptrdiff_t>(page.offset);
  for (auto group = begin; group != begin + static_cast<std::ptrdiff_t>(page.groups.size()); ++group) {
    numbers.push_back(group->number);
    found[group->number];
  }
  for (const Member& member : members_) {
    auto wanted = found.find(member.group);
    if (wanted == found.end()) continue;
    wanted->second.push_back(member.match);
    first_.Correct(wanted->second.back());
  }
  page.matches.clear();
  for (size_t i = 0; i < numbers.size(); ++i) {
    std::vector<Match>& hits = found[numbers[i]];
    page.groups[i].first = page.matches.size();
    page.groups[i].hits = std::min(hits.size(), static_cast<size_t>(query_.group->hits));
    const auto end = hits.begin() + static_cast<std::ptrdiff_t>(page.groups[i].hits);
    std::partial_sort(hits.begin(), end, hits.end(), Earlier);
    page.matches.insert(page.matches.end(), hits.begin(), end);
  }
}

}  // namespace broadsheet::search
