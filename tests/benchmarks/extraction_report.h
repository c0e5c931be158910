#pragma once

#include <array>
#include <string>
#include <vector>

#include "benchmarks/extraction_score.h"
#include "benchmarks/gold_pages.h"

// What extractors make of pages, held against what people say the pages contain.
namespace broadsheet::benchmarks {

// What one extractor found on one page; empty where it found nothing.
struct Extraction {
  std::string page;  // the key of the page
  std::string text;
  std::string title;
  std::vector<std::string> authors;
  std::string date;  // "2025-06-21", in the page's own time zone
  double ms = 0;
};

// Which measure a set of pages is scored by: four-word shingles, or ROUGE-L where paragraphs in brackets are optional
// (the best of leaving out any of the first four of them counts).
enum class Measure { kShingles, kRougeL };

Score ScorePage(const Extraction& extraction, const GoldPage& page, Measure measure);

// How often one extractor was right on the pages of one half of a set.
struct Tally {
  ScoreAverage text;
  int pages = 0;
  int titles = 0, with_title = 0;
  int authors = 0, with_authors = 0;
  int dates = 0, near_dates = 0, with_date = 0;  // near: at most a day off
  std::vector<double> ms;
};

// Titles agree when their letters and digits do, whatever their case; authors when the sets of names do in that way.
void Count(const Extraction& extraction, const GoldPage& page, Measure measure, Tally& tally);

// Pages fall into two halves by a hash of their keys. The even one (0) was tuned on.
int HalfOf(const GoldPage& page);

// "| name | pages | F1 | ... |", and the heading of such a table.
std::string HeadingOf(Measure measure);
std::string RowOf(const std::string& name, const std::string& half, const Tally& tally, Measure measure);

}  // namespace broadsheet::benchmarks
