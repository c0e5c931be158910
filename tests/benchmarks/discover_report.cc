// What finding more costs: suggestions as somebody types, similar articles, significant terms, trends.

#include <time.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "benchmarks/columns_corpus.h"
#include "benchmarks/statistics.h"
#include "common/base/clock.h"
#include "common/text/unicode.h"
#include "search/discover/lexicon_builder.h"
#include "search/discover/lexicon_keeper.h"
#include "search/discover/significant.h"
#include "search/discover/similar.h"
#include "search/discover/suggest.h"
#include "search/discover/trends.h"

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kTypedBytes = 30;
constexpr int64_t kMonth = 30 * 86'400;

// Of the processor, for this thread: others on the machine do not count.
double ProcessorMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename Work>
double MillisecondsOf(Work work) {
  const double begin = ProcessorMilliseconds();
  work();
  return ProcessorMilliseconds() - begin;
}

void Print(const std::string& what, const std::vector<double>& times) {
  std::cout << absl::StrFormat("| %s | %d | %.2f | %.2f | %.2f | %.2f |\n", what, times.size(), Quantile(times, 0.5),
                               Quantile(times, 0.95), Quantile(times, 0.99), Quantile(times, 1));
}

class Report {
 public:
  Report(const MeasuredIndex& index, size_t samples)
      : index_(index), samples_(std::min(samples, index.articles().size())), readers_(index.directory()) {}

  void Run() {
    MeasureLexicon();
    std::cout << "\n| call, ms of the processor | calls | p50 | p95 | p99 | largest |\n|---|---|---|---|---|---|\n";
    MeasureSuggestions();
    MeasureSimilar();
    MeasureSignificant();
    MeasureTrends();
  }

  // Prints what is suggested, to be judged by eye.
  void Show(const std::vector<std::string>& typed) {
    WithSuggester([&](const search::Suggester& suggester) { Show(suggester, typed); });
  }

 private:
  const v1::Article& Sample(size_t i) const { return index_.articles()[i * index_.articles().size() / samples_]; }

  void MeasureLexicon() {
    std::shared_ptr<const search::Lexicon> lexicon;
    const double took = MillisecondsOf([&] { lexicon = *search::BuildLexicon(readers_, [] { return false; }); });
    std::cout << absl::StrFormat(
        "%d articles. Lexicon: %.0f ms for %d words, %d words of titles, %d names, %d sources\n",
        index_.articles().size(), took, lexicon->words.size(), lexicon->title_words.size(), lexicon->names.size(),
        lexicon->sources.size());
    std::shared_ptr<const search::Learned> learned;
    const double learning = MillisecondsOf([&] { learned = *search::Learn(readers_, [] { return false; }); });
    std::cout << absl::StrFormat("Learning: %.0f ms for %d phrases of %d words\n", learning, learned->phrases.size(),
                                 learned->company.size());
  }

  // Asks once everything is there to answer.
  template <typename Ask>
  void WithSuggester(Ask ask) {
    const search::LexiconKeeper keeper(readers_);
    while (keeper.Get() == nullptr || keeper.GetLearned() == nullptr)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ask(search::Suggester(readers_, clock_, keeper));
  }

  void MeasureSuggestions() {
    WithSuggester([&](const search::Suggester& suggester) { MeasureSuggestions(suggester); });
  }

  void Show(const search::Suggester& suggester, const std::vector<std::string>& typed) {
    v1::SuggestRequest request;
    request.add_kinds(v1::SUGGESTION_KIND_QUERY);
    for (const std::string& text : typed) {
      request.set_text(text);
      std::vector<std::string> lines;
      const v1::SuggestResponse response = suggester.Suggest(*search::Validate(request), {}).value();
      for (const v1::Suggestion& suggestion : response.suggestions())
        lines.push_back(suggestion.text());
      std::cout << absl::StrFormat("| `%s` | %s |\n", text, absl::StrJoin(lines, ", "));
    }
  }

