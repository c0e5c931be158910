#include "benchmarks/relevance/ranking_speed.h"

#include <iostream>
#include <map>

#include "absl/strings/str_format.h"
#include "benchmarks/corpus.h"
#include "benchmarks/load.h"
#include "benchmarks/query_mix.h"
#include "benchmarks/service_pair.h"
#include "benchmarks/statistics.h"

namespace broadsheet::benchmarks {
namespace {

constexpr std::chrono::milliseconds kRound{1'500};

struct Configuration {
  const char* name;
  void (*apply)(v1::SearchRequest&);
  std::map<std::string, std::vector<double>> milliseconds;  // by query class
};

std::vector<Configuration> Configurations() {
  return {{"BM25 of the stems",
           [](v1::SearchRequest& request) {
             request.mutable_ranking()->set_exact_form(false);
             request.mutable_ranking()->set_proximity(false);
             for (auto set : {&v1::QueryOptions::set_typo_tolerance, &v1::QueryOptions::set_variants,
                              &v1::QueryOptions::set_synonyms})
               (request.mutable_query_options()->*set)(false);
           },
           {}},
          {"with exact forms and proximity",
           [](v1::SearchRequest& request) {
             for (auto set : {&v1::QueryOptions::set_typo_tolerance, &v1::QueryOptions::set_variants,
                              &v1::QueryOptions::set_synonyms})
               (request.mutable_query_options()->*set)(false);
           },
           {}},
          {"default", [](v1::SearchRequest&) {}, {}},
          {"with recency",
           [](v1::SearchRequest& request) {
             request.mutable_ranking()->mutable_recency()->mutable_half_life()->set_seconds(86'400 * 365);
           },
           {}}};
}

void Print(const std::vector<Configuration>& configurations) {
  std::cout << "| class | ranking | p50 ms | p95 ms | mean ms | x the first |\n|---|---|---|---|---|---|\n";
  auto mean = [](const std::vector<double>& times) {
    double sum = 0;
    for (double time : times)
      sum += time;
    return sum / static_cast<double>(times.size());
  };
  for (const auto& [query_class, first] : configurations.front().milliseconds) {
    for (const Configuration& configuration : configurations) {
      const auto& times = configuration.milliseconds.at(query_class);
      std::cout << absl::StrFormat("| %s | %s | %.2f | %.2f | %.2f | %.2f |\n", query_class, configuration.name,
                                   Quantile(times, 0.5), Quantile(times, 0.95), mean(times), mean(times) / mean(first));
    }
  }
}

}  // namespace

absl::Status CompareRankingSpeed(const std::filesystem::path& data, int rounds) {
  auto mix = LoadMix();
  if (!mix.ok()) return mix.status();
  if (!std::filesystem::exists(data)) {
    auto corpus = LoadArticles(1'000'000);
    if (!corpus.ok()) return corpus.status();
    std::filesystem::create_directories(data);
    ServicePair(data).Stream(*corpus);
  }
  support::SearchProcess search(data);
  auto configurations = Configurations();
  for (int round = 0; round < rounds; ++round) {
    for (Configuration& configuration : configurations) {
      std::vector<Question> questions;
      for (const MixQuery& query : *mix) {
        if (query.newest_first) continue;
        questions.push_back({query.query_class, RequestFor(query, Extras::kNone)});
        configuration.apply(questions.back().request);
      }
      for (const Answered& answered : RunLoad(search.address(), questions, 1, kRound).answered) {
        configuration.milliseconds[answered.query_class].push_back(answered.milliseconds);
        configuration.milliseconds["all"].push_back(answered.milliseconds);
      }
    }
  }
  Print(configurations);
  return absl::OkStatus();
}

}  // namespace broadsheet::benchmarks
