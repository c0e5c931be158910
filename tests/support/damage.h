#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

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

// Something that can happen to the files of a sealed shard.
struct Damage {
  std::string name;
  std::function<void(const std::filesystem::path& shard)> make;
};

// The first of AllDamages(), which the engine may read over: what it makes of them can be copied into another shard
// before the next verification finds them.
inline constexpr size_t kUnnoticed = 4;

inline std::vector<Damage> AllDamages() {
  std::vector<Damage> all;
  for (const char* file : {"postlist.glass", "termlist.glass", "position.glass", "iamglass", "docdata.glass"}) {
    all.push_back({std::string(file, std::strcspn(file, ".")), [file](const auto& shard) { FlipByte(shard / file); }});
  }
  all.push_back({"cut", [](const auto& shard) {
                   const auto file = shard / "docdata.glass";
                   std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
                 }});
  all.push_back({"gone", [](const auto& shard) { std::filesystem::remove(shard / "postlist.glass"); }});
  all.push_back({"all_gone", [](const auto& shard) { std::filesystem::remove_all(shard); }});
  return all;
}

}  // namespace broadsheet::support
