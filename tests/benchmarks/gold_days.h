#pragma once

#include <string>
#include <string_view>

namespace broadsheet::benchmarks {

// Whether a page has that day ("2025-06-21") in any form that a program could read it in: in numbers, year, month or
// day first, with any of the usual separators or none; with an English month, whole or of three letters; as Unix
// seconds or milliseconds of that day anywhere on earth. Whatever it is the date of: where the answer is no, nobody can
// read it.
bool StandsOn(std::string_view page, const std::string& day);

}  // namespace broadsheet::benchmarks
