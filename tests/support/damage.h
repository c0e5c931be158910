#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace broadsheet::support {

// Turns the bits of one byte, in the middle of a file unless `offset` says where.
inline void FlipByte(const std::filesystem::path& file, int64_t offset = -1) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  if (offset < 0) offset = static_cast<int64_t>(std::filesystem::file_size(file) / 2);
  stream.seekg(offset);
  const char byte = static_cast<char>(stream.get());
  stream.seekp(offset);
  stream.put(static_cast<char>(~byte));
  stream.flush();
  if (!stream) throw std::runtime_error("cannot damage " + file.string());
}

}  // namespace broadsheet::support
