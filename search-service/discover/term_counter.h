#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "xapian.h"

namespace broadsheet::search {

// A term that can tell what articles are about: the stem of a word that begins with a letter ("Zferri"), or a name of
// several words ("XP:Port Alder").
bool IsName(std::string_view term);

// The stem of a term that is no name.
std::string_view StemOf(std::string_view term);

// The name of one that is.
std::string_view NameOf(std::string_view term);

// Counts such terms over articles, each once an article. Not thread-safe. Xapian's exceptions pass through.
class TermCounter {
 public:
  struct Count {
    int64_t articles = 0;
    Xapian::docid first = 0;  // an article that has it
  };
  using Counts = absl::flat_hash_map<std::string, Count>;

  // Reads the list of terms of one article: some tens of microseconds.
  void Add(const Xapian::Database& database, Xapian::docid docid);

  int64_t articles() const { return articles_; }

  // Terms read so far.
  int64_t read() const { return read_; }

  const Counts& counts() const { return counts_; }

 private:
  Counts counts_;
  int64_t articles_ = 0;
  int64_t read_ = 0;
};

}  // namespace broadsheet::search
