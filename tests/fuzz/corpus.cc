#include "fuzz/corpus.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace broadsheet::fuzz {
namespace {

void AddStrings(const nlohmann::json& value, std::vector<std::string>& inputs) {
  if (value.is_string()) inputs.push_back(value.get<std::string>());
  if (!value.is_structured()) return;
  for (const auto& part : value)
    AddStrings(part, inputs);
}

void AddFile(const std::filesystem::path& path, std::vector<std::string>& inputs) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  if (path.extension() != ".jsonl") {
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    return;
  }
  for (std::string line; std::getline(file, line);) {
    auto value = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (value.is_discarded()) throw std::runtime_error("a line of " + path.string() + " is no JSON");
    AddStrings(value, inputs);
  }
}

}  // namespace

std::vector<std::string> ReadCorpus(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  } else {
    files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> inputs;
  for (const auto& file : files)
    AddFile(file, inputs);
  return inputs;
}

}  // namespace broadsheet::fuzz
