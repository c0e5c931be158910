#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// Finds the figures of title and body, at most 64 in all, and writes them into the article. Its title, body and
// language must be set; `region` (ISO 3166, may be empty) says whose dollars "$" are. Thread-safe.
void AddFigures(std::string_view region, v1::Article& article);

}  // namespace broadsheet::ingest
