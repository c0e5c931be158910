#include "search/follow/watch_board.h"

#include <algorithm>
#include <utility>

#include "search/follow/chosen_documents.h"
#include "search/match/matching.h"

namespace broadsheet::search {
namespace {

constexpr size_t kEntries = 8;

// Times are rounded down to whole hours, so that watchers whose clocks differ a little share one list.
constexpr int64_t kHeldMicros = int64_t{3'600} * 1'000'000;

}  // namespace

absl::StatusOr<WatchBoard::Changes> WatchBoard::ReadOnce(Reader& reader, int64_t after) {
  const uint64_t identity = reader.snapshot().identity;
  {
    std::lock_guard lock(mutex_);
    for (const Entry& entry : entries_) {
      if (entry.changes->identity == identity && entry.changes->after == after) return entry.changes;
    }
  }
  auto read = ReadChanges(reader, after);
  if (!read.ok()) return read.status();
  auto changes = std::make_shared<const ChangeSet>(*std::move(read));
  std::lock_guard lock(mutex_);
  entries_.push_back({changes, {}});
  if (entries_.size() > kEntries) entries_.pop_front();
  return changes;
}

WatchBoard::Flags WatchBoard::MatchOnce(Reader& reader, const Changes& changes, const SearchQuery& query,
                                        const CallContext& context) {
  auto own = [&](const Entry& entry) { return entry.changes == changes; };
  {
    std::lock_guard lock(mutex_);
    auto entry = std::find_if(entries_.begin(), entries_.end(), own);
    if (entry != entries_.end()) {
      if (auto known = entry->flags.find(query.fingerprint); known != entry->flags.end()) return known->second;
    }
  }
  std::vector<Xapian::docid> docids;
  for (const Change& change : changes->changes)
    docids.push_back(change.docid);
  auto flags = std::make_shared<const std::vector<bool>>(
      WhichMatch(reader, CompileMatching(query, query.filter, reader), docids, context));
  std::lock_guard lock(mutex_);
  auto entry = std::find_if(entries_.begin(), entries_.end(), own);
  if (entry != entries_.end()) entry->flags[query.fingerprint] = flags;
  return flags;
}

WatchBoard::Held WatchBoard::ReadHeldOnce(Reader& reader, int64_t after_micros) {
  const int64_t after = after_micros - after_micros % kHeldMicros;
  const uint64_t identity = reader.snapshot().identity;
  {
    std::lock_guard lock(mutex_);
    for (const HeldEntry& entry : held_) {
      if (entry.identity == identity && entry.after_micros == after) return entry.held;
    }
  }
  auto held = std::make_shared<const std::vector<HeldArticle>>(ReadHeld(reader.database(), after));
  std::lock_guard lock(mutex_);
  held_.push_back({identity, after, held});
  if (held_.size() > kEntries) held_.pop_front();
  return held;
}

void WatchBoard::Add(const std::atomic<int64_t>* position) {
  std::lock_guard lock(mutex_);
  positions_.insert(position);
}

void WatchBoard::Remove(const std::atomic<int64_t>* position) {
  std::lock_guard lock(mutex_);
  positions_.erase(position);
}

std::optional<int64_t> WatchBoard::slowest() const {
  std::optional<int64_t> slowest;
  std::lock_guard lock(mutex_);
  for (const auto* position : positions_) {
    const int64_t sequence = position->load(std::memory_order_relaxed);
    slowest = std::min(slowest.value_or(sequence), sequence);
  }
  return slowest;
}

}  // namespace broadsheet::search
