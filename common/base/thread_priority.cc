#include "common/base/thread_priority.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace broadsheet {

void LowerPriority(int niceness) {
  // On Linux, niceness belongs to threads, and PRIO_PROCESS takes the number of one.
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  if (getpriority(PRIO_PROCESS, thread) < niceness) setpriority(PRIO_PROCESS, thread, niceness);
}

}  // namespace broadsheet
