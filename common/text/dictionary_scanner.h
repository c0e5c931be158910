#pragma once

#include <cstddef>
#include <string_view>

#include "common/text/token_sink.h"

// Internal to common/text.
namespace broadsheet {

// Gives the words of the run of Thai, Lao, Khmer or Burmese that begins at `begin` to the sink, as ICU's dictionary
// parts them. Returns where the run ends.
size_t ScanDictionaryWords(std::string_view text, size_t begin, TokenSink& sink);

}  // namespace broadsheet
