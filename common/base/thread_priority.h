#pragma once

namespace broadsheet {

// How much less of a busy processor a thread is given than one of niceness 0, by Linux's weights (kernel/sched/core.c):
// a tenth, a thirtieth, a seventieth. What takes articles in gives way to searches, for which a reader waits; work in
// the background gives way to both.
inline constexpr int kBehindCalls = 10;
inline constexpr int kBehindSearches = 15;
inline constexpr int kBackground = 19;

// Lowers the priority of the calling thread, and of those that it starts later, for good: only a privileged process may
// raise one again. One that is lower already stays. What the system refuses costs no more than that.
void LowerPriority(int niceness);

}  // namespace broadsheet
