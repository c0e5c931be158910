#include "search/match/fair_pager.h"

#include <algorithm>

namespace broadsheet::search {
namespace {

bool Later(const Match& left, const Match& right) {
  return Earlier(right, left);
}

}  // namespace

FairPager::FairPager(const SearchQuery& query, const ParsedQuery& asked, absl::Time now)
    : query_(query), keys_(query.fairness->field), placer_(query, now), first_(query, asked), queues_(1) {}

void FairPager::BeginShard(const ShardView& shard) {
  keys_.BeginShard(shard);
  placer_.BeginShard(shard);
}

void FairPager::Take(const Batch& batch) {
  for (size_t i = 0; i < batch.docids.size(); ++i) {
    const uint32_t number = keys_.Of(batch.docids[i]);
    if (number == queues_.size()) queues_.emplace_back();
    queues_[number].waiting.push_back(placer_.Of(batch, i));
    first_.Take(queues_[number].waiting.back(), number);
  }
}

absl::StatusOr<Page> FairPager::Finish(Reader& reader, const ColumnSet& columns) {
  Page page;
  page.ranked_micros = placer_.ranked_micros();
  if (query_.after.has_value()) page.offset = query_.after->offset;
  if (auto depth = CheckDepth(page.offset); !depth.ok()) return depth;
  first_.LookAgain(reader, columns);
  std::vector<uint32_t> fronts;
  for (uint32_t number = 0; number < queues_.size(); ++number) {
    std::vector<Match>& waiting = queues_[number].waiting;
    for (Match& match : waiting)
      first_.Correct(match);
    std::make_heap(waiting.begin(), waiting.end(), Later);
    if (!waiting.empty()) fronts.push_back(number);
  }
  std::make_heap(fronts.begin(), fronts.end(), LaterQueue());
  for (int64_t laid = 0; laid <= page.offset && !fronts.empty();) {
    std::vector<Match> matches = LayPage(fronts);
    const int64_t skipped = std::max<int64_t>(0, page.offset - laid);
    laid += static_cast<int64_t>(matches.size());
    if (laid > page.offset) page.matches.assign(matches.begin() + skipped, matches.end());
  }
  page.more = !fronts.empty();
  return page;
}

std::vector<Match> FairPager::LayPage(std::vector<uint32_t>& fronts) {
  const auto later = LaterQueue();
  std::vector<Match> matches;
  std::vector<uint32_t> served;  // queues that have their share
  std::vector<uint32_t> used;
  while (!fronts.empty() && matches.size() < static_cast<size_t>(query_.page_size)) {
    std::pop_heap(fronts.begin(), fronts.end(), later);
    const uint32_t number = fronts.back();
    fronts.pop_back();
    Queue& queue = queues_[number];
    std::pop_heap(queue.waiting.begin(), queue.waiting.end(), Later);
    matches.push_back(queue.waiting.back());
    queue.waiting.pop_back();
    ++queue.on_page;
    used.push_back(number);
    if (queue.waiting.empty()) continue;
    if (number != GroupKeys::kNone && queue.on_page >= query_.fairness->max_per_page) {
      served.push_back(number);
      continue;
    }
    fronts.push_back(number);
    std::push_heap(fronts.begin(), fronts.end(), later);
  }
  for (uint32_t number : served) {
    fronts.push_back(number);
    std::push_heap(fronts.begin(), fronts.end(), later);
  }
  for (uint32_t number : used)
    queues_[number].on_page = 0;
  return matches;
}

}  // namespace broadsheet::search
