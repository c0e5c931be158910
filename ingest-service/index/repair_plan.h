#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "ingest/index/archive_view.h"
#include "ingest/index/standing_documents.h"

// A shard that is damaged is left out, and with it go its documents and what it said of superseded ones in others. What
// the index lacks without it is a function of the archive and of the documents that are left.
namespace broadsheet::ingest {

struct RepairPlan {
  // Documents in shards that are written no more which another version of their article, or a second document of the
  // same version, takes the place of.
  std::vector<DocumentPlace> overtaken;

  // Events that stand and have no document. Ascending.
  std::vector<int64_t> lost;

  // Whether a version had two documents: they may differ in what they say of their original.
  bool doubles = false;
};

// `documents` are those of an index that stands at `sequence`, with nothing that waits for a commit. Reads all their
// sequences, and those that stand in the archive. Xapian's exceptions pass through;
// StatusException for errors of the archive, and with CANCELLED soon after `stopping` says so.
RepairPlan PlanRepair(const StandingDocuments& documents, const ArchiveView& archive, int64_t sequence,
                      const std::function<bool()>& stopping);

}  // namespace broadsheet::ingest
