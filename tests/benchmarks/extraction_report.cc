#include "benchmarks/extraction_report.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "common/text/unicode.h"

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kMostOptional = 4;

std::string Fold(const std::string& text) {
  return absl::StrJoin(ScoredWords(FoldForMatch(text)), " ");
}

std::set<std::string> FoldNames(const std::vector<std::string>& names) {
  std::set<std::string> folded;
  for (const std::string& name : names) {
    const std::string listed = absl::StrReplaceAll(name, {{" and ", ","}, {";", ","}});
    for (const auto& part : absl::StrSplit(listed, ',')) {
      std::string one = Fold(std::string(part));
      if (!one.empty()) folded.insert(std::move(one));
    }
  }
  return folded;
}

bool IsOptional(const std::string& paragraph) {
  return paragraph.starts_with('[') && paragraph.ends_with(']');
}

// The gold text with each choice of its first optional paragraphs.
std::vector<std::string> References(const std::string& body) {
  const std::vector<std::string> paragraphs = absl::StrSplit(body, "\n\n");
  const size_t optional =
      std::min<size_t>(std::count_if(paragraphs.begin(), paragraphs.end(), IsOptional), kMostOptional);
  std::vector<std::string> references;
  for (size_t choice = 0; choice < size_t{1} << optional; ++choice) {
    std::string reference;
    size_t seen = 0;
    for (const std::string& paragraph : paragraphs) {
      const bool left_out = IsOptional(paragraph) && seen < optional && ((choice >> seen++) & 1) != 0;
      if (!left_out) absl::StrAppend(&reference, paragraph, "\n\n");
    }
    references.push_back(std::move(reference));
  }
  return references;
}

// Days between two dates; a lot when one is none.
int64_t DaysApart(const std::string& one, const std::string& other) {
  absl::CivilDay a, b;
  if (!absl::ParseCivilTime(one, &a) || !absl::ParseCivilTime(other, &b)) return 1'000'000;
  return std::abs(a - b);
}

std::string Share(int right, int all) {
  return all == 0 ? "-" : absl::StrFormat("%.3f", static_cast<double>(right) / all);
}

}  // namespace

Score ScorePage(const Extraction& extraction, const GoldPage& page, Measure measure) {
  if (measure == Measure::kShingles) return ShingleScore(extraction.text, page.body);
  Score best;
  for (const std::string& reference : References(page.body)) {
    const Score score = RougeLScore(extraction.text, reference);
    if (score.f1 >= best.f1) best = score;
  }
  return best;
}

void Count(const Extraction& extraction, const GoldPage& page, Measure measure, Tally& tally) {
  ++tally.pages;
  tally.text.Add(ScorePage(extraction, page, measure));
  tally.ms.push_back(extraction.ms);
  if (!page.title.empty() && ++tally.with_title > 0) tally.titles += Fold(extraction.title) == Fold(page.title) ? 1 : 0;
  const std::set<std::string> authors = FoldNames(page.authors);
  if (!authors.empty() && ++tally.with_authors > 0) tally.authors += FoldNames(extraction.authors) == authors ? 1 : 0;
  if (page.date.empty()) return;
  ++tally.with_date;
  const int64_t days = DaysApart(extraction.date, page.date);
  tally.dates += days == 0 ? 1 : 0;
  tally.near_dates += days <= 1 ? 1 : 0;
}

int HalfOf(const GoldPage& page) {
  return static_cast<int>(XXH3_64bits(page.key.data(), page.key.size()) & 1);
}

std::string HeadingOf(Measure measure) {
  const bool shingles = measure == Measure::kShingles;
  return absl::StrCat("| extractor | half | pages | precision | recall | ", shingles ? "F1" : "ROUGE-L F1",
                      " | ms | title | authors | date | date +-1 |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
}

std::string RowOf(const std::string& name, const std::string& half, const Tally& tally, Measure measure) {
  std::vector<double> ms = tally.ms;
  std::sort(ms.begin(), ms.end());
  const Score total = tally.text.Total();
  const double f1 = measure == Measure::kShingles ? total.f1 : tally.text.MeanF1();
  return absl::StrFormat("| %s | %s | %d | %.4f | %.4f | %.4f | %.1f | %s | %s | %s | %s |\n", name, half, tally.pages,
                         total.precision, total.recall, f1, ms.empty() ? 0 : ms[ms.size() / 2],
                         Share(tally.titles, tally.with_title), Share(tally.authors, tally.with_authors),
                         Share(tally.dates, tally.with_date), Share(tally.near_dates, tally.with_date));
}

}  // namespace broadsheet::benchmarks
