#pragma once

#include "benchmarks/corpus.h"
#include "benchmarks/report.h"
#include "benchmarks/search_setup.h"
#include "benchmarks/service_pair.h"

// How long searches take while something else wants the processors.
namespace broadsheet::benchmarks {

// `rounds` times in turn: searches alone, beside threads of the lowest priority that do nothing, then beside a writer
// that sends `articles_per_second` new articles, which are committed meanwhile; with 1 and 8 outstanding.
void MeasureWhileIngesting(const SearchSetup& setup, const Corpus& corpus, double articles_per_second,
                           ServicePair& services, Report& report);

// `rounds` times in turn: light searches (one word, no facets) one at a time alone, beside threads of the lowest
// priority that do nothing, then beside 16 outstanding heavy ones (any of several words, three exact facets).
void MeasureLightBesideHeavy(const SearchSetup& setup, Report& report);

}  // namespace broadsheet::benchmarks
