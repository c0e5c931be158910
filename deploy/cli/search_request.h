#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"

namespace broadsheet::cli {

struct SearchOptions {
  std::vector<std::string> words;
  std::vector<std::string> sources, sections, tags, authors, languages;
  std::vector<std::string> where;   // FIELD=VALUE
  std::string since, until;         // a day (UTC) or an RFC 3339 time; until is exclusive
  std::string order;                // relevance, newest or oldest; empty: the service's choice
  std::vector<std::string> facets;  // FIELD, or FIELD:INTERVAL for times, or FIELD:LIMIT for the others
  std::string group;                // FIELD or copies, or FIELD:HITS
  int per_source = 0;               // most hits of one source on a page; 0: as many as there are
  int limit = 10;
  std::string page_token;
  bool any_word = false;
  bool exact_words = false;
  bool no_copies = false;
  bool strict = false;
  std::string recency;  // a half-life: 30d, or 12h, 90m; empty: none
  bool expand = false;
  bool exact_total = false;
  bool explain = false;
  bool full = false;
  int64_t min_sequence = 0;
  bool json = false;
};

// The request that the options make. INVALID_ARGUMENT names the option at fault. Facets on a field that is also
// filtered are multi-select: they count as if that filter had not been given.
absl::StatusOr<v1::SearchRequest> MakeSearchRequest(const SearchOptions& options);

// Reads a day (UTC) or an RFC 3339 time. INVALID_ARGUMENT naming the option.
absl::Status SetTime(const std::string& option, const std::string& text, google::protobuf::Timestamp& timestamp);

}  // namespace broadsheet::cli
