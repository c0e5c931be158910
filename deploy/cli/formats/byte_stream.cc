#include "cli/formats/byte_stream.h"

#include <algorithm>
#include <cstring>

namespace broadsheet::cli {
namespace {

constexpr size_t kChunkBytes = 64 << 10;

}  // namespace

bool ByteStream::Extend() {
  const size_t kept = egptr() - gptr();
  base_ += gptr() - eback();
  if (kept > 0 && gptr() != eback()) {
    std::memmove(buffer_.data(), gptr(), kept);
  }
  if (buffer_.size() < kept + kChunkBytes) {
    buffer_.resize(std::max(kept * 2, kept + kChunkBytes));
  }
  const size_t added = Fill(buffer_.data() + kept, buffer_.size() - kept);
  setg(buffer_.data(), buffer_.data(), buffer_.data() + kept + added);
  return added > 0;
}

ByteStream::int_type ByteStream::underflow() {
  return gptr() != egptr() || Extend() ? traits_type::to_int_type(*gptr()) : traits_type::eof();
}

bool ByteStream::Skip(int64_t count) {
  while (count > 0 && !AtEnd()) {
    const auto step = static_cast<int>(std::min<int64_t>(count, egptr() - gptr()));
    gbump(step);
    count -= step;
  }
  return count <= 0;
}

size_t StreamBytes::Fill(char* to, size_t room) {
  std::streambuf& source = *stream_.rdbuf();
  if (source.sgetc() == traits_type::eof()) {
    return 0;
  }
  const auto ready = std::max<std::streamsize>(1, source.in_avail());
  return static_cast<size_t>(source.sgetn(to, std::min(ready, static_cast<std::streamsize>(room))));
}

}  // namespace broadsheet::cli
