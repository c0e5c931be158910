#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "search/discover/lexicon.h"
#include "search/index/reader_pool.h"

namespace broadsheet::search {

// Keeps a lexicon of the index at hand, and what its texts teach, built by a thread of its own: at once at first, and
// again when the index has changed, but each for no more than a twentieth of the time. Thread-safe.
class LexiconKeeper {
 public:
  // `readers` must outlive it.
  explicit LexiconKeeper(ReaderPool& readers);
  ~LexiconKeeper();

  // The newest one; null until the first is built.
  std::shared_ptr<const Lexicon> Get() const { return Copy(lexicon_); }

  // The same, later.
  std::shared_ptr<const Learned> GetLearned() const { return Copy(learned_); }

 private:
  // Something that is kept.
  template <typename Content>
  struct Kept {
    std::shared_ptr<const Content> newest;         // guarded by mutex_
    absl::Time next_build = absl::InfinitePast();  // of the thread
  };

  template <typename Content>
  std::shared_ptr<const Content> Copy(const Kept<Content>& kept) const {
    std::lock_guard lock(mutex_);
    return kept.newest;
  }

  void Keep();
  template <typename Content, typename Build>
  void Renew(Kept<Content>& kept, Build build);
  template <typename Content>
  bool IsOld(const Kept<Content>& kept) const;
  // Waits; whether it is over.
  bool Rest(absl::Duration time);
  bool stopping() const;

  ReaderPool& readers_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Kept<Lexicon> lexicon_;
  Kept<Learned> learned_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace broadsheet::search
