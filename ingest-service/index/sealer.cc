#include "ingest/index/sealer.h"

#include <utility>

namespace broadsheet::ingest {

Sealer::Sealer() : thread_([this] { Run(); }) {}

Sealer::~Sealer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Sealer::Start(SealRequest request) {
  {
    std::lock_guard lock(mutex_);
    request_ = std::move(request);
    busy_ = true;
  }
  wake_.notify_all();
}

bool Sealer::busy() const {
  std::lock_guard lock(mutex_);
  return busy_;
}

std::optional<Sealer::Result> Sealer::Take() {
  std::lock_guard lock(mutex_);
  if (result_.has_value()) busy_ = false;
  return std::exchange(result_, std::nullopt);
}

bool Sealer::stopping() const {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void Sealer::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || request_.has_value(); });
    if (stopping_) return;
    SealRequest request = *std::exchange(request_, std::nullopt);
    lock.unlock();
    auto sealed = SealShards(request, [this] { return stopping(); });
    lock.lock();
    if (stopping_) return;
    result_ = Result{std::move(request), std::move(sealed)};
  }
}

}  // namespace broadsheet::ingest
