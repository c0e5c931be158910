#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace broadsheet::fuzz {

// Reads every file of a folder and of the folders in it, or one file, in order of path: each is an input; of a .jsonl
// file, each string of each line is one. Throws std::runtime_error when the path cannot be read.
std::vector<std::string> ReadCorpus(const std::filesystem::path& path);

}  // namespace broadsheet::fuzz
