#pragma once

namespace broadsheet::ingest {

// Gives the calling thread, and no other, low priority on the processors and on the disk.
void LowerPriorityOfThisThread();

}  // namespace broadsheet::ingest
