#include "search/follow/watch_board.h"

#include <algorithm>
#include <utility>

#include "search/follow/chosen_documents.h"
#include "search/index/caller.h"
#include "search/match/matching.h"

namespace broadsheet::search {
namespace {

constexpr size_t kEntries = 8;
constexpr size_t kRewrittenSnapshots = 2;  // some watchers are still on the one before
constexpr size_t kRewrittenTexts = 2'048;  // of a snapshot: some KB each

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

WatchBoard::Text WatchBoard::RewriteOnce(Reader& reader, const SearchQuery& query, const CallContext& context) {
  const uint64_t identity = reader.snapshot().identity;
  auto of_snapshot = [&] {
    return std::find_if(rewritten_.begin(), rewritten_.end(), [&](const auto& r) { return r.identity == identity; });
  };
  {
    std::lock_guard lock(mutex_);
    if (auto entry = of_snapshot(); entry != rewritten_.end()) {
      if (auto known = entry->texts.find(query.fingerprint); known != entry->texts.end()) return known->second;
    }
  }
  RewrittenQuery rewritten = RewriteText(query, reader, [&context] { ThrowUnlessWaiting(context); });
  auto text = std::make_shared<const ParsedQuery>(std::move(rewritten.query));
  std::lock_guard lock(mutex_);
  auto entry = of_snapshot();
  if (entry == rewritten_.end()) {
    if (rewritten_.size() == kRewrittenSnapshots) rewritten_.pop_front();
    entry = rewritten_.insert(rewritten_.end(), {identity, {}});
  }
  if (entry->texts.size() < kRewrittenTexts) entry->texts.emplace(query.fingerprint, text);
  return text;
}

Xapian::Query WatchBoard::Compile(Reader& reader, const ColumnSet* columns, const SearchQuery& query,
                                  const CallContext& context) {
  SearchQuery ready = query;
  ready.text = *RewriteOnce(reader, query, context);
  ready.rewritten = true;
  return CompileMatching(ready, ready.filter, reader, columns);
}

WatchBoard::Flags WatchBoard::MatchOnce(Reader& reader, const ColumnSet* columns, const Changes& changes,
                                        const SearchQuery& query, const CallContext& context) {
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
      WhichMatch(reader, Compile(reader, columns, query, context), docids, context));
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
  auto held = std::make_shared<const std::vector<HeldArticle>>(ReadHeld(reader, after));
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
