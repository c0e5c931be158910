#include "benchmarks/search_setup.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "benchmarks/statistics.h"

namespace broadsheet::benchmarks {

const char* NameOf(Extras extras) {
  constexpr const char* kNames[] = {"ten cards", "ten cards, three exact facets", "ten cards with snippets"};
  return kNames[static_cast<int>(extras)];
}

std::vector<std::string> ClassesOf(const std::vector<MixQuery>& mix) {
  std::vector<std::string> classes;
  for (const auto& query : mix) {
    const bool known = std::find(classes.begin(), classes.end(), query.query_class) != classes.end();
    if (!known) classes.push_back(query.query_class);
  }
  return classes;
}

std::vector<MixQuery> OfClass(const std::vector<MixQuery>& mix, const std::string& query_class) {
  std::vector<MixQuery> chosen;
  std::copy_if(mix.begin(), mix.end(), std::back_inserter(chosen),
               [&](const MixQuery& query) { return query.query_class == query_class; });
  return chosen;
}

std::vector<Question> QuestionsFor(const std::vector<MixQuery>& mix, Extras extras) {
  std::vector<Question> questions;
  for (const auto& query : mix)
    questions.push_back({query.query_class, RequestFor(query, extras)});
  return questions;
}

LoadResult RunService(const SearchSetup& setup, const std::vector<Question>& questions, int outstanding,
                      std::chrono::milliseconds duration) {
  LoadResult result = RunLoad(setup.search_address, questions, outstanding, duration);
  if (result.failed > 0) throw std::runtime_error(absl::StrCat(result.failed, " searches failed"));
  return result;
}

std::vector<double> TimesOf(const LoadResult& result) {
  std::vector<double> times;
  for (const Answered& answered : result.answered)
    times.push_back(answered.milliseconds);
  return times;
}

double QuantileOf(const LoadResult& result, double quantile) {
  return Quantile(TimesOf(result), quantile);
}

}  // namespace broadsheet::benchmarks
