#pragma once

#include <string>
#include <string_view>

namespace broadsheet::fuzz {

// Runs a target on inputs and sees what becomes of each: when the program crashes, breaks a promise, is stopped by a
// sanitizer or computes for too long, the input is kept in the file `<name>-broken-input` and the program ends. One at
// a time: it handles signals.
class Watch {
 public:
  Watch(std::string name, void (*try_input)(std::string_view));

  // Tries one input; the CPU time it took, in seconds.
  double Try(std::string_view input);

  // Longest CPU time for an input of so many bytes, in seconds; generous, since what it finds is minutes.
  static double MostSeconds(size_t bytes);

 private:
  void (*try_input_)(std::string_view);
};

}  // namespace broadsheet::fuzz
