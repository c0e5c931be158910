// Measures Broadsheet beside raw Xapian and a gRPC echo, in one run. See README.md beside this file.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

#include "benchmarks/class_run.h"
#include "benchmarks/corpus.h"
#include "benchmarks/growth_run.h"
#include "benchmarks/ingest_run.h"
#include "benchmarks/load.h"
#include "benchmarks/pressure_run.h"
#include "benchmarks/query_mix.h"
#include "benchmarks/raw_xapian.h"
#include "benchmarks/report.h"
#include "benchmarks/search_run.h"
#include "benchmarks/service_pair.h"
#include "benchmarks/size_run.h"

namespace broadsheet::benchmarks {
namespace {

constexpr int kSkipped = 77;
constexpr int kRawFlush = 1'000;
constexpr size_t kIngestParagraphs = 20'000;  // about as much text as the articles of a round
constexpr size_t kIngestArticles = 1'500;

struct Settings {
  std::filesystem::path self;
  std::filesystem::path scratch;
  std::string corpus = "articles";
  size_t articles = 1'000'000;
  size_t ingest_documents = 0;  // 0: by the corpus
  size_t one_at_a_time = 100;
  size_t idle = 50;
  int rounds = 5;
  int milliseconds = 1'500;
  bool quick = false;
  bool keep = false;
  bool search_only = false;
  std::vector<std::string> only;  // of kParts, or "none"; empty: all of them
  double writer = 0;              // with search_only: articles a second beside searches; 0: no writer
  bool smoke = false;
  int seal_quiet_seconds = ServicePair::kSealQuietSeconds;
  std::string echo;
  std::filesystem::path reply;
};

// A first impression in two or three minutes.
void Hurry(Settings& settings) {
  settings.articles = std::min<size_t>(settings.articles, 3'000);
  settings.ingest_documents = settings.corpus == "paragraphs" ? kIngestParagraphs / 4 : kIngestArticles / 4;
  settings.idle = 10;
  settings.rounds = 2;
  settings.milliseconds = 600;
}

// The smallest run that goes through every line: made-up articles, one short round. Its figures mean nothing.
void Shrink(Settings& settings) {
  settings.articles = settings.ingest_documents = 150;
  settings.one_at_a_time = 5;
  settings.idle = 1;
  settings.rounds = 1;
  settings.milliseconds = 80;
  settings.seal_quiet_seconds = 1;  // nothing is worth sealing
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

void MeasureMix(const SearchSetup& setup, Report& report) {
  for (Extras extras : {Extras::kNone, Extras::kFacets, Extras::kSnippets})
    CompareSearch(setup, extras, report);
}

void MeasureClasses(const SearchSetup& setup, Report& report) {
  for (Extras extras : {Extras::kNone, Extras::kFacets})
    CompareClasses(setup, extras, report);
}

// The parts of MeasureSearch by the names of --only.
constexpr std::pair<const char*, void (*)(const SearchSetup&, Report&)> kParts[] = {{"mix", MeasureMix},
                                                                                    {"snippets", MeasureSnippets},
                                                                                    {"dates", MeasureDateRange},
                                                                                    {"classes", MeasureClasses},
                                                                                    {"light", MeasureLightBesideHeavy}};

void MeasureSearch(const std::vector<std::string>& only, const SearchSetup& setup, Report& report) {
  for (const auto& [name, measure] : kParts) {
    if (!only.empty() && std::find(only.begin(), only.end(), name) == only.end()) continue;
    std::cerr << "searches: " << name << "\n";
    measure(setup, report);
  }
}

// Of what a run with --keep left behind.
void MeasureSearchOnly(const Settings& settings, const SearchSetup& setup, const Corpus& corpus, ServicePair& services,
                       Report& report) {
  MeasureSearch(settings.only, setup, report);
  MeasureSize(corpus, 0, services, setup.raw_index, report);
  if (settings.writer > 0) MeasureWhileIngesting(setup, corpus, settings.writer, services, report);
}

void Measure(const Settings& settings, const Corpus& corpus, std::vector<MixQuery> mix, Report& report) {
  if (!settings.search_only) {
    std::cerr << "ingest\n";
    CompareIngest(FirstOf(corpus, settings.ingest_documents), settings.rounds, settings.scratch, report);
  }
  auto data = settings.scratch / "data";
  std::filesystem::create_directories(data);
  ServicePair services(data, settings.seal_quiet_seconds);
  const SearchSetup setup{.self = settings.self,
                          .raw_index = settings.scratch / "raw",
                          .scratch = settings.scratch,
                          .search_address = services.search().address(),
                          .search_processor_seconds = [&] { return services.search().process().ProcessorSeconds(); },
                          .mix = std::move(mix),
                          .rounds = settings.rounds,
                          .duration = std::chrono::milliseconds(settings.milliseconds)};
  if (settings.search_only) {
    services.WaitUntilSealed();
    return MeasureSearchOnly(settings, setup, corpus, services, report);
  }
  std::cerr << "the whole corpus into raw Xapian\n";
  const double raw_seconds = BuildRawIndex(corpus, setup.raw_index, kRawFlush);
  std::cerr << "the whole corpus into the services\n";
  const LoadTimes loaded = LoadInSteps(setup, corpus, services, report);
  report.details() << "\nWhole corpus: " << corpus.articles.size() << " " << corpus.name << ", "
                   << corpus.text_bytes / 1'000'000 << " MB; raw Xapian " << raw_seconds << " s, stream "
                   << loaded.acknowledged_seconds << " s until acknowledged, " << loaded.visible_seconds
                   << " s until visible (" << loaded.taken << " taken)\n";
  std::cerr << "until the shards are sealed\n";
  const auto sealing = std::chrono::steady_clock::now();
  services.WaitUntilSealed();
  report.details() << "Every full shard was sealed, and merged, "
                   << std::chrono::ceil<std::chrono::seconds>(std::chrono::steady_clock::now() - sealing).count()
                   << " s later. What follows is measured then.\n";
  MeasureSearch(settings.only, setup, report);
  MeasureSize(corpus, loaded.peak_heap_bytes, services, setup.raw_index, report);
  std::cerr << "one article at a time\n";
  MeasureOneAtATime(corpus, settings.one_at_a_time, settings.idle, services, report);
  std::cerr << "searches while ingesting\n";
  const double most = static_cast<double>(corpus.articles.size()) / loaded.visible_seconds;
  MeasureWhileIngesting(setup, corpus, most / 2, services, report);
}

int MeasureMadeUp(const Settings& settings) {
  const Corpus corpus = MakeUpArticles(settings.articles);
  Report report(false);
  Measure(settings, corpus, MakeUpMix(corpus), report);
  report.Print(std::cout);
  return 0;
}

int MeasureNews(const Settings& settings) {
  auto corpus = LoadArticles(settings.articles);
  auto mix = LoadMix();
  if (!corpus.ok() || !mix.ok()) {
    std::cerr << "SKIPPED: " << (corpus.ok() ? mix.status() : corpus.status()).message() << "\n";
    return kSkipped;
  }
  const bool paragraphs = settings.corpus == "paragraphs";
  if (paragraphs) *corpus = ParagraphsOf(*corpus);
  Report report(paragraphs);
  Measure(settings, *corpus, *std::move(mix), report);
  report.Print(std::cout);
  return 0;
}

int Run(Settings settings) {
  if (!settings.echo.empty()) return ServeEcho(settings);
  if (settings.quick) Hurry(settings);
  if (settings.smoke) Shrink(settings);
  if (settings.ingest_documents == 0) {
    settings.ingest_documents = settings.corpus == "paragraphs" ? kIngestParagraphs : kIngestArticles;
  }
  if (!settings.search_only) std::filesystem::remove_all(settings.scratch);
  std::filesystem::create_directories(settings.scratch);
  return settings.smoke ? MeasureMadeUp(settings) : MeasureNews(settings);
}

void AddFlags(CLI::App& app, Settings& settings) {
  app.add_option("--corpus", settings.corpus, "what to index")->check(CLI::IsMember({"articles", "paragraphs"}));
  app.add_option("--articles", settings.articles, "articles to load (paragraphs: of so many articles)");
  app.add_option("--ingest-documents", settings.ingest_documents, "documents of each round of the ingest comparison");
  app.add_option("--one-at-a-time", settings.one_at_a_time, "articles to send one after the other");
  app.add_option("--idle", settings.idle, "articles to send to an idle system");
  app.add_option("--rounds", settings.rounds, "interleaved rounds of each comparison")->check(CLI::Range(1, 1'000));
  app.add_option("--milliseconds", settings.milliseconds, "length of one search measurement");
  app.add_option("--scratch", settings.scratch, "working directory; emptied first, removed at the end");
  app.add_flag("--keep", settings.keep, "leave the working directory as it is at the end");
  auto* kept =
      app.add_flag("--search-only", settings.search_only, "measure searches over what --keep left in --scratch");
  std::set<std::string> parts{"none"};
  for (const auto& part : kParts)
    parts.insert(part.first);
  app.add_option("--only", settings.only, "these parts of the searches")->check(CLI::IsMember(parts));
  app.add_option("--writer", settings.writer,
                 "with --search-only: measure also beside so many articles a second, which stay in --scratch")
      ->needs(kept)
      ->check(CLI::Range(1.0, 100'000.0));
  app.add_flag("--quick", settings.quick, "a part of the corpus, short rounds: a first impression in a few minutes");
  app.add_flag("--smoke", settings.smoke, "a tiny run over made-up articles; its figures mean nothing");
  app.add_option("--echo", settings.echo, "serve as the echo server on this address (used by the benchmark itself)");
  app.add_option("--reply", settings.reply, "the echo server's reply, a serialised SearchResponse");
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Settings settings;
  settings.self = std::filesystem::canonical("/proc/self/exe");
  settings.scratch = std::filesystem::temp_directory_path() / ("broadsheet-benchmark-" + std::to_string(getpid()));
  CLI::App app("Measures Broadsheet beside raw Xapian and a gRPC echo; prints Markdown.");
  broadsheet::benchmarks::AddFlags(app, settings);
  CLI11_PARSE(app, argc, argv);
  int code = broadsheet::benchmarks::Run(settings);
  const bool remove = settings.echo.empty() && !settings.keep && !settings.search_only;
  if (remove) std::filesystem::remove_all(settings.scratch);
  return code;
}
