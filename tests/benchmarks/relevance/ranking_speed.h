#pragma once

#include <filesystem>

#include "absl/status/status.h"

namespace broadsheet::benchmarks {

// What the parts of ranking cost: calls of the news mix over news/allsides, one at a time, the configurations in turn
// for some rounds; milliseconds a call by query class and their ratio to BM25 of the words as they are. Prints
// Markdown. `data` is the services' directory: filled when it is not there yet. NOT_FOUND without the data.
absl::Status CompareRankingSpeed(const std::filesystem::path& data, int rounds);

}  // namespace broadsheet::benchmarks
