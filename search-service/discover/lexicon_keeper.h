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

// Keeps a lexicon of the index at hand, built by a thread of its own: at once at first, and again when the index has
// changed, but never for more than a twentieth of the time. Thread-safe.
class LexiconKeeper {
 public:
  // `readers` must outlive it.
  explicit LexiconKeeper(ReaderPool& readers);
  ~LexiconKeeper();

  // The newest one; null until the first is built.
  std::shared_ptr<const Lexicon> Get() const;

 private:
  void Keep();
  // Waits; whether it is over.
  bool Rest(absl::Duration time);
  bool HasChanged() const;
  bool stopping() const;

  ReaderPool& readers_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::shared_ptr<const Lexicon> lexicon_;  // guarded by mutex_
  bool stopping_ = false;                   // guarded by mutex_
  std::thread thread_;
};

}  // namespace broadsheet::search
