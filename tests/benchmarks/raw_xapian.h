#pragma once

#include <xapian.h>

#include <filesystem>
#include <vector>

#include "benchmarks/corpus.h"
#include "benchmarks/query_mix.h"

// The other side of every comparison: stock Xapian in this process, used the way its documentation shows, doing the
// same work as the service: the same fields, words, stems and positions, and ten documents fetched for each answer.
namespace broadsheet::benchmarks {

// Indexes `corpus` into a new database and commits every 1,000 documents, flushing after `flush` documents. Returns the
// seconds it took.
double BuildRawIndex(const Corpus& corpus, const std::filesystem::path& directory, int flush);

// Answers questions from such a database. One a thread.
class RawSearcher {
 public:
  explicit RawSearcher(const std::filesystem::path& directory);

  // Returns the number of bytes of the documents fetched, so that nothing can be optimised away.
  size_t Answer(const MixQuery& query, Extras extras);

 private:
  Xapian::Query Build(const MixQuery& query) const;

  Xapian::Database database_;
  Xapian::Stem stem_;
};

}  // namespace broadsheet::benchmarks
