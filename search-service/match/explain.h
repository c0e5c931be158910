#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "search/index/reader.h"
#include "search/match/page.h"
#include "search/query/search_query.h"
#include "search/query/terms.h"
#include "xapian.h"

namespace broadsheet::search {

// Says what each part of a query adds to the score of an article. The engine itself is asked, with the query of that
// part alone over that article alone, so that the weights add up to the score; what was added later is told by the
// parts of the score (score.h). Not thread-safe; one a call. Xapian's
// exceptions pass through.
class Explainer {
 public:
  // `reader` must outlive it, and stay on its snapshot. What is hidden at `now` (hidden.h) is in no frequency.
  Explainer(const SearchQuery& query, Reader& reader, absl::Time now);

  // `match` is one of a page by relevance.
  void Explain(const Match& match, const std::string& article_id, v1::Explanation& explanation) const;

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
    v1::MatchKind kind = v1::MATCH_KIND_EXACT;
    double scale = 1;
  };

  void Collect(const QueryNode& node, v1::MatchKind kind, double scale);
  Leaf LeafOf(const QueryNode& node, v1::MatchKind kind, double scale) const;
  void ExplainLeaf(const Leaf& leaf, Xapian::docid docid, const std::string& article_id,
                   v1::Explanation& explanation) const;
  double WeightOf(const Xapian::Query& query, const std::string& article_id) const;
  void AddPart(const Part& part, v1::MatchKind kind, double weight, Xapian::docid docid,
               v1::Explanation& explanation) const;

  Reader& reader_;
  const std::vector<Xapian::docid> hidden_;
  const SearchQuery& query_;
  const TermLookup lookup_;
  std::vector<Leaf> leaves_;
};

}  // namespace broadsheet::search
