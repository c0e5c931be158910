#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

// How good a ranking is, by the definitions of trec_eval for relevance that is there or not.
namespace broadsheet::benchmarks {

// One query's ranking (best first, ids) against the ids that are relevant. No relevant ids: 0.
using Ranking = std::vector<std::string>;
using Relevant = std::set<std::string>;

// Normalised discounted cumulative gain of the first `depth`: gain 1 for a relevant article, discount log2(rank + 1),
// divided by that of the best ranking there could be (Jarvelin and Kekalainen 2002).
double Ndcg(const Ranking& ranking, const Relevant& relevant, size_t depth);

// Average precision: the mean, over all relevant articles, of the precision at the rank of each (0 when not ranked).
double AveragePrecision(const Ranking& ranking, const Relevant& relevant);

// The share of the relevant articles that are among the first `depth`.
double Recall(const Ranking& ranking, const Relevant& relevant, size_t depth);

struct Measures {
  double ndcg10 = 0;
  double map = 0;
  double recall100 = 0;
};

// Means over the queries of `relevant`; a query without a ranking counts as 0.
Measures Evaluate(const std::map<std::string, Ranking>& rankings, const std::map<std::string, Relevant>& relevant);

}  // namespace broadsheet::benchmarks
