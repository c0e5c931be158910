// Measures how well Broadsheet ranks, beside stock Xapian in the same run. See README.md in the folder above.
#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_format.h"
#include "benchmarks/corpus.h"
#include "benchmarks/relevance/broadsheet_ranking.h"
#include "benchmarks/relevance/ranking_speed.h"
#include "benchmarks/relevance/stock_xapian.h"
#include "support/service_process.h"

namespace broadsheet::benchmarks {
namespace {

constexpr int kSkipped = 77;

struct Settings {
  std::filesystem::path scratch;
  bool smoke = false;
  bool keep = false;
  bool parts = false;
  int speed_rounds = 0;
};

struct Published {
  const char* collection;
  const char* figures;
};
// BM25 by Anserini, as published with the collections.
constexpr Published kPublished[] = {
    {"cranfield", "none"}, {"cacm", "MAP 0.312"}, {"scifact", "nDCG@10 0.679"}, {"mini", "none"}};

std::string PublishedFor(const std::string& collection) {
  for (const Published& published : kPublished) {
    if (collection == published.collection) return published.figures;
  }
  return "none";
}

struct Configuration {
  const char* name;
  v1::SearchRequest request;
};

// What is measured: as it comes, and with --parts the default less each of its parts, and with each option.
std::vector<Configuration> Configurations(bool parts) {
  std::vector<Configuration> all = {{"Broadsheet", {}}};
  if (!parts) return all;
  auto add = [&](const char* name) { return all.emplace_back(Configuration{name, {}}).request.mutable_ranking(); };
  v1::RankingSpec* plain = add("BM25 alone");
  plain->set_exact_form(false);
  plain->set_proximity(false);
  add("without exact forms")->set_exact_form(false);
  add("without proximity")->set_proximity(false);
  add("with expansion")->mutable_expansion();
  add("strict words");
  all.back().request.mutable_query_options()->set_strict(true);
  return all;
}

void PrintRow(const std::string& collection, const char* name, const Measures& measures, const std::string& published) {
  std::cout << absl::StrFormat("| %s | %s | %.4f | %.4f | %.4f | %s |\n", collection, name, measures.ndcg10,
                               measures.map, measures.recall100, published);
}

std::vector<Measures> Measure(const Settings& settings, const Collection& collection) {
  auto data = settings.scratch / collection.name;
  auto stock =
      Evaluate(RankByStockXapian(collection, settings.scratch / (collection.name + "-stock")), collection.relevant);
  if (!std::filesystem::exists(data)) {
    std::filesystem::create_directories(data);
    IngestCollection(collection, data);
  }
  support::SearchProcess search(data);
  PrintRow(collection.name, "stock Xapian", stock, PublishedFor(collection.name));
  std::vector<Measures> all;
  for (const Configuration& configuration : Configurations(settings.parts)) {
    all.push_back(Evaluate(RankByBroadsheet(collection, search.client(), configuration.request), collection.relevant));
    PrintRow(collection.name, configuration.name, all.back(), "");
  }
  return all;
}

// By hand: question 1 finds its one article first (1, 1, 1). Question 2 finds "harbour" first and "tram" second, and
// never "bridge": nDCG 1 / (1 + 1 / log2(3)), average precision 1/2, recall 1/2. Question 3 finds nothing.
int CheckMini(const Measures& found) {
  const double ndcg = (1 + 1 / (1 + 1 / std::log2(3)) + 0) / 3;
  bool right = std::abs(found.ndcg10 - ndcg) < 1e-9 && std::abs(found.map - 0.5) < 1e-9 &&
               std::abs(found.recall100 - 0.5) < 1e-9;
  if (!right) std::cerr << "the measures of the mini collection are not those worked out by hand\n";
  return right ? 0 : 1;
}

int MeasureSpeed(const Settings& settings) {
  auto measured = CompareRankingSpeed(settings.scratch / "articles", settings.speed_rounds);
  if (measured.ok()) return 0;
  std::cerr << "SKIPPED: " << measured.message() << "\n";
  return kSkipped;
}

int Run(const Settings& settings) {
  if (settings.speed_rounds > 0) return MeasureSpeed(settings);
  std::cout << "| collection | ranking | nDCG@10 | MAP | recall@100 | published BM25 |\n|---|---|---|---|---|---|\n";
  if (settings.smoke) return CheckMini(Measure(settings, MiniCollection()).front());
  for (const char* name : {"cranfield", "cacm", "scifact"}) {
    auto collection = LoadCollection(DataDirectory() / "relevance" / name);
    if (!collection.ok()) {
      std::cerr << "SKIPPED: " << collection.status().message() << "\n";
      return kSkipped;
    }
    Measure(settings, *collection);
  }
  return 0;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Settings settings;
  settings.scratch = std::filesystem::temp_directory_path() / ("broadsheet-relevance-" + std::to_string(getpid()));
  CLI::App app("Measures ranking on test collections, beside stock Xapian; prints Markdown.");
  app.add_option("--scratch", settings.scratch, "working directory; indexes that are there already are used");
  app.add_flag("--keep", settings.keep, "leave the indexes in the working directory");
  app.add_flag("--parts", settings.parts, "measure the default without each of its parts, and with each option, too");
  app.add_option("--speed", settings.speed_rounds, "measure what the parts of ranking cost instead, in so many rounds");
  app.add_flag("--smoke", settings.smoke, "a made-up collection, checked against figures worked out by hand");
  CLI11_PARSE(app, argc, argv);
  std::filesystem::create_directories(settings.scratch);
  int code = broadsheet::benchmarks::Run(settings);
  if (!settings.keep) std::filesystem::remove_all(settings.scratch);
  return code;
}
