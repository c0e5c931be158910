#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::search {

// How the words behind some stems are written: learned from articles that have them. Not thread-safe.
class WrittenForms {
 public:
  explicit WrittenForms(const std::vector<std::string>& stems);

  // Counts the forms in one article, which must have its body.
  void Read(const v1::Article& article);

  // Whether a form of the stem was seen.
  bool Knows(const std::string& stem) const;

  // The form seen most often (of several, the first in byte order), in bodies if it is in any, else in titles; the stem
  // itself when none was seen.
  std::string MostFrequent(const std::string& stem) const;

 private:
  struct Forms {
    std::map<std::string, int, std::less<>> body, title;
  };

  absl::flat_hash_map<std::string, Forms> forms_;  // by stem
};

// A word of a text as it stands, without a possessive ending.
std::string_view WithoutPossessive(std::string_view word);

}  // namespace broadsheet::search
