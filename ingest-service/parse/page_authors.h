#pragma once

#include <string>
#include <vector>

namespace broadsheet::ingest {

// The names in bylines and author fields: without "By", addresses, offices and dates; lists taken apart; none twice.
// What cannot be a name is left out, and so is the name of the outlet (`site`, may be empty). Thread-safe.
std::vector<std::string> CleanAuthors(const std::vector<std::string>& bylines, const std::vector<std::string>& sites);

}  // namespace broadsheet::ingest
