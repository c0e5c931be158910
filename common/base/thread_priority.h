#pragma once

namespace broadsheet {

// How much less of a busy processor a thread is given than one of niceness 0, by Linux's weights (kernel/sched/core.c):
// a tenth, a thirtieth. Work in the background gives way to heavy calls, too.
inline constexpr int kBehindCalls = 10;
inline constexpr int kBackground = 15;

// Lowers the priority of the calling thread alone, for good: only a privileged process may raise one again. What the
// system refuses costs no more than that.
void LowerPriority(int niceness);

}  // namespace broadsheet
