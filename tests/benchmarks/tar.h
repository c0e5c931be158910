#pragma once

#include <map>
#include <string>

namespace broadsheet::benchmarks {

// The plain files of a tar archive (POSIX ustar) by their names, folders left out. Pure.
std::map<std::string, std::string> ReadTar(const std::string& tar);

}  // namespace broadsheet::benchmarks
