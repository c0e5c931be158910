#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "benchmarks/relevance/collection.h"
#include "broadsheet/v1/search.grpc.pb.h"
#include "common/rpc/clients.h"

namespace broadsheet::benchmarks {

// Writes the documents of a collection through ingest-service and waits until search can see them. `data` is the
// services' directory and must be empty. Throws std::runtime_error when one is not taken.
void IngestCollection(const Collection& collection, const std::filesystem::path& data);

// The rankings of search-service over `data`: the words of each question with MATCH_MODE_ANY_WORD, 1,000 deep, page by
// page; everything else as `base` has it. Throws std::runtime_error when a search fails.
std::map<std::string, Ranking> RankByBroadsheet(const Collection& collection, SearchClient& search,
                                                const v1::SearchRequest& base);

}  // namespace broadsheet::benchmarks
