#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "search/query/filter.h"

// Filters that no caller has to write. Pure, thread-safe.
namespace broadsheet::search {

// All but this article, the one that it is a copy of, and all copies of either.
Filter WithoutCopiesOf(const v1::Article& article);

// Every one of `filters`, at least one.
Filter AllOf(std::vector<Filter> filters);

// Published from `min` to `max`, microseconds, both inclusive.
Filter PublishedFrom(int64_t min, int64_t max);

}  // namespace broadsheet::search
