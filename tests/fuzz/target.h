#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::fuzz {

// What a fuzz program tries. Every program of this folder defines TheTarget() and links the driver, which has main().
struct Target {
  std::string name;
  // Inputs of our own invention, from which mutation starts where no corpus is given.
  std::vector<std::string> seeds;
  // Pieces that mean something to the code under test: openers, closers, separators, keywords.
  std::vector<std::string> tokens;
  // Runs the code on any bytes and checks by Require() what it promises. Deterministic.
  void (*try_input)(std::string_view input);
  // Inputs longer than this are refused before they come to the code under test.
  size_t most_bytes = size_t{1} << 20;
};

const Target& TheTarget();

// Ends the program when a promise does not hold; the driver keeps the input in a file then.
void Require(bool holds, const char* promise);

}  // namespace broadsheet::fuzz
