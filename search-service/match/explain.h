#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "search/index/reader.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// Says what each part of a query adds to the score of an article. The engine itself is asked, with the query of that
// part alone over that article alone, so that the weights add up to the score. Not thread-safe; one a call. Xapian's
// exceptions pass through.
class Explainer {
 public:
  // `reader` must outlive it, and stay on its snapshot. What is under embargo at `now` is in no frequency.
  Explainer(const SearchQuery& query, Reader& reader, absl::Time now);

  void Explain(Xapian::docid docid, const std::string& article_id, v1::Explanation& explanation) const;

 private:
  // What is weighed as one: a term, or terms of which any will do.
  struct Part {
    Xapian::Query query;
    std::vector<std::string> terms;  // of the index
    bool prefix = false;             // `terms` is the beginning of such terms
  };
  struct Leaf {
    Xapian::Query query;
    std::vector<Part> parts;
  };

  double WeightOf(const Xapian::Query& query, const std::string& article_id) const;
  void AddPart(const Part& part, double weight, Xapian::docid docid, v1::Explanation& explanation) const;

  Reader& reader_;
  const std::vector<Xapian::docid> embargoed_;
  std::vector<Leaf> leaves_;
};

}  // namespace broadsheet::search
