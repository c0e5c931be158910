#pragma once

#include <algorithm>
#include <cmath>

#include "xapian.h"

namespace broadsheet::search {

// As Xapian::BM25Weight takes them, with k2 = 0 and k3 = 1.
struct Bm25Parameters {
  double k1 = 0;
  double b = 0;
  double minimal_length = 0;
};

// Sums of the same weights in another order differ by their rounding: what must reach a sum is compared with so much of
// it.
inline constexpr double kSumRounding = 1 - 1e-9;

// The formula of Xapian::BM25Weight for one term, step by step, so that not even the last bit differs.
class Bm25Formula {
 public:
  // `frequency` is that of the term among `documents`.
  Bm25Formula(const Bm25Parameters& parameters, double documents, double frequency, double average_length)
      : parameters_(parameters), length_factor_(average_length == 0 ? 0 : 1 / average_length) {
    double odds = (documents - frequency + 0.5) / (frequency + 0.5);
    if (odds < 2) odds = odds * 0.5 + 1;
    term_weight_ = std::log(odds) * (parameters.k1 + 1);
  }

  // Grows with the occurrences, falls with the length of the article.
  double Of(Xapian::termcount occurrences, Xapian::termcount length) const {
    const double normal = std::max(length * length_factor_, parameters_.minimal_length);
    const double denominator = parameters_.k1 * (normal * parameters_.b + (1 - parameters_.b)) + occurrences;
    return term_weight_ * (occurrences / denominator);
  }

 private:
  Bm25Parameters parameters_;
  double length_factor_;
  double term_weight_ = 0;
};

}  // namespace broadsheet::search
