#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "xapian.h"

namespace broadsheet::search {

// How many articles have a term, remembered as long as the snapshot stands: each call asks for the same words several
// times, and each look costs the engine blocks of its tables. Belongs to one thread at a time.
class TermFrequencies {
 public:
  static constexpr size_t kMostTerms = 20'000;  // remembered; about 100 bytes each

  // `database` must outlive it.
  explicit TermFrequencies(const Xapian::Database& database) : database_(database) {}

  const Xapian::Database& database() const { return database_; }

  // 0 for a term that no article has. Xapian's exceptions pass through.
  Xapian::doccount Of(const std::string& term);

  // To be called when the database has moved to another snapshot.
  void Forget() { known_.clear(); }

 private:
  const Xapian::Database& database_;
  absl::flat_hash_map<std::string, Xapian::doccount> known_;
};

}  // namespace broadsheet::search
