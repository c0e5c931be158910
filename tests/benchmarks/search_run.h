#pragma once

#include "benchmarks/report.h"
#include "benchmarks/search_setup.h"

// The whole mix of questions, in rounds that take turns. Each prints its tables to the details of the report.
namespace broadsheet::benchmarks {

// `rounds` times in turn: raw Xapian on two threads, a gRPC echo of the same reply, and the service with 1, 8 and 64
// questions outstanding; the ratios of the service to raw and to the combined limit 1 / (1/raw + 1/echo).
void CompareSearch(const SearchSetup& setup, Extras extras, Report& report);

// What ten snippets of long articles add to an answer, one call at a time.
void MeasureSnippets(const SearchSetup& setup, Report& report);

// What a range of dates adds to the time of an AND, one call at a time.
void MeasureDateRange(const SearchSetup& setup, Report& report);

}  // namespace broadsheet::benchmarks
