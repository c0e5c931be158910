#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

namespace broadsheet::ingest {

// UTF-8 that was once read as Windows-1252 and written again ("â€™" for ’, "Ã©" for é) -> what it was. Only where the
// bytes make whole characters again; short pairs that are letters of some language too need other such damage beside
// them. Wants valid UTF-8.
std::vector<Change> FindMojibake(std::string_view text);
std::span<const CleaningRule> MojibakeRules();

}  // namespace broadsheet::ingest
