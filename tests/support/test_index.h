#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "broadsheet/v1/article.pb.h"
#include "common/index/manifest.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::support {

// A real index in a directory of a test, written as ingest-service writes it. Not thread-safe. Throws on any error.
class TestIndex {
 public:
  // Makes an empty index of one shard, with a manifest. `directory` is made when missing.
  explicit TestIndex(std::filesystem::path directory, std::string lineage = "lineage-1");
  ~TestIndex();

  // Each takes the next sequence and returns it; visible after Commit(). Add sets the article's sequence, and its
  // updated and ingested times when they are not set. Copies are found among the articles by their texts, but an
  // article that comes with a copy_of keeps it and is neither original nor copy to the others.
  int64_t Add(v1::Article article);
  int64_t Delete(const std::string& id);

  // Adds an article with some title and body, for tests to which they are all the same.
  int64_t AddPlain(const std::string& id);

  void Commit();

  // Commits, and ends the shard that was written: what comes next goes into a new one.
  void Freeze();

  // Forgets every deletion in the shard that is written, as part of the next commit.
  void ForgetDeletions();

  int64_t sequence() const { return sequence_; }
  const Manifest& manifest() const { return manifest_; }
  const std::filesystem::path& directory() const { return directory_; }

 private:
  const std::filesystem::path directory_;
  Manifest manifest_;
  std::unique_ptr<ingest::ShardWriter> writer_;
  int64_t sequence_ = 0;
};

// Says of a shard of a manifest, which is written no more, that it is sealed, with the checksums of its files; throws
// on any error.
void CallSealed(const std::filesystem::path& index_directory, ShardEntry& shard);

}  // namespace broadsheet::support
