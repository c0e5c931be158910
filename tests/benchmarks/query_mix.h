#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "benchmarks/corpus.h"
#include "broadsheet/v1/search.pb.h"

// The questions to measure with.
namespace broadsheet::benchmarks {

enum class Operator { kAll, kAny, kPhrase };

struct MixQuery {
  std::string query_class;  // 1term, and, or, phrase, and+outlet, and+date, sortdate
  Operator op = Operator::kAll;
  std::vector<std::string> words;
  std::string outlet;                      // filter; empty: none
  absl::Time from = absl::InfinitePast();  // half-open range of published_time
  absl::Time until = absl::InfiniteFuture();
  bool newest_first = false;
};

// What is asked of an answer beside ten cards.
enum class Extras { kNone, kFacets, kSnippets };

// queries/news-mix.tsv of the data directory.
absl::StatusOr<std::vector<MixQuery>> LoadMix();

// A mix of the same classes over a made-up corpus.
std::vector<MixQuery> MakeUpMix(const Corpus& corpus);

// The same question to Broadsheet.
v1::SearchRequest RequestFor(const MixQuery& query, Extras extras);

}  // namespace broadsheet::benchmarks
