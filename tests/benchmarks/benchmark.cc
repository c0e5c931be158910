// Measures Broadsheet beside raw Xapian and a gRPC echo, in one run. See README.md beside this file.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "benchmarks/corpus.h"
#include "benchmarks/ingest_run.h"
#include "benchmarks/load.h"
#include "benchmarks/query_mix.h"
#include "benchmarks/raw_xapian.h"
#include "benchmarks/search_run.h"
#include "benchmarks/service_pair.h"

namespace broadsheet::benchmarks {
namespace {

constexpr int kSkipped = 77;
constexpr int kRawFlush = 1'000;

struct Settings {
  std::filesystem::path self;
  std::filesystem::path scratch;
  std::string corpus = "articles";
  size_t articles = 1'000'000;
  size_t ingest_articles = 3'000;
  size_t one_at_a_time = 200;
  int rounds = 5;
  int milliseconds = 3'000;
  bool smoke = false;
  std::string echo;
  std::filesystem::path reply;
};

// The smallest run that goes through every line: made-up articles, one short round. Its figures mean nothing.
void Shrink(Settings& settings) {
  settings.articles = settings.ingest_articles = 150;
  settings.one_at_a_time = 5;
  settings.rounds = 1;
  settings.milliseconds = 100;
}

int ServeEcho(const Settings& settings) {
  std::ifstream in(settings.reply, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  v1::SearchResponse answer;
  answer.ParseFromString(bytes.str());
  EchoServer server(settings.echo, std::move(answer));
  for (;;)
    std::this_thread::sleep_for(std::chrono::hours(1));
}

Corpus FirstOf(const Corpus& corpus, size_t count) {
  Corpus first{.name = corpus.name};
  for (size_t i = 0; i < std::min(count, corpus.articles.size()); ++i) {
    first.text_bytes += corpus.articles[i].title().size() + corpus.articles[i].text().size();
    first.articles.push_back(corpus.articles[i]);
  }
  return first;
}

void Measure(const Settings& settings, const Corpus& corpus, std::vector<MixQuery> mix) {
  CompareIngest(FirstOf(corpus, settings.ingest_articles), settings.rounds, settings.scratch);
  SearchSetup setup{.self = settings.self,
                    .raw_index = settings.scratch / "raw",
                    .scratch = settings.scratch,
                    .search_address = "",
                    .mix = std::move(mix),
                    .rounds = settings.rounds,
                    .duration = std::chrono::milliseconds(settings.milliseconds)};
  auto data = settings.scratch / "data";
  std::filesystem::create_directories(data);
  ServicePair services(data);
  setup.search_address = services.search().address();
  std::cout << "\nWhole corpus: " << corpus.articles.size() << " " << corpus.name << ", "
            << corpus.text_bytes / 1'000'000 << " MB; raw Xapian " << BuildRawIndex(corpus, setup.raw_index, kRawFlush)
            << " s, ";
  StreamTimes times = services.Stream(corpus);
  std::cout << "stream " << times.acknowledged_seconds << " s until acknowledged, " << times.visible_seconds
            << " s until visible (" << times.taken << " taken)\n";
  for (Extras extras : {Extras::kNone, Extras::kFacets, Extras::kSnippets})
    CompareSearch(setup, extras);
  for (Extras extras : {Extras::kNone, Extras::kFacets, Extras::kSnippets})
    MeasureClasses(setup, extras);
  MeasureSnippets(setup);
  MeasureSize(corpus, services, setup.raw_index);
  MeasureOneAtATime(corpus, settings.one_at_a_time, services);
}

int Run(Settings settings) {
  if (!settings.echo.empty()) return ServeEcho(settings);
  if (settings.smoke) Shrink(settings);
  std::filesystem::remove_all(settings.scratch);
  std::filesystem::create_directories(settings.scratch);
  if (settings.smoke) {
    Corpus corpus = MakeUpArticles(settings.articles);
    auto mix = MakeUpMix(corpus);
    Measure(settings, corpus, std::move(mix));
    return 0;
  }
  auto corpus = LoadArticles(settings.articles);
  auto mix = LoadMix();
  if (!corpus.ok() || !mix.ok()) {
    std::cerr << "SKIPPED: " << (corpus.ok() ? mix.status() : corpus.status()).message() << "\n";
    return kSkipped;
  }
  Measure(settings, settings.corpus == "paragraphs" ? ParagraphsOf(*corpus) : *std::move(corpus), *std::move(mix));
  return 0;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Settings settings;
  settings.self = std::filesystem::canonical("/proc/self/exe");
  settings.scratch = std::filesystem::temp_directory_path() / ("broadsheet-benchmark-" + std::to_string(getpid()));
  CLI::App app("Measures Broadsheet beside raw Xapian and a gRPC echo; prints Markdown.");
  app.add_option("--corpus", settings.corpus, "what to index")->check(CLI::IsMember({"articles", "paragraphs"}));
  app.add_option("--articles", settings.articles, "articles to load (paragraphs: of so many articles)");
  app.add_option("--ingest-articles", settings.ingest_articles, "documents of each ingest round");
  app.add_option("--one-at-a-time", settings.one_at_a_time, "articles to send one at a time");
  app.add_option("--rounds", settings.rounds, "interleaved rounds of each comparison");
  app.add_option("--milliseconds", settings.milliseconds, "length of one search measurement");
  app.add_option("--scratch", settings.scratch, "working directory; emptied first, removed at the end");
  app.add_flag("--smoke", settings.smoke, "a tiny run over made-up articles; its figures mean nothing");
  app.add_option("--echo", settings.echo, "serve as the echo server on this address (used by the benchmark itself)");
  app.add_option("--reply", settings.reply, "the echo server's reply, a serialised SearchResponse");
  CLI11_PARSE(app, argc, argv);
  int code = broadsheet::benchmarks::Run(settings);
  std::filesystem::remove_all(settings.scratch);
  return code;
}
