#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// Authors in the order given: clean, without a leading "By", "A Writer and B Writer" taken apart where both look like
// names of persons, no one twice (case and accents aside). Without quotation marks around a name, and without what is
// plainly markup.
std::vector<std::string> NormaliseAuthors(const std::vector<std::string_view>& authors);

// Values of a list in the order given: clean, none empty, none twice (case and accents aside).
std::vector<std::string> NormaliseTags(const std::vector<std::string_view>& tags);

}  // namespace broadsheet::ingest
