#include "ingest/archive/dictionary_trainer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"
#include "common/base/thread_priority.h"
#include "common/schema/article_dictionary.h"

namespace broadsheet::ingest {
namespace {

constexpr std::chrono::milliseconds kRetryDelay{200};

}  // namespace

DictionaryTrainer::DictionaryTrainer(Archive& archive, int64_t first_events, Insert insert)
    : archive_(archive),
      insert_(std::move(insert)),
      due_(std::max(first_events, archive.dictionaries().since() * kGrowth)),
      thread_([this] { Work(); }) {}

DictionaryTrainer::~DictionaryTrainer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_one();
  thread_.join();
}

void DictionaryTrainer::Notify(int64_t last_sequence) {
  {
    std::lock_guard lock(mutex_);
    last_sequence_ = last_sequence;
    if (last_sequence_ < due_) return;
  }
  ready_.notify_one();
}

void DictionaryTrainer::Work() {
  LowerPriority(kBackground);
  while (WaitUntilDue())
    Make();
}

bool DictionaryTrainer::WaitUntilDue() {
  std::unique_lock lock(mutex_);
  ready_.wait(lock, [this] { return stopping_ || last_sequence_ >= due_; });
  return !stopping_;
}

// It counts for what comes only when it is in both places.
void DictionaryTrainer::Make() {
  KeptDictionary dictionary;
  {
    std::lock_guard lock(mutex_);
    dictionary.since = last_sequence_;
    due_ = last_sequence_ * kGrowth;
  }
  const auto samples = archive_.Sample(kTrainingBytes);
  absl::Status status = samples.status();
  if (status.ok()) dictionary.bytes = TrainDictionary(*samples);
  if (status.ok() && dictionary.bytes.empty()) return;  // they have too little in common
  if (status.ok()) status = InsertPatiently(dictionary);
  if (status.ok()) status = WriteDictionaryFile(archive_.directory(), dictionary);
  if (status.ok()) {
    archive_.dictionaries().Add(dictionary);
    LogInfo("articles of the archive are compressed with a new dictionary from now on",
            {{"since", absl::StrCat(dictionary.since)}, {"bytes", absl::StrCat(dictionary.bytes.size())}});
  } else if (!absl::IsUnavailable(status)) {  // the archive ends
    LogWarning("no new dictionary of the archive could be made",
               {{"since", absl::StrCat(dictionary.since)}, {"error", std::string(status.message())}});
  }
}

absl::Status DictionaryTrainer::InsertPatiently(const KeptDictionary& dictionary) {
  while (true) {
    absl::Status status = insert_(dictionary);
    if (status.code() != absl::StatusCode::kResourceExhausted) return status;
    std::unique_lock lock(mutex_);
    if (ready_.wait_for(lock, kRetryDelay, [this] { return stopping_; })) return status;
  }
}

}  // namespace broadsheet::ingest
