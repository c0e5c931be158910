// Measures what cleaning makes of text that was scraped whole: all visible text of a page, line by line, without its
// HTML. See README.md beside this file.
#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <map>

#include "absl/strings/str_format.h"
#include "benchmarks/corpus.h"
#include "benchmarks/extraction_score.h"
#include "benchmarks/gold_pages.h"
#include "benchmarks/visible_text.h"
#include "ingest/clean/main_block.h"
#include "ingest/learn/evidence.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::benchmarks {
namespace {

constexpr int kSkipped = 77;
constexpr double kSmokeF1 = 0.85;

using ingest::LearnedLines;

struct Settings {
  std::string set = "both";
  int other_pages = 1;
  bool failures = false;
  bool untouched = false;
  std::string dump;
  bool smoke = false;
};

// One way to treat the dirty text, and how the pages of each half fare by it. Even pages were tuned on.
struct Way {
  std::string name;
  ScoreAverage shingles[2] = {};
  ScoreAverage rouge[2] = {};
};

v1::RawArticle RawOf(const GoldPage& page, const std::string& text) {
  v1::RawArticle raw;
  raw.set_source(page.site);
  raw.set_text(text);
  return raw;
}

v1::Article Clean(const v1::RawArticle& raw, const LearnedLines* learned) {
  auto prepared = ingest::Prepare(raw, {}, absl::UnixEpoch(), learned);
  if (auto* article = std::get_if<ingest::EnrichedArticle>(&prepared)) return std::move(article->article);
  return {};
}

// The lines that at least `pages` other pages of the same site have. The service wants far more pages than a site has
// here; its guards against cutting the story hold all the same.
class OtherPages {
 public:
  explicit OtherPages(int pages) : pages_(pages) {}

  void Add(const std::string& site, const v1::Article& article) {
    const auto counted = ingest::CountedLines(article);
    if (!counted.has_value()) return;
    for (const auto& line : counted->lines)
      ++sites_[site][line.id];
  }

  LearnedLines Without(const std::string& site, const v1::Article& article) const {
    const auto counted = ingest::CountedLines(article);
    const auto known = sites_.find(site);
    if (!counted.has_value() || known == sites_.end()) return {};
    absl::flat_hash_map<std::string, LearnedLines::Lines> sources;
    for (const auto& line : counted->lines) {
      const auto found = known->second.find(line.id);
      if (found != known->second.end() && found->second > pages_) sources[counted->source].insert(line.id);
    }
    return {1, std::move(sources)};
  }

