// Measures exports and live queries of the real services; prints Markdown. See README.md beside this file.
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>
#include <thread>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "benchmarks/corpus.h"
#include "benchmarks/service_pair.h"
#include "common/rpc/clients.h"

namespace broadsheet::benchmarks {
namespace {

using std::chrono::steady_clock;

constexpr int kSkipped = 77;
constexpr int kWatchesOfConnection = 90;  // below the 100 streams that a connection may have
constexpr int kParts = 8;

struct Settings {
  std::filesystem::path scratch;
  std::string corpus = "articles";
  size_t articles = 1'000'000;
  int watches = 1'000;
  int commits = 20;
  bool smoke = false;
};

double SecondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// User and system time of a process so far.
double CpuSeconds(pid_t pid) {
  std::ifstream stat(absl::StrFormat("/proc/%d/stat", pid));
  std::string text(std::istreambuf_iterator<char>(stat), {});
  const std::vector<std::string> fields = absl::StrSplit(text.substr(text.rfind(')') + 2), ' ');
  return (std::stod(fields[11]) + std::stod(fields[12])) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Articles/s of a whole export, and of each eighth of it.
void MeasureExport(ServicePair& services, size_t articles, const std::string& query, v1::ArticleView view,
                   const char* name) {
  grpc::ClientContext context;
  v1::ExportArticlesRequest request;
  request.set_query(query);
  request.set_view(view);
  const double cpu = CpuSeconds(services.search().process().pid());
  const auto start = steady_clock::now();
  auto part_start = start;
  auto stream = services.search().client().ExportArticles(&context, request);
  size_t read = 0, part_read = 0, bytes = 0;
  std::vector<double> rates;
  for (v1::ExportArticlesResponse message; stream->Read(&message);) {
    bytes += message.ByteSizeLong();
    ++read;
    if (++part_read < articles / kParts) continue;
    rates.push_back(static_cast<double>(part_read) / SecondsSince(part_start));
    part_start = steady_clock::now();
    part_read = 0;
  }
  if (auto status = stream->Finish(); !status.ok()) throw std::runtime_error("export: " + status.error_message());
  const double seconds = SecondsSince(start);
  std::cout << absl::StrFormat("| %s | %d | %.0f | %.1f | %.1f |", name, read - 1, (read - 1) / seconds,
                               bytes / 1e6 / seconds,
                               (CpuSeconds(services.search().process().pid()) - cpu) * 1e6 / (read - 1));
  for (double rate : rates)
    std::cout << absl::StrFormat(" %.0f", rate);
  std::cout << " |\n";
}

// Words of the corpus that are neither everywhere nor nowhere, so that every watch is a question of its own.
std::vector<std::string> SomeWords(const Corpus& corpus, size_t count) {
  std::set<std::string> words;
  for (size_t i = 0; i < corpus.articles.size() && words.size() < count; i += 7) {
    for (absl::string_view word : absl::StrSplit(corpus.articles[i].text(), ' ')) {
      const bool plain = word.size() > 5 && std::all_of(word.begin(), word.end(), [](char c) { return islower(c); });
      if (plain && words.size() < count) words.insert(std::string(word));
    }
  }
  return {words.begin(), words.end()};
}

class Watches {
 public:
  Watches(ServicePair& services, const std::vector<std::string>& queries, int count) {
    for (int i = 0; i < count; ++i) {
      if (i % kWatchesOfConnection == 0) {
        grpc::ChannelArguments arguments;
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        clients_.push_back(MakeSearchClient(
            grpc::CreateCustomChannel(services.search().address(), grpc::InsecureChannelCredentials(), arguments)));
      }
      threads_.emplace_back(
          [this, client = clients_.back().get(), query = queries[i % queries.size()], i] { Run(*client, query, i); });
    }
    while (begun_ < count && !failed_)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ~Watches() {
    for (auto& context : contexts_)
      if (context != nullptr) context->TryCancel();
    for (auto& thread : threads_)
      thread.join();
  }

  int64_t events() const { return events_; }
  bool failed() const { return failed_; }

 private:
  void Run(SearchClient& client, const std::string& query, int i) {
    contexts_[i] = std::make_unique<grpc::ClientContext>();
    v1::WatchArticlesRequest request;
    request.set_query(query);
    request.mutable_heartbeat()->set_seconds(60);
    auto stream = client.WatchArticles(contexts_[i].get(), request);
    bool first = true;
    for (v1::WatchArticlesResponse event; stream->Read(&event);) {
      if (std::exchange(first, false)) ++begun_;
      if (!event.has_heartbeat()) ++events_;
    }
    if (stream->Finish().error_code() != grpc::StatusCode::CANCELLED) failed_ = true;
  }

  std::vector<std::unique_ptr<grpc::ClientContext>> contexts_{10'000};
  std::vector<std::unique_ptr<SearchClient>> clients_;
  std::vector<std::thread> threads_;
  std::atomic<int> begun_{0};
  std::atomic<int64_t> events_{0};
  std::atomic<bool> failed_{false};
};

// Processor time of search-service for each commit of ten articles, without and with watches.
double MeasureCommits(ServicePair& services, const Corpus& corpus, int commits, const std::string& name) {
  const pid_t pid = services.search().process().pid();
  const double cpu = CpuSeconds(pid);
  for (int commit = 0; commit < commits; ++commit) {
    grpc::ClientContext context;
    v1::IngestArticlesRequest request;
    for (int i = 0; i < 10; ++i) {
      v1::RawArticle& article = *request.add_articles();
      article = corpus.articles[(commit * 10 + i) % corpus.articles.size()];
      article.set_id(absl::StrFormat("%s-%d-%d", name, commit, i));
      article.clear_url();
      article.set_title(article.title() + " " + article.id());
    }
    request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    v1::IngestArticlesResponse response;
    if (auto status = services.ingest().client().IngestArticles(&context, request, &response); !status.ok()) {
      throw std::runtime_error("ingest: " + status.error_message());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  return (CpuSeconds(pid) - cpu) * 1000 / commits;
}

void MeasureWatches(ServicePair& services, const Corpus& corpus, const Settings& settings) {
  const auto words = SomeWords(corpus, settings.watches);
  const double idle = MeasureCommits(services, corpus, settings.commits, "idle");
  std::cout << "\n| watches | different questions | ms of processor time a commit of 10 articles | more than without | "
               "events | memory, MB |\n|---|---|---|---|---|---|\n";
  std::cout << absl::StrFormat("| 0 | 0 | %.1f | | | %.0f |\n", idle,
                               services.search().process().MemoryUse().anonymous_bytes / 1e6);
  for (size_t different : {size_t{1}, words.size()}) {
    Watches watches(services, {words.begin(), words.begin() + static_cast<std::ptrdiff_t>(different)},
                    settings.watches);
    if (watches.failed()) throw std::runtime_error("a watch failed");
    const double cost = MeasureCommits(services, corpus, settings.commits, absl::StrFormat("w%d", different));
    std::cout << absl::StrFormat("| %d | %d | %.1f | %.1f | %d | %.0f |\n", settings.watches, different, cost,
                                 cost - idle, watches.events(),
                                 services.search().process().MemoryUse().anonymous_bytes / 1e6);
  }
}

void Measure(const Settings& settings, const Corpus& corpus) {
  ServicePair services(settings.scratch);
  const StreamTimes times = services.Stream(corpus);
  std::cout << corpus.articles.size() << " " << corpus.name << ", " << times.taken << " taken\n\n";
  std::cout << "| export | articles | articles/s | MB/s | us of processor time each | articles/s of each eighth |\n"
               "|---|---|---|---|---|---|\n";
  MeasureExport(services, times.taken, "", v1::ARTICLE_VIEW_FULL, "all, full");
  MeasureExport(services, times.taken, "", v1::ARTICLE_VIEW_CARD, "all, cards");
  MeasureExport(services, times.taken, "", v1::ARTICLE_VIEW_ID, "all, ids");
  MeasureWatches(services, corpus, settings);
}

int Run(Settings settings) {
  if (settings.smoke) settings.watches = 20, settings.commits = 2;
  std::filesystem::remove_all(settings.scratch);
  std::filesystem::create_directories(settings.scratch);
  if (settings.smoke) {
    Measure(settings, MakeUpArticles(150));
    return 0;
  }
  auto corpus = LoadArticles(settings.articles);
  if (!corpus.ok()) {
    std::cerr << "SKIPPED: " << corpus.status().message() << "\n";
    return kSkipped;
  }
  Measure(settings, settings.corpus == "paragraphs" ? ParagraphsOf(*corpus) : *std::move(corpus));
  return 0;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Settings settings;
  settings.scratch = std::filesystem::temp_directory_path() / ("broadsheet-streams-" + std::to_string(getpid()));
  CLI::App app("Measures exports and live queries; prints Markdown.");
  app.add_option("--corpus", settings.corpus, "what to index")->check(CLI::IsMember({"articles", "paragraphs"}));
  app.add_option("--articles", settings.articles, "articles to load (paragraphs: of so many articles)");
  app.add_option("--watches", settings.watches, "live queries at once")->check(CLI::Range(1, 10'000));
  app.add_option("--commits", settings.commits, "commits of each measurement")->check(CLI::Range(1, 10'000));
  app.add_option("--scratch", settings.scratch, "working directory; emptied first, removed at the end");
  app.add_flag("--smoke", settings.smoke, "a tiny run over made-up articles; its figures mean nothing");
  CLI11_PARSE(app, argc, argv);
  int code = 1;
  try {
    code = broadsheet::benchmarks::Run(settings);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
  }
  std::filesystem::remove_all(settings.scratch);
  return code;
}
