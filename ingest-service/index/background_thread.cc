#include "ingest/index/background_thread.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace broadsheet::ingest {
namespace {

constexpr int kNiceness = 10;  // on Linux each thread has its own

// linux/ioprio.h, which not every Debian has: best effort, the last of its eight levels.
constexpr int kWhoProcess = 1;
constexpr int kBestEffort = 2 << 13;
constexpr int kLastLevel = 7;

}  // namespace

void LowerPriorityOfThisThread() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNiceness);
  syscall(SYS_ioprio_set, kWhoProcess, 0, kBestEffort | kLastLevel);
}

}  // namespace broadsheet::ingest
