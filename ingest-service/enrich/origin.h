#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// Notes where a field's value came from, or why it has none. At most 200 bytes of `evidence` are kept, whole
// characters.
void AddOrigin(std::string_view field, v1::Origin origin, std::string_view evidence, v1::Article& article);

}  // namespace broadsheet::ingest
