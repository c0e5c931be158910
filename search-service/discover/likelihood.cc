#include "search/discover/likelihood.h"

#include <cmath>

namespace broadsheet::search {
namespace {

// n ln(p), where nothing observed weighs nothing.
double Term(int64_t n, double p) {
  return n == 0 ? 0 : static_cast<double>(n) * std::log(p);
}

double LogLikelihood(Share share, double p) {
  return Term(share.with, p) + Term(share.of - share.with, 1 - p);
}

double Part(Share share) {
  return static_cast<double>(share.with) / static_cast<double>(share.of);
}

}  // namespace

double LogLikelihoodRatio(Share these, Share others) {
  if (these.of <= 0 || others.of <= 0 || Part(these) <= Part(others)) return 0;
  const double both = Part({these.with + others.with, these.of + others.of});
  return 2 * (LogLikelihood(these, Part(these)) + LogLikelihood(others, Part(others)) - LogLikelihood(these, both) -
              LogLikelihood(others, both));
}

}  // namespace broadsheet::search
