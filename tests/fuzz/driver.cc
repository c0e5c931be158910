// The program around a target. It tries every input as it is, then changed ones, then nasty shapes in two sizes, and
// fails when time grows far faster than size.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>

#include "CLI/CLI.hpp"
#include "fuzz/corpus.h"
#include "fuzz/mutator.h"
#include "fuzz/shapes.h"
#include "fuzz/target.h"
#include "fuzz/watch.h"

namespace broadsheet::fuzz {
namespace {

using std::chrono::steady_clock;

constexpr double kWorthALook = 0.05;  // seconds; what is faster is not suspected
constexpr size_t kGrowth = 4;         // the sizes of a shape are so far apart,
constexpr double kMostGrowth = 10;    // and its times may be so far; 16 is quadratic

struct Options {
  size_t runs = 2'000;
  double seconds = 1e9;
  size_t shapes = 40;
  size_t shape_bytes = 1 << 16;
  size_t mutated_bytes = 1 << 14;
  uint64_t seed = 1;
  std::vector<std::string> corpora;
  std::string input;
};

struct Tally {
  size_t inputs = 0;
  size_t mutations = 0;
  size_t shapes = 0;
  double slowest = 0;  // seconds
  size_t slowest_bytes = 0;
};

class Session {
 public:
  Session(const Target& target, const Options& options)
      : target_(target), options_(options), watch_(target.name, target.try_input) {}

  void TryInputs(const std::vector<std::string>& inputs) {
    for (const std::string& input : inputs) {
      Try(std::string_view(input).substr(0, target_.most_bytes));
      ++tally_.inputs;
    }
  }

  void TryMutations(const std::vector<std::string>& inputs) {
    Mutator mutator(options_.seed, inputs, target_.tokens);
    const auto end = steady_clock::now() + std::chrono::duration<double>(options_.seconds);
    const size_t most = std::min(options_.mutated_bytes, target_.most_bytes);
    for (; tally_.mutations < options_.runs && steady_clock::now() < end; ++tally_.mutations)
      Try(mutator.Next(most));
  }

  void TryShapes() {
    const size_t bytes = std::min(options_.shape_bytes, target_.most_bytes);
    for (const Shape& shape : MakeShapes(target_.tokens, options_.shapes, options_.seed)) {
      TryShape(shape, bytes);
      ++tally_.shapes;
    }
  }

  const Tally& tally() const { return tally_; }

  // Whether a shape was found whose time grows far faster than its size.
  bool superlinear() const { return superlinear_; }

 private:
  double Try(std::string_view input) {
    const double seconds = watch_.Try(input);
    if (seconds > tally_.slowest) {
      tally_.slowest = seconds;
      tally_.slowest_bytes = input.size();
    }
    return seconds;
  }

  void TryShape(const Shape& shape, size_t bytes) {
    const std::string small = shape.Build(bytes / kGrowth);
    const std::string large = shape.Build(bytes);
    double small_seconds = Try(small);
    double large_seconds = Try(large);
    const auto suspect = [&] { return large_seconds > std::max(kWorthALook, kMostGrowth * small_seconds); };
    // The machine may have been busy: the best of a few is compared.
    for (int again = 0; suspect() && again < 4; ++again) {
      small_seconds = std::max(small_seconds, Try(small));
      large_seconds = std::min(large_seconds, Try(large));
    }
    if (!suspect()) return;
    std::fprintf(stderr, "%s: %zu bytes take %.3f s, %zu bytes take %.3f s\n", shape.Describe().c_str(), small.size(),
                 small_seconds, large.size(), large_seconds);
    superlinear_ = true;
  }

  const Target& target_;
  const Options& options_;
  Watch watch_;
  Tally tally_;
  bool superlinear_ = false;
};

std::vector<std::string> ReadInputs(const Target& target, const Options& options) {
  std::vector<std::string> inputs = target.seeds;
  for (const std::string& path : options.corpora) {
    std::vector<std::string> more = ReadCorpus(path);
    std::move(more.begin(), more.end(), std::back_inserter(inputs));
  }
  return inputs;
}

int TryAll(const Target& target, const Options& options) {
  Session session(target, options);
  if (!options.input.empty()) {
    session.TryInputs(ReadCorpus(options.input));
  } else {
    const std::vector<std::string> inputs = ReadInputs(target, options);
    session.TryInputs(inputs);
    session.TryMutations(inputs);
    session.TryShapes();
  }
  const Tally& tally = session.tally();
  std::printf("%s: %zu inputs, %zu mutations, %zu shapes of %zu bytes; slowest %.3f s for %zu bytes; %s\n",
              target.name.c_str(), tally.inputs, tally.mutations, tally.shapes, options.shape_bytes, tally.slowest,
              tally.slowest_bytes, session.superlinear() ? "SUPERLINEAR TIME" : "nothing found");
  return session.superlinear() ? 1 : 0;
}

int Main(int argc, char** argv) {
  const Target& target = TheTarget();
  Options options;
  CLI::App app("Tries hostile inputs: " + target.name, target.name + "_fuzz");
  app.add_option("--runs", options.runs, "How many changed inputs are tried")->capture_default_str();
  app.add_option("--seconds", options.seconds, "Time after which no more changed inputs are tried");
  app.add_option("--shapes", options.shapes, "How many nasty shapes by chance are tried beside the fixed ones")
      ->capture_default_str();
  app.add_option("--shape-bytes", options.shape_bytes, "The larger size of the shapes")->capture_default_str();
  app.add_option("--mutated-bytes", options.mutated_bytes, "The largest changed input")->capture_default_str();
  app.add_option("--seed", options.seed, "Of chance: the same seed tries the same")->capture_default_str();
  app.add_option("--corpus", options.corpora, "A file or folder of inputs; each string of a .jsonl file is one")
      ->check(CLI::ExistingPath);
  app.add_option("--input", options.input, "Try this file only")->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);
  google::protobuf::LogSilencer silence;  // of its remarks on strings that are not in UTF-8
  return TryAll(target, options);
}

}  // namespace
}  // namespace broadsheet::fuzz

#ifdef BROADSHEET_LIBFUZZER
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  broadsheet::fuzz::TheTarget().try_input({reinterpret_cast<const char*>(data), size});
  return 0;
}
#else
int main(int argc, char** argv) {
  return broadsheet::fuzz::Main(argc, argv);
}
#endif
