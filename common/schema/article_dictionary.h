#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

// Short texts compress badly alone: what articles of a shard have in common is a dictionary of zstd, made from samples
// when the shard is sealed and kept in its metadata. A frame says the number of the dictionary it was made with.
// Without one: common/base/compress.h.
namespace broadsheet {

// A dictionary of at most kDictionaryBytes from serialised pieces of articles; empty when they are too few for one to
// be worth its room. kTrainingBytes of them, from all over the shard, are enough. Takes one to two seconds for those.
inline constexpr size_t kDictionaryBytes = 64 << 10;
inline constexpr size_t kTrainingBytes = 100 * kDictionaryBytes;  // as the manual of zstd advises (zdict.h)
std::string TrainDictionary(const std::vector<std::string>& samples);

// Reads what was compressed with a dictionary. Thread-safe. Memory: the dictionary and 27 KB.
class ArticleDictionary {
 public:
  explicit ArticleDictionary(std::string_view bytes);

  // DATA_LOSS when it is no frame of this dictionary, or its content would be above kMostContent.
  absl::StatusOr<std::string> Decompress(std::string_view frame) const;

 private:
  std::unique_ptr<ZSTD_DDict_s, size_t (*)(ZSTD_DDict_s*)> dictionary_;
};

// Compresses with a dictionary. For one thread at a time.
class ArticlePacker {
 public:
  explicit ArticlePacker(std::string_view dictionary);

  std::string Compress(std::string_view bytes);

 private:
  std::unique_ptr<ZSTD_CCtx_s, size_t (*)(ZSTD_CCtx_s*)> context_;
  std::unique_ptr<ZSTD_CDict_s, size_t (*)(ZSTD_CDict_s*)> dictionary_;
};

}  // namespace broadsheet
