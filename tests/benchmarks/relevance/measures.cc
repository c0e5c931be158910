#include "benchmarks/relevance/measures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace broadsheet::benchmarks {
namespace {

double Discounted(size_t rank) {
  return 1 / std::log2(static_cast<double>(rank) + 1);
}

}  // namespace

double Ndcg(const Ranking& ranking, const Relevant& relevant, size_t depth) {
  if (relevant.empty()) return 0;
  double gained = 0, best = 0;
  for (size_t i = 0; i < std::min(depth, ranking.size()); ++i)
    gained += relevant.contains(ranking[i]) ? Discounted(i + 1) : 0;
  for (size_t i = 0; i < std::min(depth, relevant.size()); ++i)
    best += Discounted(i + 1);
  return gained / best;
}

double AveragePrecision(const Ranking& ranking, const Relevant& relevant) {
  if (relevant.empty()) return 0;
  double sum = 0;
  size_t found = 0;
  for (size_t i = 0; i < ranking.size(); ++i) {
    if (!relevant.contains(ranking[i])) continue;
    sum += static_cast<double>(++found) / static_cast<double>(i + 1);
  }
  return sum / static_cast<double>(relevant.size());
}

double Recall(const Ranking& ranking, const Relevant& relevant, size_t depth) {
  if (relevant.empty()) return 0;
  auto end = ranking.begin() + static_cast<std::ptrdiff_t>(std::min(depth, ranking.size()));
  auto found = std::count_if(ranking.begin(), end, [&](const std::string& id) { return relevant.contains(id); });
  return static_cast<double>(found) / static_cast<double>(relevant.size());
}

Measures Evaluate(const std::map<std::string, Ranking>& rankings, const std::map<std::string, Relevant>& relevant) {
  Measures mean;
  const Ranking none;
  for (const auto& [query, wanted] : relevant) {
    auto found = rankings.find(query);
    const Ranking& ranking = found == rankings.end() ? none : found->second;
    mean.ndcg10 += Ndcg(ranking, wanted, 10);
    mean.map += AveragePrecision(ranking, wanted);
    mean.recall100 += Recall(ranking, wanted, 100);
  }
  auto queries = static_cast<double>(std::max<size_t>(1, relevant.size()));
  return {mean.ndcg10 / queries, mean.map / queries, mean.recall100 / queries};
}

}  // namespace broadsheet::benchmarks
