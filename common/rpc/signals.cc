#include "common/rpc/signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <string>

#include "common/base/logging.h"

namespace broadsheet {
namespace {

sigset_t StopSet() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = StopSet();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { Watch(); });
}

StopSignals::~StopSignals() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
}

int StopSignals::Wait() {
  std::unique_lock lock(mutex_);
  stopped_.wait(lock, [this] { return stop_; });
  return signal_;
}

void StopSignals::RequestStop() {
  std::lock_guard lock(mutex_);
  stop_ = true;
  stopped_.notify_all();
}

void StopSignals::Watch() {
  const sigset_t set = StopSet();
  for (bool first = true;; first = false) {
    int number = 0;
    sigwait(&set, &number);
    if (ending_) return;
    if (!first) {
      LogWarning("second signal: ending at once", {{"signal", std::to_string(number)}});
      _exit(128 + number);
    }
    LogInfo("stopping", {{"signal", std::to_string(number)}});
    std::lock_guard lock(mutex_);
    signal_ = number;
    stop_ = true;
    stopped_.notify_all();
  }
}

}  // namespace broadsheet
