// What columns in memory do for facets, ranges of time, orders by date and groups, in this process and without gRPC,
// beside the same index used by stock means. See README.md beside this file.
#include <CLI/CLI.hpp>
#include <atomic>
#include <ctime>
#include <functional>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "benchmarks/columns_corpus.h"
#include "benchmarks/statistics.h"
#include "common/schema/term.h"
#include "common/text/stemmer.h"
#include "search/columns/build_columns.h"
#include "search/index/column_warmer.h"
#include "search/match/length_weights.h"
#include "search/match/ranking.h"
#include "search/match/searcher.h"
#include "search/query/compile.h"
#include "search/query/validate.h"

namespace broadsheet::benchmarks {
namespace {

using search::Reader;
using search::ReaderPool;
using Work = std::function<void()>;

// Of the processor, for this thread: others on the machine do not count.
double ProcessorMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double MillisecondsOf(const Work& work) {
  const double start = ProcessorMilliseconds();
  work();
  return ProcessorMilliseconds() - start;
}

struct Way {
  std::string name;
  Work work;
};

// Runs the ways in turn, `rounds` times, and prints milliseconds and the ratio to the first.
void Compare(const std::string& title, const std::vector<Way>& ways, int rounds) {
  std::vector<std::vector<double>> times(ways.size()), ratios(ways.size());
  for (const Way& way : ways)
    way.work();
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < ways.size(); ++i) {
      times[i].push_back(MillisecondsOf(ways[i].work));
      ratios[i].push_back(times[i].back() / times[0].back());
    }
  }
  std::cout << "\n### " << title << ", " << rounds << " rounds: median (smallest-largest)\n\n"
            << "| way | ms | x the first |\n|---|---|---|\n";
  for (size_t i = 0; i < ways.size(); ++i) {
    std::cout << "| " << ways[i].name << " | " << MedianAndSpread(times[i], 2) << " | " << MedianAndSpread(ratios[i], 2)
              << " |\n";
  }
}

class Report {
 public:
  Report(MeasuredIndex& index, int rounds)
      : index_(index), rounds_(rounds), readers_(index.directory()), searcher_(readers_, clock_) {}

  void Run() {
    MeasureBuilding();
    MeasureFacets();
    MeasureRanges();
    MeasureDates();
    MeasureRelevance();
    MeasureGroups();
    MeasureUnderCommits(false);
    MeasureUnderCommits(true);
  }

 private:
  search::SearchResult Ask(const v1::SearchRequest& request) {
    auto query = search::Validate(request);
    if (!query.ok()) throw std::runtime_error(query.status().ToString());
    auto result = searcher_.Search(*query, CallContext());
    if (!result.ok()) throw std::runtime_error(result.status().ToString());
    return *std::move(result);
  }

