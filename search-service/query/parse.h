#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "search/query/query_syntax.h"

namespace broadsheet::search {

// How words beside each other combine.
enum class MatchMode { kAllWords, kAnyWord };

// Reads a query as people type it:
//   flood jakarta        both words (kAllWords) or one of them (kAnyWord)
//   "flood in jakarta"   these words side by side; also in curly, German, French and Japanese quotation marks
//   "flood"              this very form
//   -flood, NOT flood    without it
//   a OR b, a | b        one of them; binds looser than words beside each other
//   a AND b              both, in either mode
//   +a b c               in kAnyWord: a and one of the others; in both: a, be it a stop word
//   (a OR b) c           brackets
//   flood*               words that begin so (the 100 most frequent ones)
//   wom?n, labo*r        words that fit: ? is one letter, * any number (the 100 most frequent ones)
//   "a b"~3              these words in this order with at most 3 others among them
//   a NEAR/5 b           with at most 5 words between them, in any order; NEAR alone: 10
//   a SENTENCE b, a PARAGRAPH b   in one sentence or paragraph; between words and phrases, as NEAR is
//   title:flood, title:"a b", title:(a OR b)   only in that field
//   figure:"3.5 per cent"   articles with this figure, however they write it
//   published:2025-12-24..   from that day on, for the whole query; -published:2025 not in that year (days.h)
// Words that the tokenizer splits ("think-tank") are phrases. Stop words are left out where other words are left; "WHO"
// in capitals is none. What cannot be read so is taken as words or left out, and noted.
//
// `text` must be valid UTF-8. INVALID_ARGUMENT on field "query" for a text over a limit (reasons QUERY_BYTES,
// QUERY_TERMS, QUERY_DEPTH, QUERY_PREFIXES, QUERY_DISTANCE) or not in UTF-8 (QUERY_ENCODING). Pure, thread-safe.
absl::StatusOr<ParsedQuery> ParseQuery(std::string_view text, MatchMode mode);

}  // namespace broadsheet::search
