#include "search/discover/lexicon_keeper.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/thread_priority.h"
#include "search/discover/lexicon_builder.h"

namespace broadsheet::search {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Milliseconds(250);
constexpr absl::Duration kLeastRest = absl::Seconds(1);
constexpr int kRestsOfABuild = 19;  // so many times as long as it took, nothing is built

}  // namespace

LexiconKeeper::LexiconKeeper(ReaderPool& readers) : readers_(readers), thread_([this] { Keep(); }) {}

LexiconKeeper::~LexiconKeeper() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool LexiconKeeper::stopping() const {
  std::lock_guard lock(mutex_);
  return stopping_;
}

bool LexiconKeeper::Rest(absl::Duration time) {
  std::unique_lock lock(mutex_);
  return wake_.wait_for(lock, absl::ToChronoNanoseconds(time), [this] { return stopping_; });
}

// Another lineage means another index; its sequences may be lower.
template <typename Content>
bool LexiconKeeper::IsOld(const Kept<Content>& kept) const {
  const std::shared_ptr<const Content> newest = Copy(kept);
  bool old = false;
  absl::Status read = readers_.Run({}, [&](Reader& reader, Effort) {
    old = newest == nullptr || newest->sequence != reader.snapshot().sequence ||
          newest->lineage != reader.snapshot().lineage;
    return absl::OkStatus();
  });
  return read.ok() && old;
}

template <typename Content, typename Build>
void LexiconKeeper::Renew(Kept<Content>& kept, Build build) {
  const absl::Time begin = absl::Now();
  if (begin < kept.next_build || !IsOld(kept)) return;
  absl::StatusOr<std::shared_ptr<const Content>> built = build(readers_, [this] { return stopping(); });
  if (!built.ok()) return;
  const absl::Duration took = absl::Now() - begin;
  kept.next_build = begin + took + std::max(kLeastRest, took * kRestsOfABuild);
  std::lock_guard lock(mutex_);
  kept.newest = *std::move(built);
}

void LexiconKeeper::Keep() {
  LowerPriority(kBackground);
  do {
    Renew(lexicon_, BuildLexicon);
    Renew(learned_, Learn);
  } while (!Rest(kBetweenLooks));
}

}  // namespace broadsheet::search
