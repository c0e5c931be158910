#pragma once

#include <cstdint>
#include <string_view>

namespace broadsheet::ingest {

// Which words of a page's furniture (log in, privacy policy, cookies, newsletter, ...) a folded line has, a bit for
// each kind, in the languages that news pages mostly have. 0 for none. Linear.
uint32_t FurnitureWords(std::string_view folded);

// Whether a folded line is a heading over other articles, comments or topics, or a copyright notice: what stands behind
// it is hardly the article's.
bool EndsArticle(std::string_view folded);

}  // namespace broadsheet::ingest
