#include "ingest/archive/dictionary_trainer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"
#include "common/schema/article_dictionary.h"

namespace broadsheet::ingest {
namespace {

constexpr std::chrono::milliseconds kRetryDelay{200};

}  // namespace

DictionaryTrainer::DictionaryTrainer(Archive& archive, int64_t first_events, Insert insert)
    : archive_(archive),
      insert_(std::move(insert)),
      due_(std::max(first_events, archive.dictionaries().since() * kGrowth)),
      thread_([this](const std::stop_token& stop) { Work(stop); }) {}

void DictionaryTrainer::Notify(int64_t last_sequence) {
  {
    std::lock_guard lock(mutex_);
    last_sequence_ = last_sequence;
    if (last_sequence_ < due_) return;
  }
  ready_.notify_one();
}

void DictionaryTrainer::Work(const std::stop_token& stop) {
  while (const auto since = WaitUntilDue(stop)) {
    const absl::Status made = Make(*since, stop);
    if (made.ok() || stop.stop_requested()) continue;
    LogWarning("no new dictionary of the archive could be made",
               {{"since", absl::StrCat(*since)}, {"error", std::string(made.message())}});
  }
}

std::optional<int64_t> DictionaryTrainer::WaitUntilDue(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  ready_.wait(lock, stop, [this] { return last_sequence_ >= due_; });
  if (stop.stop_requested()) return std::nullopt;
  due_ = last_sequence_ * kGrowth;
  return last_sequence_;
}

// It is used only when it is in both places.
absl::Status DictionaryTrainer::Make(int64_t since, const std::stop_token& stop) {
  const auto samples = archive_.Sample(kTrainingBytes);
  if (!samples.ok()) return samples.status();
  const KeptDictionary dictionary{since, TrainDictionary(*samples)};
  if (dictionary.bytes.empty()) return absl::OkStatus();  // they have too little in common
  if (absl::Status status = InsertPatiently(dictionary, stop); !status.ok()) return status;
  if (absl::Status status = WriteDictionaryFile(archive_.directory(), dictionary); !status.ok()) return status;
  archive_.dictionaries().Add(dictionary);
  LogInfo("articles of the archive are compressed with a new dictionary from now on",
          {{"since", absl::StrCat(since)}, {"bytes", absl::StrCat(dictionary.bytes.size())}});
  return absl::OkStatus();
}

absl::Status DictionaryTrainer::InsertPatiently(const KeptDictionary& dictionary, const std::stop_token& stop) {
  absl::Status status = insert_(dictionary);
  while (absl::IsResourceExhausted(status) && !stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    ready_.wait_for(lock, stop, kRetryDelay, [] { return false; });
    lock.unlock();
    status = insert_(dictionary);
  }
  return status;
}

}  // namespace broadsheet::ingest
