#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "ingest/enrich/head.h"
#include "ingest/normalise/normal_article.h"

namespace broadsheet::ingest {

// When an article was published, and where that came from. ORIGIN_NONE without a time.
struct Publication {
  std::optional<absl::Time> time;
  bool day_only = false;  // only the day is known: `time` is its beginning in UTC
  v1::Origin origin = v1::ORIGIN_NONE;
  std::string evidence;  // the words read and how they were understood, or why there is no date; empty for an instant
                         // that was given
  absl::CivilDay day;    // of `time`, by the clock of the outlet
  std::string day_evidence;  // the words that name the day, when those of `time` do not; else empty
};

// The first of these that is a date which can be true: the writer's instant, the writer's words, what the page has for
// programs to read, the day in the URL, what the page shows, a line at the top of the text that is nothing but a date.
// The evidence says why the ones before it are none. Words that give a time of day on the day in the URL are taken
// before it. The day is the one that the words say; of an instant in UTC the one that the URL or the page names, if it
// was that day anywhere on earth; else the one in UTC. `head` is ReadHead of the body; `language` a tag, or empty.
// Thread-safe.
Publication FindPublication(const NormalArticle& article, const std::vector<HeadLine>& head, std::string_view language,
                            absl::Time received);

}  // namespace broadsheet::ingest
