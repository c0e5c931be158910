#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/schema/article_dictionary.h"
#include "ingest/archive/kept_dictionary.h"

namespace broadsheet::ingest {

// The dictionaries that the derived articles of an archive are compressed with, in memory: 0.6 MB each. The
// newest is used for what comes; the older ones are needed for what is there. Thread-safe.
class Dictionaries {
 public:
  // Newer than those before.
  void Add(const KeptDictionary& dictionary);

  // Where the newest was made; 0 when there is none.
  int64_t since() const;

  // With the newest, or with none when there is none.
  std::string Compress(std::string_view bytes) const;

  // DATA_LOSS when it is no frame, or when its dictionary is not among these.
  absl::StatusOr<std::string> Decompress(std::string_view frame) const;

 private:
  struct Entry {
    int64_t since;
    uint32_t id;
    ArticleDictionary reading;
    ArticlePacker packing;
  };
  std::shared_ptr<const Entry> Newest() const;
  std::shared_ptr<const Entry> Find(uint32_t id) const;

  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<const Entry>> entries_;
};

}  // namespace broadsheet::ingest
