#pragma once

#include <cstddef>
#include <optional>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/parse/rejection.h"

namespace broadsheet::ingest {

// Bounds of an article's content, in bytes.
struct ContentLimits {
  size_t text_bytes = size_t{1} << 20;  // text, Markdown, and the text taken from HTML
  size_t html_bytes = size_t{2} << 20;
};

// Checks a raw article against the limits that article.proto states. Empty when it may go on.
std::optional<Rejection> Validate(const v1::RawArticle& article, const ContentLimits& limits, absl::Time received);

}  // namespace broadsheet::ingest
