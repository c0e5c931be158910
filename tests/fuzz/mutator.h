#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::fuzz {

// Makes new inputs of old ones: windows of them with bytes, pieces and ranges changed. The same seed, tokens and
// inputs give the same results. Not thread-safe.
class Mutator {
 public:
  // `inputs` must outlive the mutator and hold at least one.
  Mutator(uint64_t seed, const std::vector<std::string>& inputs, std::vector<std::string> tokens);

  // The next input. Most are short, so that many can be tried; one in 64 may have up to `most_bytes`.
  std::string Next(size_t most_bytes);

  size_t Below(size_t bound) { return static_cast<size_t>(random_() % bound); }

 private:
  std::string Window(size_t most_bytes);
  const std::string& Token() { return tokens_[Below(tokens_.size())]; }
  void Change(std::string& input);
  void ChangeBytes(std::string& input);
  void InsertPiece(std::string& input);
  void ChangeRange(std::string& input);

  std::mt19937_64 random_;
  const std::vector<std::string>& inputs_;
  std::vector<std::string> tokens_;
};

// Pieces that are awkward for any reader of text: quotes, digits, commas, blanks of all kinds, combining characters,
// ill-formed UTF-8.
std::vector<std::string> AwkwardTokens();

}  // namespace broadsheet::fuzz
