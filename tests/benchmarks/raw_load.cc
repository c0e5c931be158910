#include "benchmarks/raw_load.h"

#include <atomic>
#include <ctime>
#include <thread>

#include "benchmarks/raw_xapian.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kThreads = 2;

}  // namespace

RawResult RunRaw(const std::filesystem::path& index, const std::vector<MixQuery>& mix, Extras extras,
                 std::chrono::milliseconds duration) {
  std::atomic<size_t> next = 0, bytes = 0;
  const auto start = steady_clock::now();
  const std::clock_t processor_start = std::clock();
  auto work = [&] {
    RawSearcher searcher(index);
    for (;;) {
      const size_t ticket = next.fetch_add(1);
      if (ticket >= mix.size() && steady_clock::now() - start >= duration) break;
      bytes += searcher.Answer(mix[ticket % mix.size()], extras);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back(work);
  for (auto& thread : threads)
    thread.join();
  const double seconds = std::chrono::duration<double>(steady_clock::now() - start).count();
  const double processor = static_cast<double>(std::clock() - processor_start) / CLOCKS_PER_SEC;
  const auto asked = static_cast<double>(next - kThreads);
  return {asked / seconds, processor * 1'000 / asked};
}

}  // namespace broadsheet::benchmarks
