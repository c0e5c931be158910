#include "search/discover/restrictions.h"

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

}  // namespace

Filter WithoutCopiesOf(const v1::Article& article) {
  const std::string& original = article.copy_of().empty() ? article.id() : article.copy_of();
  Filter none;
  none.kind = FilterKind::kNoneOf;
  none.children = {About(FilterKind::kIn, FieldId::kId, {article.id()}),
                   About(FilterKind::kIn, FieldId::kOriginal, {original})};
  return none;
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
