#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "ingest/enrich/head.h"

namespace broadsheet::ingest {

// A title and where it came from.
struct FoundTitle {
  std::string title;
  v1::Origin origin = v1::ORIGIN_UNSPECIFIED;
  std::string evidence;
  const HeadLine* line = nullptr;  // the line of the head that says it and is to go from the body; null when none
  size_t begin = 0;                // bytes of the body that say it at the beginning of the first paragraph, and are to
  size_t end = 0;                  // go; none when equal
};

// Finds the title: the one given, the markup's, the first line of the head that looks like one, words that were run
// into a dateline ("Title. CITY (Agency) - "), a headline under the first paragraph that says the same as that, or the
// beginning of the running text in at most about a hundred bytes. `head` is ReadHead(body). Never empty for a body with
// letters.
FoundTitle FindTitle(std::string_view given, std::string_view markup, std::string_view body,
                     const std::vector<HeadLine>& head);

}  // namespace broadsheet::ingest
