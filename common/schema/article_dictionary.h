#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct ZSTD_CDict_s;
struct ZSTD_DDict_s;

// Short texts compress badly alone: what articles of a shard, or of an archive, have in common is a dictionary of zstd,
// made from samples of them. A shard has it in its metadata, the archive beside its events. Without one:
// common/base/compress.h.
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

// The number that zstd gave a dictionary, and that of the dictionary which a frame was made with; 0: none.
uint32_t DictionaryId(std::string_view dictionary);
uint32_t DictionaryIdOf(std::string_view frame);

// Compresses with a dictionary. Thread-safe. The level is one of zstd: of a shard 9, written once and read often, is
// 7 % smaller than 3 and takes four times as long.
class ArticlePacker {
 public:
  ArticlePacker(std::string_view dictionary, int level);

  std::string Compress(std::string_view bytes) const;

 private:
  std::unique_ptr<ZSTD_CDict_s, size_t (*)(ZSTD_CDict_s*)> dictionary_;
};

}  // namespace broadsheet
