// What is derived from real news: dates against those that are known, languages of whole and of cut texts, figures by
// kind, with samples to be read by eye. Prints Markdown.
#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <map>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "benchmarks/corpus.h"
#include "benchmarks/gold_pages.h"
#include "benchmarks/tar.h"
#include "common/figure/figure.h"
#include "common/text/unicode.h"
#include "ingest/enrich/language.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::benchmarks {
namespace {

struct Options {
  size_t limit = 1'000'000;
  size_t sample = 0;
  unsigned seed = 1;
  bool smoke = false;
};

std::optional<v1::Article> Prepared(const v1::RawArticle& raw) {
  auto made = ingest::Prepare(raw, {}, absl::Now());
  auto* enriched = std::get_if<ingest::EnrichedArticle>(&made);
  if (enriched == nullptr) return std::nullopt;
  return std::move(enriched->article);
}

bool IsWithinADay(const std::string& a, const std::string& b) {
  absl::CivilDay first, second;
  if (!absl::ParseCivilTime(a, &first) || !absl::ParseCivilTime(b, &second)) return false;
  return first - second <= 1 && second - first <= 1;
}

std::string Evidence(const v1::Article& article, std::string_view field) {
  for (const v1::FieldOrigin& origin : article.origins()) {
    if (origin.field() == field) return v1::Origin_Name(origin.origin()) + " " + origin.evidence();
  }
  return "";
}

// How often a derived date is the known one.
struct DateTally {
  size_t articles = 0, dated = 0, same = 0, within_a_day = 0, wrong = 0;

  void Add(const std::string& derived, const std::string& known) {
    ++articles;
    if (derived.empty()) return;
    ++dated;
    same += derived == known ? 1 : 0;
    const bool near = IsWithinADay(derived, known);
    within_a_day += near ? 1 : 0;
    wrong += near ? 0 : 1;
  }

  void Print(const std::string& name) const {
    const auto share = [&](size_t count) { return 100.0 * static_cast<double>(count) / std::max<size_t>(articles, 1); };
    std::cout << absl::StrFormat("| %s | %d | %.2f %% | %.2f %% | %.2f %% | %.2f %% |\n", name, articles, share(dated),
                                 share(same), share(within_a_day), share(wrong));
  }
};

void ReportNewsDates(const Corpus& corpus) {
  DateTally given, unreadable;
  for (const v1::RawArticle& raw : corpus.articles) {
    const auto article = Prepared(raw);
    if (!article || raw.published().empty()) continue;
    const std::string day = article->published_day();
    given.Add(day, raw.published());
    v1::RawArticle other = raw;
    other.set_published("n/a");
    if (const auto found = Prepared(other)) unreadable.Add(found->published_day(), day);
  }
  given.Print("news as given (text equal to the day)");
  unreadable.Print("news with an unreadable date: dates found in the text alone");
}

DateTally ReportPageDates(const std::string& name, const std::vector<GoldPage>& pages, const Options& options) {
  DateTally tally;
  std::map<std::string, size_t> missed;
  size_t shown = 0;
  for (const GoldPage& page : pages) {
    if (page.date.empty()) continue;
    v1::RawArticle raw;
    raw.set_html(RepairUtf8(page.html));
    raw.set_url(page.url);
    const auto article = Prepared(raw);
    const std::string day = article ? article->published_day() : "";
    tally.Add(day, page.date.substr(0, 10));
    if (day != page.date.substr(0, 10) && shown++ < options.sample) {
      missed[absl::StrFormat("%s: %s, known %s (%s)", page.key, day, page.date,
                             article ? Evidence(*article, "published_time") : "rejected")]++;
    }
  }
  tally.Print(name);
  std::cout << "\n";
  for (const auto& [line, count] : missed)
    std::cout << "- " << line << "\n";
  return tally;
}

void PrintDatesHeading() {
  std::cout
      << "## Dates\n\n| what | articles | dated | the known day | within a day | wrong |\n|---|---|---|---|---|---|\n";
}

struct LanguageTally {
  size_t texts = 0, right = 0, untold = 0, mixed = 0, wrong = 0;
  double confidence = 0, wrong_confidence = 0;

  void Add(const ingest::LanguageGuess& guess, std::string_view known) {
    ++texts;
    const bool is_right = guess.tag.substr(0, guess.tag.find('-')) == known;
    right += is_right ? 1 : 0;
    untold += guess.tag == "und" ? 1 : 0;
    mixed += guess.tag == "mul" ? 1 : 0;
    const bool is_wrong = !is_right && guess.tag != "und" && guess.tag != "mul";
    wrong += is_wrong ? 1 : 0;
    (is_wrong ? wrong_confidence : confidence) += is_wrong || is_right ? guess.confidence : 0;
  }

