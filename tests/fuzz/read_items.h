#pragma once

#include <string_view>

#include "cli/source.h"

namespace broadsheet::fuzz {

// Reads bytes as a file of a format to its end. Each item must be a request, its strings valid UTF-8, or say why it is
// none; a broken item costs at least a byte, so that there is an end.
void ReadItems(std::string_view input, cli::Format format);

}  // namespace broadsheet::fuzz
