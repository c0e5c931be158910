#pragma once

#include <xapian.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/schema/article_dictionary.h"
#include "ingest/index/document_positions.h"

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
  // `prepared_bytes`: memory for what is prepared, about.
  explicit SealedDocuments(size_t prepared_bytes) : prepared_bytes_(prepared_bytes) {}

  void AddSource(const Xapian::Database& shard);
  size_t sources() const { return sources_.size(); }

  // Makes the dictionary out of the articles at `places`, or of the first of them if those are enough. `look` is called
  // once for each, and may throw.
  void MakeDictionary(const std::vector<SourcePlace>& places, const std::function<void()>& look);

  // For the metadata of the new shard; empty when its articles are too few for one.
  const std::string& dictionary() const { return dictionary_; }

  // How many documents are to be prepared at a time.
  size_t PreparedAtOnce() const;

  // What follows reads documents at these places.
  void Prepare(std::span<const SourcePlace> places, const std::function<void()>& look);

  // One that is prepared.
  Xapian::Document Read(const SourcePlace& place);

 private:
  struct Source {
    Xapian::Database shard;
    std::shared_ptr<const ArticleDictionary> dictionary;
    std::optional<DocumentPositions> positions;  // of what is prepared
  };

  const size_t prepared_bytes_;
  std::vector<Source> sources_;
  std::string dictionary_;
  std::optional<ArticlePacker> packer_;
};

}  // namespace broadsheet::ingest