  void MeasureSuggestions(const search::Suggester& suggester) {
    Type(suggester, "Suggest", {});
    Type(suggester, "Suggest, queries", {v1::SUGGESTION_KIND_QUERY});
    Type(suggester, "Suggest, names", {v1::SUGGESTION_KIND_NAME});
    Type(suggester, "Suggest, sources", {v1::SUGGESTION_KIND_SOURCE});
    Type(suggester, "Suggest, titles", {v1::SUGGESTION_KIND_TITLE});
  }

  void Type(const search::Suggester& suggester, const std::string& what, const std::vector<v1::SuggestionKind>& kinds) {
    std::vector<double> times;
    v1::SuggestRequest request;
    for (v1::SuggestionKind kind : kinds)
      request.add_kinds(kind);
    for (size_t i = 0; i < samples_; ++i) {
      const std::string& title = Sample(i).title();
      for (size_t bytes = 1; bytes <= std::min(title.size(), kTypedBytes); ++bytes) {
        request.set_text(std::string(TruncateUtf8(title, bytes)));
        if (request.text().empty()) continue;
        times.push_back(MillisecondsOf([&] { suggester.Suggest(*search::Validate(request), {}).value(); }));
      }
    }
    Print(what, times);
  }

  void MeasureSimilar() {
    const search::SimilarFinder finder(readers_, clock_);
    std::vector<double> times;
    v1::SimilarArticlesRequest request;
    for (size_t i = 0; i < samples_; ++i) {
      request.set_id(Sample(i).id());
      times.push_back(MillisecondsOf([&] { finder.Find(*search::Validate(request), {}).value(); }));
    }
    Print("SimilarArticles", times);
  }

  void MeasureSignificant() {
    const search::SignificantTermsFinder finder(readers_, clock_);
    std::vector<double> times;
    for (size_t i = 0; i < std::min(samples_, index_.mix().size()); ++i) {
      v1::SignificantTermsRequest request;
      request.set_query(absl::StrJoin(index_.mix()[i].words, " "));
      times.push_back(MillisecondsOf([&] { finder.Find(*search::Validate(request), {}).value(); }));
    }
    Print("SignificantTerms", times);
  }

  void MeasureTrends() {
    const search::TrendsFinder finder(readers_, clock_);
    std::vector<double> times;
    for (size_t i = 0; i < samples_; ++i) {
      if (!Sample(i).has_published_time()) continue;
      v1::TrendsRequest request;
      const int64_t start = Sample(i).published_time().seconds();
      request.mutable_window()->mutable_start()->set_seconds(start);
      request.mutable_window()->mutable_end()->set_seconds(start + kMonth);
      times.push_back(MillisecondsOf([&] { finder.Find(*search::Validate(request), {}).value(); }));
    }
    Print("Trends", times);
  }

  const MeasuredIndex& index_;
  const size_t samples_;
  const SystemClock clock_;
  search::ReaderPool readers_;
};

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  bool smoke = false, paragraphs = false;
  size_t articles = 1'000'000, samples = 200;
  std::vector<std::string> typed;
  CLI::App app("Measures what finding more costs; prints Markdown.");
  app.add_flag("--smoke", smoke, "a tiny run over made-up articles; its figures mean nothing");
  app.add_flag("--paragraphs", paragraphs, "each paragraph is a document");
  app.add_option("--articles", articles, "articles to load");
  app.add_option("--samples", samples, "titles to type, articles to compare, queries and months to ask about");
  app.add_option("--typed", typed, "show the queries that each of these is completed to, and measure nothing");
  CLI11_PARSE(app, argc, argv);
  auto index = broadsheet::benchmarks::MeasuredIndex::Make(smoke, paragraphs, articles);
  if (!index.ok()) {
    std::cerr << "SKIPPED: " << index.status().message() << "\n";
    return 77;
  }
  broadsheet::benchmarks::Report report(**index, smoke ? 5 : samples);
  if (typed.empty()) {
    report.Run();
  } else {
    report.Show(typed);
  }
  return 0;
}
