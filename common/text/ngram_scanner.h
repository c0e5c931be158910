#pragma once

#include <cstddef>
#include <string_view>

#include "common/text/token_sink.h"

// Internal to common/text.
namespace broadsheet {

// Gives the characters and pairs of the CJK run that begins at `begin` to the sink. Returns where the run ends.
size_t ScanNgrams(std::string_view text, size_t begin, TokenSink& sink);

}  // namespace broadsheet
