// What the rules of cleaning do to real news: the share of articles that each rule changes, how fast they run, samples
// of edits to be read by eye, and the verdicts of those who read them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "benchmarks/corpus.h"
#include "benchmarks/gold_pages.h"
#include "ingest/clean/clean.h"
#include "ingest/clean/rule.h"

namespace broadsheet::benchmarks {
namespace {

using ingest::EditedText;
using ingest::TextEdit;

struct Options {
  size_t limit = 1'000'000;
  size_t sample = 0;
  unsigned seed = 1;
  size_t context = 0;
  bool smoke = false;
  bool gold = false;
  std::string rule;
  std::string half;
  std::string verdicts;
  std::string text;
};

// The half that rules may be tuned on has even hashes. FNV-1a, so that no library decides who is in it.
bool IsEven(const std::string& id) {
  uint32_t hash = 2166136261;
  for (const char c : id)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  return hash % 2 == 0;
}

EditedText CleanText(const std::string& text) {
  return ingest::Clean({{}, text, {}}).body;
}

// Rules that put characters and blanks in order change nothing that anyone reads; samples leave them out.
bool IsOrder(std::string_view rule) {
  static const std::set<std::string_view> kOrder = {"utf-8", "entity",     "newline",   "control",  "zero-width",
                                                    "nfc",   "whitespace", "paragraph", "table-row"};
  return kOrder.contains(rule);
}

struct Tally {
  size_t articles = 0;
  size_t edits = 0;
  size_t cut = 0;  // bytes
};

struct Half {
  size_t articles = 0;
  size_t bytes = 0;
  size_t cut = 0;    // by rules that do more than put characters and blanks in order
  size_t stays = 0;  // of these, words that the clean text has all the same: it had them twice
  std::map<std::string_view, Tally> rules;
};

constexpr size_t kShortestWords = 20;  // bytes; less may stand in any text by chance

bool StaysIn(const EditedText& body, const TextEdit& edit) {
  const absl::string_view words =
      absl::StripAsciiWhitespace(absl::string_view(body.original()).substr(edit.begin, edit.end - edit.begin));
  return words.size() >= kShortestWords && absl::StrContains(body.text(), words);
}

void Count(const EditedText& body, Half& half) {
  ++half.articles;
  half.bytes += body.original().size();
  std::set<std::string_view> seen;
  for (const TextEdit& edit : body.edits()) {
    Tally& tally = half.rules[edit.rule];
    tally.articles += seen.insert(edit.rule).second ? 1 : 0;
    ++tally.edits;
    const size_t cut = std::max(edit.end - edit.begin, edit.replacement.size()) - edit.replacement.size();
    tally.cut += cut;
    if (IsOrder(edit.rule)) continue;
    half.cut += cut;
    half.stays += StaysIn(body, edit) ? cut : 0;
  }
}

void PrintTally(const Half (&halves)[2]) {
  absl::PrintF("| rule | articles %%, even half | odd half | edits | bytes cut |\n|---|---|---|---|---|\n");
  for (const auto& pass : ingest::CleaningPasses()) {
    for (const auto& rule : pass.rules) {
      Tally both[2];
      for (int i = 0; i < 2; ++i) {
        const auto found = halves[i].rules.find(rule.id);
        if (found != halves[i].rules.end()) both[i] = found->second;
      }
      absl::PrintF("| %s | %.2f | %.2f | %d | %d |\n", std::string(rule.id),
                   100.0 * both[0].articles / std::max<size_t>(halves[0].articles, 1),
                   100.0 * both[1].articles / std::max<size_t>(halves[1].articles, 1), both[0].edits + both[1].edits,
                   both[0].cut + both[1].cut);
    }
  }
}

void PrintTakenAway(const Half (&halves)[2]) {
  for (int i = 0; i < 2; ++i) {
    const Half& half = halves[i];
    const double percent = 100.0 / static_cast<double>(std::max<size_t>(half.bytes, 1));
    absl::PrintF("%s half: %.3f %% of the bytes taken away, %.3f %% of words that the text does not have any more\n",
                 i == 0 ? "even" : "odd", percent * static_cast<double>(half.cut),
                 percent * static_cast<double>(half.cut - half.stays));
  }
}

int Report(const Corpus& corpus) {
  Half halves[2];
  double seconds = 0;
  for (const auto& article : corpus.articles) {
    ingest::ParsedArticle parsed{{}, article.text(), {}};
    const auto start = std::chrono::steady_clock::now();
    const ingest::CleanArticle clean = ingest::Clean(std::move(parsed));
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (ingest::ApplyEdits(article.text(), clean.body.edits()) != clean.body.text()) {
      std::cerr << article.id() << ": the edits do not give the clean text\n";
      return 1;
    }
    Count(clean.body, halves[IsEven(article.id()) ? 0 : 1]);
  }
  PrintTally(halves);
  PrintTakenAway(halves);
  const double megabytes = static_cast<double>(halves[0].bytes + halves[1].bytes) / 1e6;
  absl::PrintF("\n%d articles of %s, %.1f MB, %.1f MB/s on one thread\n", corpus.articles.size(), corpus.name,
               megabytes, megabytes / seconds);
  return 0;
}

struct Place {
  const v1::RawArticle* article;
  TextEdit edit;
};

std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '~');
  return text;
}

void PrintPlace(const Place& place, size_t context) {
  const TextEdit& edit = place.edit;
  std::cout << place.article->id() << "\t" << edit.begin << "\t" << edit.end << "\t" << edit.rule;
  if (context > 0) {
    const std::string& text = place.article->text();
    const size_t from = edit.begin > context ? edit.begin - context : 0;
    std::cout << "\n    " << OneLine(text.substr(from, edit.begin - from)) << "\033[31m{"
              << OneLine(text.substr(edit.begin, edit.end - edit.begin)) << "}\033[0m[" << OneLine(edit.replacement)
              << "]" << OneLine(text.substr(edit.end, context));
  }
  std::cout << "\n";
}

