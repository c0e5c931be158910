#pragma once

#include <string>
#include <string_view>

// Text for terminals. Pure functions, thread-safe.
namespace broadsheet::cli {

// Without control characters (but for line feeds): what an article contains cannot steer the terminal.
std::string Printable(std::string_view text);

// Cells that the text takes on a terminal: two for each wide East Asian character, none for marks.
int Cells(std::string_view text);

// The text, cut with an ellipsis or filled with blanks, in exactly `cells` cells.
std::string Fit(std::string_view text, int cells);

// A bar of at most `cells` cells in steps of an eighth; at least an eighth when value is above 0.
std::string Bar(int64_t value, int64_t largest, int cells);

}  // namespace broadsheet::cli
