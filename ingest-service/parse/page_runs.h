#pragma once

#include <vector>

#include "ingest/parse/page_tree.h"

namespace broadsheet::ingest {

// Text without a block boundary inside: a paragraph, a heading, a menu entry.
struct TextRun {
  int32_t block = 0;  // the innermost block around it
  int32_t begin = 0;  // its nodes, and all between them
  int32_t end = 0;
  int weight = 0;  // characters but for blanks; ideographs and kana count twice
  int linked = 0;  // the part of the weight that is inside links
  int stops = 0;   // commas, full stops and the like of any script
  bool ends_sentence = false;
};

// What a run adds to or takes from the belief that what is around it is the article.
struct Gain {
  double prose = 0;    // running text
  double junk = 0;     // labels, menu entries, lists of links
  int paragraphs = 0;  // of running text, marked up as such
};

// The runs of everything that is not dropped, in document order. Linear.
std::vector<TextRun> ReadRuns(const PageTree& tree);

Gain GainOf(const TextRun& run, const PageTree& tree);

// Sums for every node over what is inside it.
std::vector<Gain> SumGains(const std::vector<TextRun>& runs, const PageTree& tree);

}  // namespace broadsheet::ingest
