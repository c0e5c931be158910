#include "search/discover/lexicon_keeper.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
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

std::shared_ptr<const Lexicon> LexiconKeeper::Get() const {
  std::lock_guard lock(mutex_);
  return lexicon_;
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
bool LexiconKeeper::HasChanged() const {
  const std::shared_ptr<const Lexicon> lexicon = Get();
  bool changed = false;
  absl::Status read = readers_.Run({}, [&](Reader& reader, Effort) {
    changed = lexicon == nullptr || lexicon->sequence != reader.snapshot().sequence ||
              lexicon->lineage != reader.snapshot().lineage;
    return absl::OkStatus();
  });
  return read.ok() && changed;
}

void LexiconKeeper::Keep() {
  do {
    if (!HasChanged()) continue;
    const absl::Time begin = absl::Now();
    auto built = BuildLexicon(readers_, [this] { return stopping(); });
    const absl::Duration took = absl::Now() - begin;
    if (!built.ok()) continue;
    {
      std::lock_guard lock(mutex_);
      lexicon_ = *std::move(built);
    }
    if (Rest(std::max(kLeastRest, took * kRestsOfABuild))) return;
  } while (!Rest(kBetweenLooks));
}

}  // namespace broadsheet::search
