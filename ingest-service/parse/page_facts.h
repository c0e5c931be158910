#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace broadsheet::ingest {

// What a page says of itself outside its text, collected in one walk. Nothing is chosen yet.
struct PageFacts {
  absl::flat_hash_map<std::string, std::vector<std::string>> meta;  // by property, name or itemprop in lower case
  std::vector<std::string_view> json_ld;                            // scripts; they point into the tree
  std::string title;                                                // the title element
  std::vector<std::string> headings;                                // h1, in order
  std::string subtitle;                                             // what calls itself one
  std::vector<std::string> bylines;                                 // elements that call themselves authors
  std::vector<std::string> tags;                                    // links with rel="tag"
  std::string language;
  std::string canonical;
  std::string image;

  // The first value under a key; empty when there is none.
  std::string Meta(std::string_view key) const;
};

// Linear; thread-safe.
PageFacts ReadFacts(const xmlNode* root);

}  // namespace broadsheet::ingest
