#pragma once

namespace broadsheet::search {

// What a score is made of: (words + exact_form + proximity) * recency * source.
struct ScoreParts {
  double words = 0;       // BM25 of the query, with the terms of query expansion
  double exact_form = 0;  // for the very words of the query
  double proximity = 0;   // for words of the query near each other
  double recency = 1;     // for the age
  double source = 1;      // for the outlet

  double Factor() const { return recency * source; }
  double Score() const { return (words + exact_form + proximity) * Factor(); }
};

}  // namespace broadsheet::search
