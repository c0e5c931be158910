#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "xapian.h"

// Filters for body:word. The index has no terms of the body alone: its words share theirs with the title's, and are
// told apart by how often (wdf) and where (positions) a term stands in an article (common/schema/field.h).
namespace broadsheet::search {

// Articles that have one of `terms` in the body: those where the wdf of a term is more than its title words account
// for. `terms` are index terms without a field ("flood", "Zflood").
Xapian::Query BodyWords(const std::vector<std::string>& terms);

// The same for the words that begin with `prefix`: of more than `max_expansion` the most frequent ones.
Xapian::Query BodyPrefix(const std::string& prefix, size_t max_expansion);

// Articles that have all of `terms` in the body at these distances from each other.
struct PlacedTerm {
  std::string term;
  uint32_t position = 0;
};
Xapian::Query BodyPhrase(const std::vector<PlacedTerm>& terms);

}  // namespace broadsheet::search
