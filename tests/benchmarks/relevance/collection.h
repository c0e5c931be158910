#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmarks/relevance/measures.h"

// Test collections: documents, questions, and which documents answer which question.
namespace broadsheet::benchmarks {

struct CollectionDocument {
  std::string id;
  std::string text;
};

struct Collection {
  std::string name;
  std::vector<CollectionDocument> documents;
  std::map<std::string, std::string> queries;  // those that have a relevant document
  std::map<std::string, Relevant> relevant;
};

// docs.jsonl.zst, queries.tsv and qrels.trec of `directory`, whose name is that of the collection. NOT_FOUND when a
// file is missing, DATA_LOSS when one cannot be read.
absl::StatusOr<Collection> LoadCollection(const std::filesystem::path& directory);

// Six invented documents and three questions, small enough to work out by hand what any ranking of them is worth.
Collection MiniCollection();

}  // namespace broadsheet::benchmarks
