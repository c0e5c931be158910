#pragma once

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "xapian.h"

namespace broadsheet::search {

// How many articles have a term, remembered: each call asks for the same words several times, and each look costs the
// engine blocks of its tables. Of shards that take no writes it is remembered as long as they are open, of the others
// as long as the snapshot stands. Belongs to one thread at a time.
class TermFrequencies {
 public:
  static constexpr size_t kMostTerms = 20'000;  // remembered; about 100 bytes each

  // `database`, of all shards, must outlive it. Until Start() all of them count as hot.
  explicit TermFrequencies(const Xapian::Database& database) : database_(database), hot_(database) {}

  const Xapian::Database& database() const { return database_; }

  // 0 for a term that no article has. Xapian's exceptions pass through.
  Xapian::doccount Of(const std::string& term);

  // The shards of the database, opened anew: those that take no writes, and the others.
  void Start(Xapian::Database cold, Xapian::Database hot);

  // To be called when hot shards have moved to another snapshot.
  void Follow() { ++snapshot_; }

 private:
  struct Known {
    Xapian::doccount cold = 0;
    Xapian::doccount hot = 0;
    uint64_t snapshot = 0;  // of `hot`
  };

  const Xapian::Database& database_;
  Xapian::Database cold_;
  Xapian::Database hot_;
  uint64_t snapshot_ = 0;
  absl::flat_hash_map<std::string, Known> known_;
};

}  // namespace broadsheet::search
