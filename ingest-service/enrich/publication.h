#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/enrich/head.h"
#include "ingest/normalise/normal_article.h"

namespace broadsheet::ingest {

// When an article was published, and where that came from. ORIGIN_NONE without a time.
struct Publication {
  std::optional<absl::Time> time;
  v1::Origin origin = v1::ORIGIN_NONE;
  std::string evidence;  // the words read, or why there is no date; empty for an instant that was given
};

// The writer's instant, else the writer's words; when neither was given the markup's words, else a line at the top of
// the text that is nothing but a date. What the writer gave and cannot be read or cannot be true leaves the article
// undated: a date is never invented against the writer's word. `head` is ReadHead of the body. Thread-safe.
Publication FindPublication(const NormalArticle& article, const std::vector<HeadLine>& head, absl::Time received);

}  // namespace broadsheet::ingest
