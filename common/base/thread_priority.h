#pragma once

namespace broadsheet {

// How much less of a busy processor a thread is given than one of niceness 0, by Linux's weights (kernel/sched/core.c):
// a thirtieth for calls that give way to others, a seventieth for work that no call waits for, and for taking articles
// in.
inline constexpr int kBehindCalls = 15;
inline constexpr int kBackground = 19;

// Lowers the priority of the calling thread, and of those that it starts later, for good: only a privileged process may
// raise one again. One that is lower already stays. What the system refuses costs no more than that.
void LowerPriority(int niceness);

}  // namespace broadsheet