int Sample(const Corpus& corpus, const Options& options) {
  std::vector<Place> places;
  for (const auto& article : corpus.articles) {
    const bool wanted = options.half.empty() || IsEven(article.id()) == (options.half == "even");
    if (!wanted) continue;
    const EditedText clean = CleanText(article.text());
    for (const TextEdit& edit : clean.edits()) {
      const bool is_wanted = options.rule.empty() ? !IsOrder(edit.rule) : edit.rule == options.rule;
      if (is_wanted) places.push_back({&article, edit});
    }
  }
  std::mt19937 random(options.seed);
  for (size_t i = 0; i < std::min(options.sample, places.size()); ++i) {
    std::swap(places[i], places[i + random() % (places.size() - i)]);
    PrintPlace(places[i], options.context);
  }
  return 0;
}

// One verdict a line: article, begin, end, rule, "right" or "wrong", with tabs between.
int CheckVerdicts(const Corpus& corpus, const std::string& path) {
  std::map<std::string, const v1::RawArticle*> articles;
  for (const auto& article : corpus.articles)
    articles[article.id()] = &article;
  std::ifstream in(path);
  size_t right[2] = {}, all[2] = {}, gone = 0;
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (line.starts_with('#') || fields.size() != 5) continue;
    const auto article = articles.find(fields[0]);
    size_t begin = 0, end = 0;
    if (article == articles.end() || !absl::SimpleAtoi(fields[1], &begin) || !absl::SimpleAtoi(fields[2], &end))
      continue;
    const int half = IsEven(fields[0]) ? 0 : 1;
    ++all[half];
    right[half] += fields[4] == "right" ? 1 : 0;
    const EditedText clean = CleanText(article->second->text());
    const bool stands = std::any_of(clean.edits().begin(), clean.edits().end(), [&](const TextEdit& edit) {
      return edit.begin == begin && edit.end == end && edit.rule == fields[3];
    });
    gone += stands ? 0 : 1;
  }
  absl::PrintF(
      "verdicts: %d of %d right in the even half, %d of %d in the odd one; %d of these edits are not made any more\n",
      right[0], all[0], right[1], all[1], gone);
  return all[0] + all[1] > 0 ? 0 : 1;
}

// Made-up articles with the dirt of scraped pages between their paragraphs.
Corpus MakeUpDirt() {
  constexpr std::string_view kDirt[] = {"- Advertisement -", "Share this article",
                                        "0FansLike",         "Sign up for our newsletter",
                                        "Leave a Reply",     "Photo by A. Name/Getty Images"};
  Corpus corpus = MakeUpArticles(50);
  size_t next = 0;
  for (auto& article : corpus.articles) {
    std::string text = article.text();
    for (size_t at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at + 40))
      text.insert(at, "\n\n" + std::string(kDirt[next++ % std::size(kDirt)]));
    article.set_text(text);
  }
  return corpus;
}

// The bodies that people took out of web pages: whatever is cut from them was cut wrongly, or left in wrongly by them.
int ReportGold() {
  for (const char* set : {"newspaper4k", "fundus_evaluation"}) {
    const auto pages = LoadGoldPages(set);
    if (!pages.ok()) {
      std::cerr << pages.status().message() << "\n";
      return 77;
    }
    Corpus corpus;
    corpus.name = set;
    for (const GoldPage& page : *pages) {
      v1::RawArticle& article = corpus.articles.emplace_back();
      article.set_id(page.key);
      article.set_text(page.body);
    }
    if (const int code = Report(corpus); code != 0) return code;
  }
  return 0;
}

int Run(int argc, char** argv) {
  Options options;
  CLI::App app("What the rules of cleaning do to real news");
  app.add_option("--limit", options.limit, "Articles to read at most");
  app.add_option("--sample", options.sample, "Print so many random edits instead of the table");
  app.add_option("--seed", options.seed, "Of the sample");
  app.add_option("--rule", options.rule, "Sample the edits of this rule only");
  app.add_option("--half", options.half, "Sample articles of this half only")->check(CLI::IsMember({"even", "odd"}));
  app.add_option("--context", options.context, "Print the text of sampled edits and so many bytes around it");
  app.add_option("--verdicts", options.verdicts, "Count the verdicts in this file");
  app.add_option("--text", options.text, "Print the clean text of this file");
  app.add_flag("--gold", options.gold, "The table over the bodies of the gold pages, from which nothing should be cut");
  app.add_flag("--smoke", options.smoke, "Made-up articles: shows that the program works");
  CLI11_PARSE(app, argc, argv);
  if (!options.text.empty()) {
    std::ifstream in(options.text);
    const EditedText clean = CleanText(std::string(std::istreambuf_iterator<char>(in), {}));
    std::cout << clean.text() << "\n";
    for (const TextEdit& edit : clean.edits())
      std::cerr << edit.rule << " " << edit.begin << " " << edit.end << " "
                << OneLine(clean.original().substr(edit.begin, edit.end - edit.begin)) << " -> "
                << OneLine(edit.replacement) << "\n";
    return 0;
  }
  if (options.smoke) return Report(MakeUpDirt());
  if (options.gold) return ReportGold();
  const auto corpus = LoadArticles(options.limit);
  if (!corpus.ok()) {
    std::cerr << corpus.status().message() << "\n";
    return 77;
  }
  if (options.sample > 0) return Sample(*corpus, options);
  return options.verdicts.empty() ? Report(*corpus) : CheckVerdicts(*corpus, options.verdicts);
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  return broadsheet::benchmarks::Run(argc, argv);
}
