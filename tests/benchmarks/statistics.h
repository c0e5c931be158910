#pragma once

#include <string>
#include <vector>

// Small statistics over measured numbers.
namespace broadsheet::benchmarks {

// The value below which a share `quantile` (0 to 1) of the numbers lies, between the two nearest ones in proportion; 0
// for none.
double Quantile(std::vector<double> numbers, double quantile);

// "median (smallest-largest)" with `digits` after the point.
std::string MedianAndSpread(const std::vector<double>& numbers, int digits);

}  // namespace broadsheet::benchmarks
