#pragma once

#include <variant>

#include "broadsheet/v1/ingest.pb.h"
#include "ingest/archive/record.h"

namespace broadsheet::ingest {

// Checks a deletion against the limits that ingest.proto states and brings a URL to its canonical form. Whether its
// time lies in the future is for the archive to decide. Pure.
std::variant<DeletionRecord, Rejection> PrepareDeletion(const v1::Deletion& deletion);

}  // namespace broadsheet::ingest
