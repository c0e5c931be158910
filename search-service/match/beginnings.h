#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::search {

// What words may begin with, to leave those out soon that do not: nearly all of a text. Thread-safe when const.
class Beginnings {
 public:
  // Every word begins with an empty one.
  void Add(std::string_view beginning);

  // `word` has at least a byte.
  bool IsOneOf(std::string_view word) const {
    for (const std::string& rest : rests_[static_cast<unsigned char>(word.front())]) {
      if (word.substr(1, rest.size()) == rest) return true;
    }
    return false;
  }

 private:
  std::array<std::vector<std::string>, 256> rests_;  // by first byte
};

}  // namespace broadsheet::search
