#include "search/discover/copies.h"

#include <utility>

namespace broadsheet::search {
namespace {

Filter About(FilterKind kind, FieldId field, std::vector<std::string> values) {
  Filter filter;
  filter.kind = kind;
  filter.field = &GetField(field);
  filter.values = std::move(values);
  return filter;
}

Filter NoneOf(std::vector<Filter> filters) {
  Filter none;
  none.kind = FilterKind::kNoneOf;
  none.children = std::move(filters);
  return none;
}

}  // namespace

const std::string& OriginalOf(const v1::Article& article) {
  return article.duplicate_of().empty() ? article.id() : article.duplicate_of();
}

Filter WithoutCopies() {
  return NoneOf({About(FilterKind::kExists, FieldId::kDuplicateOf, {})});
}

Filter WithoutCopiesOf(const v1::Article& article) {
  const std::string& original = OriginalOf(article);
  return NoneOf({About(FilterKind::kIn, FieldId::kId, {article.id(), original}),
                 About(FilterKind::kIn, FieldId::kDuplicateOf, {original})});
}

Filter AllOf(std::vector<Filter> filters) {
  Filter all;
  all.children = std::move(filters);
  return all;
}

Filter PublishedFrom(int64_t min, int64_t max) {
  Filter range = About(FilterKind::kTimeRange, FieldId::kPublishedTime, {});
  range.min = min;
  range.max = max;
  return range;
}

}  // namespace broadsheet::search
