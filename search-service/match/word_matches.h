#pragma once

#include <map>
#include <string>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/search_caches.h"
#include "search/query/query_syntax.h"
#include "search/query/terms.h"
#include "xapian.h"

namespace broadsheet::search {

// Says how the words of one query were met in the articles of one page: each by its best. One a call; not thread-safe.
// Xapian's exceptions pass through.
class WordMatches {
 public:
  // `query` is rewritten (query/rewrite.h). `docids` are those of the page, in any order; `columns` those of the
  // reader's snapshot, or none. All but the docids must outlive it.
  WordMatches(const ParsedQuery& query, const TermLookup& lookup, const Reader& reader, const ColumnSet& columns,
              SearchCaches& caches, std::vector<Xapian::docid> docids);

  // Sets match_kind and matched_words.
  void Describe(Xapian::docid docid, v1::SearchHit& hit);

 private:
  // One way to meet a word.
  struct Option {
    v1::MatchKind kind = v1::MATCH_KIND_EXACT;
    std::string form;
    std::vector<std::string> terms;  // all are needed, in this order, with at most `distance` other words among them
    uint32_t distance = 0;
    bool prefix = false;  // any term that begins with the one
  };
  // A word of the query, or several that something stands for together: their own ways come first.
  struct Unit {
    std::string word;
    std::vector<Option> options;  // best first
    std::vector<Unit> parts;
  };

  void Collect(const QueryNode& node, std::vector<Unit>& units) const;
  Unit UnitOf(const QueryNode& leaf) const;
  void AddOptions(const QueryNode& leaf, v1::MatchKind at_best, Unit& unit) const;
  bool Meet(const Unit& unit, Xapian::docid docid, std::vector<v1::MatchedWord>& met);
  bool Holds(const Option& option, Xapian::docid docid, std::string& form);
  bool Has(const std::string& term, Xapian::docid docid);
  bool StandInOrder(const Option& option, Xapian::docid docid) const;

  const TermLookup& lookup_;
  const Reader& reader_;
  const ColumnSet& columns_;
  SearchCaches& caches_;
  std::vector<Xapian::docid> docids_;
  std::vector<Unit> units_;
  std::map<std::string, std::vector<Xapian::docid>> known_;  // by term: the articles of the page that have it
};

}  // namespace broadsheet::search
