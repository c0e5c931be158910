#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "benchmarks/relevance/collection.h"

namespace broadsheet::benchmarks {

// The rankings of stock Xapian: its own tokenizer and English stemmer, BM25 with k1 = 1.2 and b = 0.75, any word of the
// question, 1,000 deep. `directory` is made anew.
std::map<std::string, Ranking> RankByStockXapian(const Collection& collection, const std::filesystem::path& directory);

}  // namespace broadsheet::benchmarks