 private:
  const int pages_;
  std::map<std::string, std::map<uint64_t, int>> sites_;
};

void Score(Way& way, size_t page, const std::string& text, const std::string& gold) {
  way.shingles[page % 2].Add(ShingleScore(text, gold));
  way.rouge[page % 2].Add(RougeLScore(text, gold));
}

void Print(const std::string& set, const Way& way) {
  for (int half : {0, 1}) {
    const auto total = way.shingles[half].Total();
    std::cout << absl::StrFormat("| %s | %s | %s | %d | %.4f | %.4f | **%.4f** | %.4f |\n", set, way.name,
                                 half == 0 ? "even (tuned)" : "odd", static_cast<int>(way.shingles[half].pages()),
                                 total.precision, total.recall, total.f1, way.rouge[half].Total().f1);
  }
}

struct Ways {
  Way none{"no cleaning"}, rules{"rules"}, learned{"rules and learned lines"};
};

Ways MeasurePages(const std::string& set, const std::vector<GoldPage>& pages, const Settings& settings) {
  std::vector<std::string> dirty;
  std::vector<v1::Article> cleaned;
  OtherPages others(settings.other_pages);
  size_t bytes = 0;
  std::chrono::duration<double> spent{};
  for (const GoldPage& page : pages) {
    dirty.push_back(VisibleText(page.html));
    const auto raw = RawOf(page, dirty.back());
    const auto begin = std::chrono::steady_clock::now();
    cleaned.push_back(Clean(raw, nullptr));
    spent += std::chrono::steady_clock::now() - begin;
    bytes += dirty.back().size();
    others.Add(page.site, cleaned.back());
  }
  Ways ways;
  for (size_t i = 0; i < pages.size(); ++i) {
    const GoldPage& page = pages[i];
    Score(ways.none, i, dirty[i], page.body);
    Score(ways.rules, i, cleaned[i].body(), page.body);
    const LearnedLines lines = others.Without(page.site, cleaned[i]);
    const auto article = lines.size() == 0 ? cleaned[i] : Clean(RawOf(page, dirty[i]), &lines);
    Score(ways.learned, i, article.body(), page.body);
    const auto score = ShingleScore(article.body(), page.body);
    if (settings.failures && score.f1 < 0.7) {
      std::cerr << absl::StrFormat("%.2f (P %.2f, R %.2f) %s %s\n", score.f1, score.precision, score.recall, page.key,
                                   page.url);
    }
    if (page.key == settings.dump) std::cerr << article.title() << "\n----\n" << article.body() << "\n";
  }
  for (const Way* way : {&ways.none, &ways.rules, &ways.learned})
    Print(set, *way);
  std::cerr << absl::StrFormat("%s: %d pages, %.1f MB of visible text, %.2f ms a page through the whole pipeline\n",
                               set, static_cast<int>(pages.size()), static_cast<double>(bytes) / 1e6,
                               1e3 * spent.count() / static_cast<double>(pages.size()));
  return ways;
}

// What the rule that takes whole pages apart does to texts that are no pages: it should do nothing.
void MeasureUntouched(const std::string& name, const std::vector<std::string>& texts) {
  size_t bytes = 0, cut = 0, changed = 0;
  for (const std::string& text : texts) {
    bytes += text.size();
    size_t here = 0;
    for (const auto& change : ingest::FindPageFurniture(text))
      here += change.end - change.begin;
    cut += here;
    changed += here > 0 ? 1 : 0;
  }
  std::cout << absl::StrFormat("| %s | %d | %d | %.4f %% |\n", name, static_cast<int>(texts.size()),
                               static_cast<int>(changed),
                               bytes > 0 ? 100.0 * static_cast<double>(cut) / static_cast<double>(bytes) : 0.0);
}

int MeasureAllUntouched() {
  std::cout << "\n| texts that are no pages | number | changed by main-block | bytes cut |\n|---|---|---|---|\n";
  const auto articles = LoadArticles(1'000'000);
  if (!articles.ok()) {
    std::cerr << "SKIPPED: " << articles.status().message() << "\n";
    return kSkipped;
  }
  std::vector<std::string> texts;
  for (const auto& article : articles->articles)
    texts.push_back(article.text());
  MeasureUntouched("news/allsides", texts);
  for (const char* set : {"newspaper4k", "fundus_evaluation"}) {
    texts.clear();
    const auto pages = LoadGoldPages(set);
    if (!pages.ok()) return kSkipped;
    for (const GoldPage& page : *pages)
      texts.push_back(page.body);
    MeasureUntouched(std::string("gold bodies of ") + set, texts);
  }
  return 0;
}

// The invented pages of the tests: cleaning makes nearly their bodies of what they show.
int Smoke(const Settings& settings) {
  const Ways ways = MeasurePages("invented", LoadInventedPages(), settings);
  const double none = ways.none.shingles[0].Total().f1, rules = ways.rules.shingles[0].Total().f1;
  if (rules > none && rules >= kSmokeF1) return 0;
  std::cerr << "the invented pages do not come out as they should\n";
  return 1;
}

int Run(const Settings& settings) {
  std::cout << "| set | cleaning | half | pages | precision | recall | F1 | ROUGE-L F1 "
               "|\n|---|---|---|---|---|---|---|---|\n";
  if (settings.smoke) return Smoke(settings);
  for (const char* set : {"newspaper4k", "fundus_evaluation"}) {
    if (settings.set != "both" && settings.set != set) continue;
    const auto pages = LoadGoldPages(set);
    if (!pages.ok()) {
      std::cerr << "SKIPPED: " << pages.status().message() << "\n";
      return kSkipped;
    }
    MeasurePages(set, *pages, settings);
  }
  return settings.untouched ? MeasureAllUntouched() : 0;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Settings settings;
  CLI::App app(
      "Cleans all visible text of gold pages and compares the result with their gold bodies; prints Markdown.");
  app.add_option("--set", settings.set, "which pages")
      ->check(CLI::IsMember({"both", "newspaper4k", "fundus_evaluation"}));
  app.add_option("--other-pages", settings.other_pages,
                 "pages of a site that must have a line before it is cut elsewhere");
  app.add_flag("--failures", settings.failures, "name the pages below 0.7 on standard error");
  app.add_flag("--untouched", settings.untouched, "measure also what main-block does to texts that are no pages");
  app.add_option("--dump", settings.dump, "print what becomes of the page with this key on standard error");
  app.add_flag("--smoke", settings.smoke, "only the invented pages of the tests; fails when they come out wrong");
  CLI11_PARSE(app, argc, argv);
  return broadsheet::benchmarks::Run(settings);
}
