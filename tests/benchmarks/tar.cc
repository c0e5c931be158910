#include "benchmarks/tar.h"

#include <cstdlib>

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kBlock = 512;  // bytes of a tar header; contents are padded to it
constexpr size_t kNameBytes = 100;
constexpr size_t kSizeAt = 124;
constexpr size_t kSizeBytes = 12;
constexpr size_t kTypeAt = 156;

}  // namespace

std::map<std::string, std::string> ReadTar(const std::string& tar) {
  std::map<std::string, std::string> files;
  for (size_t at = 0; at + kBlock <= tar.size() && tar[at] != '\0';) {
    std::string name = tar.substr(at, kNameBytes);
    name.resize(name.find('\0') == std::string::npos ? name.size() : name.find('\0'));
    const size_t size = std::strtoull(tar.substr(at + kSizeAt, kSizeBytes).c_str(), nullptr, 8);
    const char type = tar[at + kTypeAt];
    at += kBlock;
    if (type == '0' || type == '\0') files[name.substr(name.rfind('/') + 1)] = tar.substr(at, size);
    at += (size + kBlock - 1) / kBlock * kBlock;
  }
  return files;
}

}  // namespace broadsheet::benchmarks
