#include "search/index/column_warmer.h"

#include <chrono>

#include "common/base/logging.h"

namespace broadsheet::search {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(50);

}  // namespace

ColumnWarmer::ColumnWarmer(ReaderPool& pool) : pool_(pool), thread_([this] { Follow(); }) {}

ColumnWarmer::~ColumnWarmer() {
  context_.Cancel();
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

// What fails here fails again, and is told, in the call that needs it.
void ColumnWarmer::Follow() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    absl::Status ready =
        pool_.Run(context_, [&](Reader& reader, Effort) { return pool_.ColumnsOf(reader, context_).status(); });
    if (absl::IsInternal(ready) || absl::IsDataLoss(ready)) {
      LogWarning("columns not built", {{"reason", std::string(ready.message())}});
    }
    lock.lock();
    wake_.wait_for(lock, kInterval, [this] { return stopping_; });
  }
}

}  // namespace broadsheet::search
