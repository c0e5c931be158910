#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "absl/status/status.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/kept_dictionary.h"

namespace broadsheet::ingest {

// Makes dictionaries of an archive as it grows: one when it has `first_events`, and another whenever it has
// kGrowth times as many as it had at the last. What was written before stays as it is. On a thread of its own, for
// one to two seconds each time; its end waits for the one that is being made.
class DictionaryTrainer {
 public:
  static constexpr int64_t kGrowth = 8;

  // `insert` returns when the dictionary is durable in the archive's table, or UNAVAILABLE when that ends;
  // RESOURCE_EXHAUSTED is tried again. `archive` must outlive it.
  using Insert = std::function<absl::Status(const KeptDictionary& dictionary)>;
  DictionaryTrainer(Archive& archive, int64_t first_events, Insert insert);

  // Tells it how long the archive is.
  void Notify(int64_t last_sequence);

 private:
  void Work(const std::stop_token& stop);
  // The sequence of the newest event, once one is due; nothing at the end.
  std::optional<int64_t> WaitUntilDue(const std::stop_token& stop);
  absl::Status Make(int64_t since, const std::stop_token& stop);
  absl::Status InsertPatiently(const KeptDictionary& dictionary, const std::stop_token& stop);

  Archive& archive_;
  const Insert insert_;

  std::mutex mutex_;
  std::condition_variable_any ready_;
  int64_t last_sequence_ = 0;
  int64_t due_;          // sequence at which the next one is made
  std::jthread thread_;  // the last: it uses the others
};

}  // namespace broadsheet::ingest
