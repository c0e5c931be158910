#include "benchmarks/statistics.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"

namespace broadsheet::benchmarks {

double Quantile(std::vector<double> numbers, double quantile) {
  if (numbers.empty()) return 0;
  size_t at = static_cast<size_t>(std::llround(quantile * static_cast<double>(numbers.size() - 1)));
  std::nth_element(numbers.begin(), numbers.begin() + static_cast<long>(at), numbers.end());
  return numbers[at];
}

std::string MedianAndSpread(const std::vector<double>& numbers, int digits) {
  return absl::StrFormat("%.*f (%.*f-%.*f)", digits, Quantile(numbers, 0.5), digits, Quantile(numbers, 0), digits,
                         Quantile(numbers, 1));
}

}  // namespace broadsheet::benchmarks
