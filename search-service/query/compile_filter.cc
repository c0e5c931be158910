#include <algorithm>

#include "common/schema/encoding.h"
#include "common/schema/term.h"
#include "search/query/column_range.h"
#include "search/query/compile.h"

namespace broadsheet::search {
namespace {

using Xapian::Query;

// Never Query::MatchAll: threads share it, and it has tombstones.
Query UnweightedArticles() {
  return Query(std::string(kArticleTerm));
}

Query AnyOf(const std::vector<Query>& parts) {
  return Query(Query::OP_OR, parts.begin(), parts.end());
}

Query AnyOfTerms(const std::vector<std::string>& terms) {
  return AnyOf({terms.begin(), terms.end()});
}

std::vector<std::string> TermsOfValues(const Filter& filter) {
  std::vector<std::string> terms;
  for (const std::string& value : filter.values) {
    terms.push_back(filter.field != nullptr ? KeywordTerm(*filter.field, value)
                                            : AttributeTerm(filter.attribute, value));
  }
  return terms;
}

// An empty slot is below every bound, since no bound is empty: undated articles are in no range.
Query CompileRange(const Filter& filter, const ColumnSet* columns) {
  if (filter.min > filter.max) return Query();
  if (columns != nullptr && HasNumbers(*filter.field)) {
    return InColumnRange(*columns, *filter.field, filter.min, filter.max);
  }
  std::string first = EncodeNumber(filter.min);
  std::string last = EncodeNumber(filter.max);
  // Whatever sequence stands after the time.
  if (filter.field->encoding == SlotEncoding::kTimeSequence) last.append(kNumberBytes, '\xff');
  return Query(Query::OP_VALUE_RANGE, static_cast<Xapian::valueno>(filter.field->slot), first, last);
}

std::vector<Query> CompileEach(const std::vector<Filter>& filters, const ColumnSet* columns) {
  std::vector<Query> queries;
  for (const Filter& filter : filters)
    queries.push_back(CompileFilter(filter, columns));
  return queries;
}

}  // namespace

std::vector<std::string> TermsOf(const Filter& filter) {
  if (filter.kind == FilterKind::kIn) return TermsOfValues(filter);
  // Every article has an id, so presence of it needs no term of its own.
  const bool always = filter.field != nullptr && filter.field->id == FieldId::kId;
  return {always ? std::string(kArticleTerm) : PresenceTerm(filter.FieldName())};
}

bool HasRanges(const Filter& filter) {
  const bool range = filter.kind == FilterKind::kTimeRange || filter.kind == FilterKind::kNumberRange;
  if (range) return HasNumbers(*filter.field);
  return std::any_of(filter.children.begin(), filter.children.end(), HasRanges);
}

Query CompileFilter(const Filter& filter, const ColumnSet* columns) {
  switch (filter.kind) {
    case FilterKind::kIn:
    case FilterKind::kExists:
      return AnyOfTerms(TermsOf(filter));
    case FilterKind::kNotIn:
      return Query(Query::OP_AND_NOT, UnweightedArticles(), AnyOfTerms(TermsOfValues(filter)));
    case FilterKind::kTimeRange:
    case FilterKind::kNumberRange:
      return CompileRange(filter, columns);
    case FilterKind::kAllOf: {
      std::vector<Query> parts = CompileEach(filter.children, columns);
      return Query(Query::OP_AND, parts.begin(), parts.end());
    }
    case FilterKind::kAnyOf:
      return AnyOf(CompileEach(filter.children, columns));
    case FilterKind::kNoneOf:
      return Query(Query::OP_AND_NOT, UnweightedArticles(), AnyOf(CompileEach(filter.children, columns)));
  }
  return Query();
}

}  // namespace broadsheet::search