  void Print(const std::string& name) const {
    const auto share = [&](size_t count) { return 100.0 * static_cast<double>(count) / std::max<size_t>(texts, 1); };
    std::cout << absl::StrFormat("| %s | %d | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %.2f | %.2f |\n", name, texts,
                                 share(right), share(untold), share(mixed), share(wrong),
                                 confidence / static_cast<double>(std::max<size_t>(right, 1)),
                                 wrong_confidence / static_cast<double>(std::max<size_t>(wrong, 1)));
  }
};

void AddCuts(const std::string& title, const std::string& body, std::string_view known,
             std::map<std::string, LanguageTally>& tallies) {
  tallies[std::string(known) + ", title and body"].Add(ingest::DetectLanguage(title, body), known);
  tallies[std::string(known) + ", title alone"].Add(ingest::DetectLanguage(title, ""), known);
  for (const size_t bytes : {30, 60, 120, 300}) {
    tallies[absl::StrFormat("%s, first %03d bytes", std::string(known), bytes)].Add(
        ingest::DetectLanguage("", TruncateUtf8(body, bytes)), known);
  }
}

// Of each file two lines that are no text, then title and body: alone, and with an English text of the same size behind
// it, as two articles on one page.
void AddJapanese(const Corpus& corpus, std::map<std::string, LanguageTally>& tallies) {
  const auto tar = ReadZstd(DataDirectory() / "languages" / "livedoor-sample.tar.zst");
  if (!tar.ok()) return;
  size_t number = 0;
  for (const auto& [name, file] : ReadTar(*tar)) {
    size_t line = 0;
    for (int skipped = 0; skipped < 2; ++skipped)
      line = file.find('\n', line) + 1;
    const size_t title_end = std::min(file.find('\n', line), file.size());
    if (line == 0 || title_end + 1 >= file.size()) continue;
    const std::string title = file.substr(line, title_end - line), body = file.substr(title_end + 1);
    AddCuts(title, body, "ja", tallies);
    const std::string& other = corpus.articles[number++ % corpus.articles.size()].text();
    const size_t size = std::min(body.size(), other.size());
    const std::string half(TruncateUtf8(body, size));
    tallies["ja and en in halves: mixed is right"].Add(
        ingest::DetectLanguage("", half + "\n\n" + std::string(TruncateUtf8(other, size))), "mul");
  }
}

void PrintLanguages(const std::map<std::string, LanguageTally>& tallies) {
  std::cout << "\n## Language\n\n| what | texts | right | not told | mixed | wrong | confidence of right | of wrong |\n"
               "|---|---|---|---|---|---|---|---|\n";
  for (const auto& [name, tally] : tallies)
    tally.Print(name);
}

// How many figures the texts have.
size_t ReportFigures(const Corpus& corpus, const Options& options) {
  std::map<FigureKind, size_t> kinds;
  std::vector<std::string> samples;
  std::mt19937 random(options.seed);
  size_t figures = 0, with = 0, bytes = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (const v1::RawArticle& raw : corpus.articles) {
    const auto found = ReadFigures(raw.text(), {"en", ""}, 64);
    bytes += raw.text().size();
    with += found.empty() ? 0 : 1;
    for (const Figure& figure : found) {
      ++kinds[figure.kind];
      ++figures;
      const size_t from = figure.begin < 40 ? 0 : figure.begin - 40;
      const size_t place = figures <= options.sample ? samples.size() : random() % figures;
      if (place >= options.sample) continue;
      std::string line = FigureKey(figure) + " <- " + raw.text().substr(from, figure.end + 30 - from);
      std::replace(line.begin(), line.end(), '\n', ' ');
      if (place < samples.size())
        samples[place] = std::move(line);
      else
        samples.push_back(std::move(line));
    }
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  const auto count = static_cast<double>(std::max<size_t>(corpus.articles.size(), 1));
  std::cout << absl::StrFormat(
      "\n## Figures\n\n%.1f an article, %.1f %% of the articles have one; percentages %d, money %d, "
      "measures %d, counts %d; %.1f MB/s on one core.\n",
      static_cast<double>(figures) / count, 100 * static_cast<double>(with) / count, kinds[FigureKind::kPercent],
      kinds[FigureKind::kMoney], kinds[FigureKind::kMeasure], kinds[FigureKind::kCount],
      static_cast<double>(bytes) / 1e6 / spent.count());
  for (const std::string& sample : samples)
    std::cout << sample << "\n";
  return figures;
}

// The invented pages, all of whose dates are known, and a sentence whose figures are.
int Smoke(const Options& options) {
  Corpus corpus;
  corpus.articles.emplace_back().set_text(
      "The council of Harrowgate voted on Monday to raise the ferry fare by 3.5 per cent, to 12 pounds.");
  PrintDatesHeading();
  const DateTally dates = ReportPageDates("invented pages", LoadInventedPages(), options);
  std::map<std::string, LanguageTally> languages;
  AddCuts("", corpus.articles[0].text(), "en", languages);
  PrintLanguages(languages);
  const size_t figures = ReportFigures(corpus, options);
  const bool right =
      dates.articles > 0 && dates.same == dates.articles && figures == 2 && languages["en, title and body"].right == 1;
  if (!right) std::cerr << "what is derived from the invented pages is not what it should be\n";
  return right ? 0 : 1;
}

int Run(const Options& options) {
  if (options.smoke) return Smoke(options);
  auto corpus = LoadArticles(options.limit);
  if (!corpus.ok()) {
    std::cout << "skipped: " << corpus.status().message() << "\n";
    return 0;
  }
  PrintDatesHeading();
  ReportNewsDates(*corpus);
  if (const auto pages = LoadGoldPages("newspaper4k"); pages.ok())
    ReportPageDates("newspaper4k, whole pages", *pages, options);
  else
    std::cout << "\nnewspaper4k: skipped, " << pages.status().message() << "\n";
  std::map<std::string, LanguageTally> languages;
  for (const v1::RawArticle& raw : corpus->articles)
    AddCuts(raw.title(), raw.text(), "en", languages);
  AddJapanese(*corpus, languages);
  PrintLanguages(languages);
  ReportFigures(*corpus, options);
  return 0;
}

}  // namespace
}  // namespace broadsheet::benchmarks

int main(int argc, char** argv) {
  broadsheet::benchmarks::Options options;
  CLI::App app("What is derived from real news: dates, languages, figures");
  app.add_option("--limit", options.limit, "articles of news/allsides");
  app.add_option("--sample", options.sample, "figures and missed dates to print");
  app.add_option("--seed", options.seed, "of the sample");
  app.add_flag("--smoke", options.smoke, "only the invented pages of the tests; fails when they come out wrong");
  CLI11_PARSE(app, argc, argv);
  return broadsheet::benchmarks::Run(options);
}
