#include <CLI/CLI.hpp>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "benchmarks/extraction_report.h"
#include "benchmarks/gold_days.h"
#include "ingest/parse/html.h"
#include "ingest/pipeline/pipeline.h"

// Measures what is made of web pages: the text by the public measures, title, authors and date, the time a page takes;
// and what other extractors made of the same pages, by the same measures. See README.md.
namespace broadsheet::benchmarks {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr double kSmokeF1 = 0.97;
constexpr size_t kIsoDay = 10;  // bytes of "2025-06-21"

struct Set {
  std::string name;
  Measure measure;
  std::vector<GoldPage> pages;
};

struct Options {
  bool smoke = false;
  int worst = 0;
  fs::path write_pages;
  std::vector<std::string> others;
};

// Processor time: other programs on the machine do not count.
double Now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double Milliseconds(const std::function<void()>& work) {
  const double start = Now();
  work();
  return Now() - start;
}

Extraction FromPage(const GoldPage& page) {
  Extraction extraction{.page = page.key};
  extraction.ms = Milliseconds([&] {
    auto read = ingest::ReadHtml(page.html);
    if (!read.ok()) return;
    extraction.text = std::move(read->text);
    extraction.title = std::move(read->markup.title);
    extraction.authors = std::move(read->markup.authors);
    if (!read->markup.published.empty()) extraction.date = read->markup.published.front().words.substr(0, kIsoDay);
  });
  return extraction;
}

Extraction FromPipeline(const GoldPage& page) {
  v1::RawArticle raw;
  raw.set_html(page.html);
  raw.set_url(page.url.substr(0, page.url.find_first_of(" \t")));
  Extraction extraction{.page = page.key};
  extraction.ms = Milliseconds([&] {
    auto prepared = ingest::Prepare(raw, {.html_bytes = page.html.size() + 1}, absl::Now());
    const auto* enriched = std::get_if<ingest::EnrichedArticle>(&prepared);
    if (enriched == nullptr) return;
    const v1::Article& article = enriched->article;
    extraction.text = article.body();
    extraction.title = article.title();
    extraction.authors = {article.authors().begin(), article.authors().end()};
    extraction.date = article.published_day();
  });
  return extraction;
}

using Extractions = std::vector<Extraction>;

void Report(const std::string& name, const Set& set, const Extractions& extractions) {
  std::array<Tally, 2> halves;
  Tally all;
  std::map<std::string, const Extraction*> by_page;
  for (const Extraction& extraction : extractions)
    by_page[extraction.page] = &extraction;
  for (const GoldPage& page : set.pages) {
    const auto found = by_page.find(page.key);
    const Extraction none{.page = page.key};
    const Extraction& extraction = found == by_page.end() ? none : *found->second;
    Count(extraction, page, set.measure, halves[HalfOf(page)]);
    Count(extraction, page, set.measure, all);
  }
  std::cout << RowOf(name, "all", all, set.measure) << RowOf(name, "even (tuned on)", halves[0], set.measure)
            << RowOf(name, "odd", halves[1], set.measure);
}

// No extractor can be right about a day that is nowhere on its page.
void PrintDaysNowhere(const Set& set) {
  int dated = 0, nowhere = 0;
  for (const GoldPage& page : set.pages) {
    if (page.date.empty()) continue;
    ++dated;
    nowhere += StandsOn(page.html, page.date) || StandsOn(page.url, page.date) ? 0 : 1;
  }
  if (dated == 0) return;
  std::cout << absl::StrFormat(
      "\nDays of the gold that neither page nor URL has in any form: %d of %d, so %.3f is the most.\n", nowhere, dated,
      1 - static_cast<double>(nowhere) / dated);
}

void PrintWorst(const Set& set, const Extractions& extractions, int count) {
  std::multimap<double, std::string> by_score;
  for (size_t i = 0; i < set.pages.size() && count > 0; ++i) {
    const Score score = ScorePage(extractions[i], set.pages[i], set.measure);
    by_score.emplace(score.f1, absl::StrFormat("P %.2f R %.2f %s %s", score.precision, score.recall, set.pages[i].key,
                                               set.pages[i].url));
  }
  for (const auto& [score, line] : by_score) {
    if (count-- <= 0) break;
    std::cout << absl::StrFormat("worst: %.3f ", score) << line << "\n";
  }
}

// The lines that extract_with_others.py wrote, by tool.
std::map<std::string, Extractions> ReadOthers(const std::vector<std::string>& files, std::string& versions) {
  std::map<std::string, Extractions> tools;
  for (const std::string& file : files) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
      const json found = json::parse(line);
      if (found.contains("versions")) versions = found["versions"].dump();
      if (!found.contains("tool")) continue;
      tools[found["tool"]].push_back({fs::path(found["page"].get<std::string>()).stem().string(), found["text"],
                                      found["title"], found["authors"], found["date"], found["ms"]});
    }
  }
  return tools;
}