  static v1::SearchRequest Plain(const std::string& text) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_view(v1::ARTICLE_VIEW_ID);
    request.mutable_highlight()->set_disabled(true);
    return request;
  }

  // The word whose stem about this share of the articles has.
  std::string CommonWord(double share = 0.1) {
    auto reader = readers_.Acquire();
    if (!reader->Refresh().ok()) throw std::runtime_error("the index cannot be read");
    const Xapian::Database& database = reader->database();
    const Stemmer stem("en");
    const auto wanted = static_cast<double>(database.get_doccount()) * share;
    std::string best;
    double distance = 1e18;
    for (auto term = database.allterms_begin("Z"); term != database.allterms_end("Z"); ++term) {
      const std::string word = (*term).substr(1);
      const double here = std::abs(static_cast<double>(term.get_termfreq()) - wanted);
      if (here >= distance || word.size() < 4 || word[0] < 'a' || stem(word) != word) continue;
      best = word;
      distance = here;
    }
    return best;
  }

  void MeasureBuilding() {
    auto reader = readers_.Acquire();
    if (!reader->Refresh().ok()) throw std::runtime_error("the index cannot be read");
    auto build = [&](Reader& of, const search::ShardColumns* base) {
      return search::BuildColumns(of.shards()[0].database, of.shards()[0].revision, base, {});
    };
    search::ShardColumns columns = build(*reader, nullptr);
    const double whole = MillisecondsOf([&] { columns = build(*reader, nullptr); });
    std::cout << absl::StrFormat("\n### Columns of %d articles\n\n%.0f ms from nothing; %.0f bytes an article\n",
                                 columns.size(), whole, static_cast<double>(columns.bytes()) / columns.size());
    for (int changes : {1, 10, 100}) {
      std::vector<double> times;
      for (int round = 0; round < rounds_; ++round) {
        index_.Rewrite(changes);
        if (!reader->Refresh().ok()) throw std::runtime_error("the index cannot be read");
        times.push_back(MillisecondsOf([&] { columns = build(*reader, &columns); }));
      }
      std::cout << changes << " articles changed: " << MedianAndSpread(times, 2) << " ms\n";
    }
  }

  void MeasureFacets() {
    // Of two words, since the engine knows the number of articles with one without counting them.
    const std::string word = CommonWord(), rarer = CommonWord(0.01);
    v1::SearchRequest counted = Plain(absl::StrCat(word, " OR ", rarer)), faceted = counted, measured = counted;
    counted.set_exact_total(true);
    for (const char* field : {"source", "section", "published_time"})
      faceted.add_facets()->set_field(field);
    measured = faceted;
    for (auto& facet : *measured.mutable_facets())
      facet.add_measures(v1::FACET_MEASURE_ORIGINALS);
    const auto matches = Ask(counted).total.value();
    Compare(absl::StrCat("\"", counted.query(), "\", ", matches, " matches: ten hits by relevance"),
            {{"and the exact total", [&] { Ask(counted); }},
             {"and three exact facets", [&] { Ask(faceted); }},
             {"and three exact facets with originals", [&] { Ask(measured); }},
             {"stock: exact total", [&] { AskStock(word, rarer, false); }},
             {"stock: three ValueCountMatchSpy", [&] { AskStock(word, rarer, true); }}},
            rounds_);
  }

  void AskStock(const std::string& word, const std::string& rarer, bool facets) {
    auto reader = readers_.Acquire();
    if (!reader->Refresh().ok()) throw std::runtime_error("the index cannot be read");
    Xapian::Enquire enquire(reader->database());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, Xapian::Query("Z" + word), Xapian::Query("Z" + rarer)));
    Xapian::ValueCountMatchSpy source(3), section(5), language(7);
    if (facets) {
      for (auto* spy : {&source, &section, &language})
        enquire.add_matchspy(spy);
    }
    enquire.get_mset(0, 10, reader->database().get_doccount());
  }

  std::vector<std::string> Queries(const std::string& query_class) const {
    std::vector<std::string> queries;
    for (const MixQuery& query : index_.mix()) {
      if (query.query_class == query_class && queries.size() < 100) queries.push_back(absl::StrJoin(query.words, " "));
    }
    return queries;
  }

  void MeasureRanges() {
    const auto queries = Queries("and");
    auto all = [&](bool ranged) {
      for (const std::string& text : queries) {
        v1::SearchRequest request = Plain(text);
        if (ranged) *request.mutable_filter()->mutable_time_range() = index_.MiddleOfDates();
        Ask(request);
      }
    };
    auto stock = [&] {
      auto reader = readers_.Acquire();
      if (!reader->Refresh().ok()) throw std::runtime_error("the index cannot be read");
      for (const std::string& text : queries) {
        v1::SearchRequest request = Plain(text);
        *request.mutable_filter()->mutable_time_range() = index_.MiddleOfDates();
        auto query = search::Validate(request);
        Xapian::Enquire enquire(reader->database());
        enquire.set_query(search::CompileQuery(query->text, &*query->filter, reader->languages(), false));
        enquire.get_mset(0, 10, 1'000);
      }
    };
    Compare(absl::StrCat(queries.size(), " questions of class and"),
            {{"without a range", [&] { all(false); }},
             {"with a third of the time", [&] { all(true); }},
             {"stock: OP_VALUE_RANGE", stock}},
            rounds_);
  }

  // Ten hits by relevance of a class of questions, with lengths from the column and as the engine does it.
  void MeasureRelevance() {
    for (const char* query_class : {"1term", "and", "or"}) {
      const auto questions = QuestionsOf(query_class);
      Compare(absl::StrCat(questions.size(), " questions of class ", query_class),
              {{"stock BM25", [&] { MatchAll(questions, false); }},
               {"lengths from the column", [&] { MatchAll(questions, true); }}},
              rounds_);
    }
  }

  std::vector<search::SearchQuery> QuestionsOf(const std::string& query_class) const {
    std::vector<search::SearchQuery> questions;
    for (const MixQuery& query : index_.mix()) {
      if (query.query_class != query_class || questions.size() == 100) continue;
      auto question = search::Validate(RequestFor(query, Extras::kNone));
      if (question.ok()) questions.push_back(*std::move(question));
    }
    return questions;
  }

  void MatchAll(const std::vector<search::SearchQuery>& questions, bool columns) {
    auto reader = readers_.Acquire();
    if (!reader->Refresh().ok()) throw std::runtime_error("the index cannot be read");
    const search::LengthWeights weights(reader->frequencies(), *readers_.ColumnsOf(*reader, {}), search::kBm25, {},
                                        postings_);
    const search::WeighAnyOf weigh = [&](const auto& terms) { return weights.AnyOf(terms); };
    for (const search::SearchQuery& question : questions) {
      Xapian::Enquire enquire(reader->database());
      enquire.set_weighting_scheme(search::Bm25());
      enquire.set_query(search::CompileText(question.text, reader->languages(), false, columns ? &weigh : nullptr));
      enquire.get_mset(0, 10, 1'000);
    }
  }

  void MeasureDates() {
    std::vector<double> here, stock;
    for (int round = 0; round < std::max(1, rounds_ / 3); ++round) {
      for (const std::string& text : Queries("sortdate")) {
        v1::SearchRequest request = Plain(text);
        request.set_order(v1::ORDER_NEWEST);
        here.push_back(MillisecondsOf([&] { Ask(request); }));
        stock.push_back(MillisecondsOf([&] {
          auto reader = readers_.Acquire();
          if (!reader->Refresh().ok()) return;
          auto query = search::Validate(request);
          Xapian::Enquire enquire(reader->database());
          enquire.set_query(search::CompileQuery(query->text, nullptr, reader->languages(), false));
          enquire.set_sort_by_value(0, true);
          enquire.get_mset(0, 10);
        }));
      }
    }
    std::cout << "\n### Newest first, ms\n\n| way | p50 | p95 | p99 |\n|---|---|---|---|\n";
    for (const auto& [name, times] : {std::pair{"columns", here}, {"stock: sort by value", stock}}) {
      std::cout << absl::StrFormat("| %s | %.2f | %.2f | %.2f |\n", name, Quantile(times, 0.5), Quantile(times, 0.95),
                                   Quantile(times, 0.99));
    }
  }

  void MeasureGroups() {
    const std::string word = CommonWord();
    std::vector<Way> ways;
    for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST}) {
      const char* by = order == v1::ORDER_RELEVANCE ? "by relevance" : "by date";
      v1::SearchRequest single = Plain(word);
      single.set_order(order);
      single.set_exact_total(true);
      v1::SearchRequest source = single, copies = single, fair = single;
      source.mutable_group()->set_field("source");
      copies.mutable_group()->set_field("copies");
      copies.mutable_group()->set_hits_per_group(3);
      fair.mutable_fairness()->set_field("source");
      fair.mutable_fairness()->set_max_per_page(2);
      ways.push_back({absl::StrCat("hits ", by), [=, this] { Ask(single); }});
      ways.push_back({absl::StrCat("groups by source ", by), [=, this] { Ask(source); }});
      ways.push_back({absl::StrCat("groups by copies, three hits of each, ", by), [=, this] { Ask(copies); }});
      ways.push_back({absl::StrCat("two of a source, ", by), [=, this] { Ask(fair); }});
    }
    Compare(absl::StrCat("Groups and fairness for \"", word, "\""), ways, rounds_);
  }

  // A writer commits twice a second; calls with a facet come one after the other.
  void MeasureUnderCommits(bool warm) {
    std::unique_ptr<search::ColumnWarmer> warmer;
    if (warm) warmer = std::make_unique<search::ColumnWarmer>(readers_);
    v1::SearchRequest request = Plain(CommonWord());
    request.add_facets()->set_field("source");
    std::cout << "\n### A facet while a writer commits" << (warm ? ", columns built ahead" : ", columns built in calls")
              << ", ms\n\n| writer | calls | p50 | p95 | p99 | largest |\n|---|---|---|---|---|---|\n";
    for (bool writing : {false, true}) {
      std::atomic<bool> done = false;
      std::thread writer([&] {
        while (writing && !done) {
          index_.Rewrite(20);
          absl::SleepFor(absl::Milliseconds(500));
        }
      });
      std::vector<double> times;
      const absl::Time until = absl::Now() + absl::Milliseconds(500) * rounds_;
      while (absl::Now() < until) {
        const absl::Time start = absl::Now();
        Ask(request);
        times.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
      }
      done = true;
      writer.join();
      std::cout << absl::StrFormat("| %s | %d | %.2f | %.2f | %.2f | %.2f |\n",
                                   writing ? "20 articles each 0.5 s" : "none", times.size(), Quantile(times, 0.5),
                                   Quantile(times, 0.95), Quantile(times, 0.99), Quantile(times, 1));
    }
  }

  MeasuredIndex& index_;
  const int rounds_;
  const SystemClock clock_;
  ReaderPool readers_;
  search::PostingsCache postings_;
  search::Searcher searcher_;
};

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  bool smoke = false, paragraphs = false;
  size_t articles = 1'000'000;
  int rounds = 15;
  CLI::App app("Measures what columns do; prints Markdown.");
  app.add_flag("--smoke", smoke, "a tiny run over made-up articles; its figures mean nothing");
  app.add_flag("--paragraphs", paragraphs, "each paragraph is a document");
  app.add_option("--articles", articles, "articles to load");
  app.add_option("--rounds", rounds, "interleaved rounds of each comparison");
  CLI11_PARSE(app, argc, argv);
  auto index = broadsheet::benchmarks::MeasuredIndex::Make(smoke, paragraphs, articles);
  if (!index.ok()) {
    std::cerr << "SKIPPED: " << index.status().message() << "\n";
    return 77;
  }
  broadsheet::benchmarks::Report(**index, smoke ? 2 : rounds).Run();
  return 0;
}
