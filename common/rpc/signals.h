#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace broadsheet {

// Turns SIGTERM and SIGINT into an ordinary wake-up: a thread takes them by sigwait, so no code runs in a handler. The
// first one asks to stop; a second one ends the process at once.
class StopSignals {
 public:
  // Blocks the two signals for this thread and all it starts, and ignores SIGPIPE. Make it before any other thread, and
  // after StartLogging: its thread logs.
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Waits for the first signal, or for RequestStop. Returns the signal's number, 0 for RequestStop.
  int Wait();

  // The same from within the process. Thread-safe.
  void RequestStop();

 private:
  void Watch();

  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;  // guarded by mutex_
  int signal_ = 0;     // likewise
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace broadsheet
