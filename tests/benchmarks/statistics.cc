#include "benchmarks/statistics.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"

namespace broadsheet::benchmarks {

double Quantile(std::vector<double> numbers, double quantile) {
  if (numbers.empty()) return 0;
  std::sort(numbers.begin(), numbers.end());
  const double at = quantile * static_cast<double>(numbers.size() - 1);
  const auto below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, numbers.size() - 1);
  return std::lerp(numbers[below], numbers[above], at - std::floor(at));
}

std::string MedianAndSpread(const std::vector<double>& numbers, int digits) {
  return absl::StrFormat("%.*f (%.*f-%.*f)", digits, Quantile(numbers, 0.5), digits, Quantile(numbers, 0), digits,
                         Quantile(numbers, 1));
}

}  // namespace broadsheet::benchmarks
