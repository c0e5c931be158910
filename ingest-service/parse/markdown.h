#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "ingest/parse/html.h"

namespace broadsheet::ingest {

// Takes the text out of Markdown (GitHub flavour): links become their words, pictures go, lists keep "- " or their
// numbers, table rows become lines with " | " between cells; HTML blocks are read as HTML. The first heading of level 1
// is the markup's title and stays in the text. INTERNAL when md4c has no memory, else what ReadHtml says. Thread-safe.
absl::StatusOr<MarkupText> ReadMarkdown(std::string_view markdown);

}  // namespace broadsheet::ingest
