#pragma once

#include "ingest/archive/archive.h"
#include "ingest/index/archive_view.h"
#include "ingest/index/index_event.h"

// The archive as the index reads it: the only place where both are known.
namespace broadsheet::ingest {

// Every durable event, for the running indexer. `archive` must outlive the reader.
EventReader AllEvents(Archive& archive);

// Of each article only the event that stands, for a rebuild.
EventReader StandingEvents(Archive& archive);

// Single events, for repairs. `archive` must outlive it.
ArchiveView ViewOf(Archive& archive);

}  // namespace broadsheet::ingest
