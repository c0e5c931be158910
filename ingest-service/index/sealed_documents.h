#pragma once

#include <xapian.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/schema/article_dictionary.h"

namespace broadsheet::ingest {

// A document of a shard that is sealed.
struct SourcePlace {
  size_t source = 0;
  Xapian::docid docid = 0;
};

// The documents of the shards that are sealed as the new shard is to hold them: their stored articles are compressed
// with a dictionary of its own. One that cannot be read stays as it is, and whoever reads it is told. For one thread.
// Xapian's exceptions pass through.
class SealedDocuments {
 public:
  void AddSource(const Xapian::Database& shard);
  size_t sources() const { return sources_.size(); }

  // Makes the dictionary out of the articles at `places`, or of the first of them if those are enough. `look` is called
  // once for each, and may throw.
  void MakeDictionary(const std::vector<SourcePlace>& places, const std::function<void()>& look);

  // For the metadata of the new shard; empty when its articles are too few for one.
  const std::string& dictionary() const { return dictionary_; }

  Xapian::Document Read(const SourcePlace& place);

 private:
  struct Source {
    Xapian::Database shard;
    std::shared_ptr<const ArticleDictionary> dictionary;
  };

  std::vector<Source> sources_;
  std::string dictionary_;
  std::optional<ArticlePacker> packer_;
};

}  // namespace broadsheet::ingest
