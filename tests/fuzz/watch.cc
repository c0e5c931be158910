#include "fuzz/watch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "fuzz/target.h"

// Sanitizers end the program by themselves, past every handler; they have this for it.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace broadsheet::fuzz {
namespace {

#ifdef BROADSHEET_SANITIZED
constexpr double kSlowdown = 15;
#else
constexpr double kSlowdown = 1;
#endif
constexpr double kMostSeconds = 2;                              // for any input,
constexpr double kMostSecondsPerMegabyte = 8;                   // and so much more by its size
constexpr int kHangSeconds = static_cast<int>(60 * kSlowdown);  // then the program is stopped in the middle of its work

std::string_view current_input;
std::string file_name;

// Only calls that are allowed within a signal handler.
void KeepInput() {
  if (current_input.data() == nullptr) return;
  const int fd = open(file_name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return;
  for (std::string_view left = current_input; !left.empty();) {
    const ssize_t written = write(fd, left.data(), left.size());
    if (written <= 0) break;
    left.remove_prefix(static_cast<size_t>(written));
  }
  close(fd);
  for (std::string_view part : {std::string_view("the input is kept in "), std::string_view(file_name),
                                std::string_view(": try it again with --input FILE\n")}) {
    if (write(STDERR_FILENO, part.data(), part.size()) < 0) return;
  }
  current_input = {};
}

void OnSignal(int signal) {
  if (signal == SIGPROF) {
    static constexpr std::string_view kHang = "the input takes too long\n";
    static_cast<void>(!write(STDERR_FILENO, kHang.data(), kHang.size()));
  }
  KeepInput();
  ::signal(signal, SIG_DFL);
  raise(signal);
}

// On a stack of its own, since the stack may be what overflowed.
void HandleSignals() {
  static std::vector<char> stack(64 * 1024);
  stack_t alternative{};
  alternative.ss_sp = stack.data();
  alternative.ss_size = stack.size();
  sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_ONSTACK;
  for (int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGPROF})
    sigaction(signal, &action, nullptr);
}

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

void Require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", promise);
  std::abort();
}

Watch::Watch(std::string name, void (*try_input)(std::string_view)) : try_input_(try_input) {
  file_name = std::move(name) + "-broken-input";
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(KeepInput);
  }
  HandleSignals();
}

double Watch::Try(std::string_view input) {
  const itimerval patience{{}, {kHangSeconds, 0}};
  setitimer(ITIMER_PROF, &patience, nullptr);
  current_input = input;
  const double begin = CpuSeconds();
  try_input_(input);
  const double seconds = CpuSeconds() - begin;
  Require(seconds < MostSeconds(input.size()), "bounded time");
  current_input = {};
  return seconds;
}

double Watch::MostSeconds(size_t bytes) {
  return kSlowdown * (kMostSeconds + kMostSecondsPerMegabyte * static_cast<double>(bytes) / (1 << 20));
}

}  // namespace broadsheet::fuzz
