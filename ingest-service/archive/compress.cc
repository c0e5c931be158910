#include "ingest/archive/compress.h"

#include <zstd.h>

#include <memory>

#include "absl/status/status.h"

namespace broadsheet::ingest {
namespace {

constexpr int kLevel = 3;
constexpr size_t kMostContent = 64 << 20;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

std::string Compress(std::string_view bytes) {
  thread_local std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  frame.resize(ZSTD_compressCCtx(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size(), kLevel));
  frame.shrink_to_fit();  // the bound is twice the size, and the frame waits in a queue
  return frame;
}

size_t ContentSize(std::string_view frame) {
  unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  return size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ? 0 : static_cast<size_t>(size);
}

absl::StatusOr<std::string> Decompress(std::string_view frame) {
  thread_local std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  std::string bytes;
  if (ContentSize(frame) > kMostContent) return absl::DataLossError("compressed data is too large");
  bytes.resize(ContentSize(frame));
  size_t size = ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(size) || size != bytes.size()) return absl::DataLossError("compressed data cannot be read");
  return bytes;
}

}  // namespace broadsheet::ingest
