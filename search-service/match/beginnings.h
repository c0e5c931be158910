#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::search {

// What words may begin with, to leave those out soon that do not: nearly all of a text. Thread-safe when const.
class Beginnings {
 public:
  // `beginning` is folded. Every word begins with an empty one.
  void Add(std::string_view beginning);

  // Whether a folded word begins with one of them. `word` has at least a byte.
  bool IsOneOf(std::string_view word) const {
    for (const std::string& rest : rests_[static_cast<unsigned char>(word.front())]) {
      if (word.substr(1, rest.size()) == rest) return true;
    }
    return false;
  }

  // Whether a token of `text` may begin with one of them; false only if none does. Several times as fast as to look at
  // the tokens.
  bool MayBeIn(std::string_view text) const;

 private:
  bool MayStandAt(std::string_view text, size_t at) const;

  std::array<std::vector<std::string>, 256> rests_;  // by first byte
  std::array<bool, 256> looks_{};                    // bytes of a text where a word with one of them may begin
};

}  // namespace broadsheet::search
