#include "common/base/compress.h"

#include <zstd.h>

#include <memory>

#include "absl/status/status.h"

namespace broadsheet {
namespace {

constexpr int kLevel = 3;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

// A prefix (ZSTD_CCtx_refPrefix) holds for one frame, and a checksum in the frame tells a wrong one from the right one.
std::string Compress(std::string_view bytes, std::string_view known) {
  thread_local std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  if (!known.empty()) {
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_refPrefix(context.get(), known.data(), known.size());
  }
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  frame.resize(ZSTD_compress2(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size()));
  frame.shrink_to_fit();  // the bound is twice the size, and the frame waits in a queue
  return frame;
}

size_t ContentSize(std::string_view frame) {
  unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  return size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ? 0 : static_cast<size_t>(size);
}

absl::StatusOr<std::string> Decompress(std::string_view frame, std::string_view known) {
  thread_local std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  std::string bytes;
  if (ContentSize(frame) > kMostContent) return absl::DataLossError("compressed data is too large");
  bytes.resize(ContentSize(frame));
  if (!known.empty()) ZSTD_DCtx_refPrefix(context.get(), known.data(), known.size());
  size_t size = ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(size) || size != bytes.size()) return absl::DataLossError("compressed data cannot be read");
  return bytes;
}

}  // namespace broadsheet