void WritePages(const std::vector<Set>& sets, const fs::path& folder) {
  fs::create_directories(folder);
  std::ofstream list(folder / "pages.jsonl");
  for (const Set& set : sets) {
    for (const GoldPage& page : set.pages) {
      const fs::path path = fs::absolute(folder / absl::StrCat(page.key, ".html"));
      std::ofstream(path, std::ios::binary) << page.html;
      list << json{{"page", path.string()}, {"url", page.url}}.dump() << "\n";
    }
  }
}

int Smoke() {
  const Set set{"invented", Measure::kShingles, LoadInventedPages()};
  Tally tally;
  for (const GoldPage& page : set.pages)
    Count(FromPipeline(page), page, set.measure, tally);
  std::cout << HeadingOf(set.measure) << RowOf("Broadsheet", "all", tally, set.measure);
  const bool right = tally.pages > 0 && tally.titles == tally.with_title && tally.authors == tally.with_authors &&
                     tally.dates == tally.with_date && tally.text.Total().f1 >= kSmokeF1;
  if (!right) std::cerr << "the invented pages do not come out as they should\n";
  return right ? 0 : 1;
}

int Run(const Options& options) {
  if (options.smoke) return Smoke();
  std::vector<Set> sets;
  for (const auto& [name, measure] :
       {std::pair{"newspaper4k", Measure::kShingles}, std::pair{"fundus_evaluation", Measure::kRougeL}}) {
    auto pages = LoadGoldPages(name);
    if (!pages.ok()) {
      std::cout << "skipped: " << name << " is not there (" << pages.status().message() << ")\n";
      continue;
    }
    sets.push_back({name, measure, *std::move(pages)});
  }
  if (!options.write_pages.empty()) return WritePages(sets, options.write_pages), 0;
  std::string versions;
  const auto others = ReadOthers(options.others, versions);
  if (!versions.empty()) std::cout << "Others: " << versions << "\n";
  for (const Set& set : sets) {
    Extractions page, pipeline;
    for (const GoldPage& gold : set.pages) {
      page.push_back(FromPage(gold));
      pipeline.push_back(FromPipeline(gold));
    }
    std::cout << "\n### " << set.name << "\n\n" << HeadingOf(set.measure);
    Report("Broadsheet, whole pipeline", set, pipeline);
    Report("Broadsheet, page text alone", set, page);
    for (const auto& [tool, extractions] : others)
      Report(tool, set, extractions);
    PrintDaysNowhere(set);
    PrintWorst(set, pipeline, options.worst);
  }
  return 0;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Options options;
  CLI::App app("Measures what is made of web pages, beside other extractors");
  app.add_flag("--smoke", options.smoke, "only the invented pages of the tests; fails when they come out wrong");
  app.add_option("--worst", options.worst, "list that many of the worst pages of each set");
  app.add_option("--write-pages", options.write_pages,
                 "write the pages into this folder, for other extractors, and stop");
  app.add_option("--others", options.others, "what extract_with_others.py wrote");
  CLI11_PARSE(app, argc, argv);
  return broadsheet::benchmarks::Run(options);
}
