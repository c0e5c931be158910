#include "common/schema/article_dictionary.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>

#include "absl/status/status.h"
#include "common/base/compress.h"

namespace broadsheet {
namespace {

constexpr size_t kBytesPerDictionary = 16;  // at least so many of samples, for each of a dictionary
constexpr size_t kLeastDictionary = 4 << 10;

}  // namespace

std::string TrainDictionary(const std::vector<std::string>& samples) {
  std::string together;
  std::vector<size_t> sizes;
  for (const std::string& sample : samples) {
    together += sample;
    sizes.push_back(sample.size());
  }
  const size_t room = std::min(kDictionaryBytes, together.size() / kBytesPerDictionary);
  if (room < kLeastDictionary) return {};
  std::string dictionary(room, '\0');
  const size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), together.data(), sizes.data(),
                                            static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size)) return {};  // samples that have nothing in common
  dictionary.resize(size);
  return dictionary;
}

ArticleDictionary::ArticleDictionary(std::string_view bytes)
    : dictionary_(ZSTD_createDDict(bytes.data(), bytes.size()), ZSTD_freeDDict) {}

absl::StatusOr<std::string> ArticleDictionary::Decompress(std::string_view frame) const {
  // Making one takes longer than using it.
  thread_local const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  if (ContentSize(frame) > kMostContent) return absl::DataLossError("compressed data is too large");
  std::string bytes(ContentSize(frame), '\0');
  const size_t read = ZSTD_decompress_usingDDict(context.get(), bytes.data(), bytes.size(), frame.data(), frame.size(),
                                                 dictionary_.get());
  if (ZSTD_isError(read) || read != bytes.size()) return absl::DataLossError("compressed data cannot be read");
  return bytes;
}

uint32_t DictionaryId(std::string_view dictionary) {
  return ZSTD_getDictID_fromDict(dictionary.data(), dictionary.size());
}

uint32_t DictionaryIdOf(std::string_view frame) {
  return ZSTD_getDictID_fromFrame(frame.data(), frame.size());
}

ArticlePacker::ArticlePacker(std::string_view dictionary, int level)
    : dictionary_(ZSTD_createCDict(dictionary.data(), dictionary.size(), level), ZSTD_freeCDict) {}

std::string ArticlePacker::Compress(std::string_view bytes) const {
  thread_local const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  frame.resize(ZSTD_compress_usingCDict(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size(),
                                        dictionary_.get()));
  frame.shrink_to_fit();  // the bound is several times the size, and frames of the archive wait in a queue
  return frame;
}

}  // namespace broadsheet
