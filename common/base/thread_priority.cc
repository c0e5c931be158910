#include "common/base/thread_priority.h"

#include <linux/sched.h>
#include <linux/sched/types.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace broadsheet {
namespace {

// Of processor time. Linux takes some 3 ms; whoever wakes up with a shorter turn than the one who runs takes its place.
constexpr __u64 kLongTurnNanoseconds = 20'000'000;

}  // namespace

void LowerPriority(int niceness) {
  // On Linux, niceness belongs to threads, and PRIO_PROCESS takes the number of one.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), niceness);
  sched_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.sched_policy = SCHED_NORMAL;
  attributes.sched_nice = niceness;
  attributes.sched_runtime = kLongTurnNanoseconds;
  syscall(SYS_sched_setattr, 0, &attributes, 0);
}

}  // namespace broadsheet
