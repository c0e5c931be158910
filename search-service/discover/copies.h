#pragma once

#include <string>

#include "broadsheet/v1/article.pb.h"
#include "search/query/filter.h"

// Copies as filters. Pure, thread-safe.
namespace broadsheet::search {

// The article that this one is a copy of; its own id when it is an original.
const std::string& OriginalOf(const v1::Article& article);

// All but copies.
Filter WithoutCopies();

// All but this article, its original and the other copies of that.
Filter WithoutCopiesOf(const v1::Article& article);

// Every one of `filters`.
Filter AllOf(std::vector<Filter> filters);

// Published from `min` to `max`, microseconds, both inclusive.
Filter PublishedFrom(int64_t min, int64_t max);

}  // namespace broadsheet::search
