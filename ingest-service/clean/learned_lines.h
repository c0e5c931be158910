#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ingest/clean/edited_text.h"

// Boilerplate that was learned: lines that many different articles of one source have. What is learned and when is
// decided elsewhere (ingest/learn); here such lines are known, and cut.
namespace broadsheet::ingest {

// The rule in whose name they are cut.
inline constexpr std::string_view kLearnedRule = "learned-boilerplate";

// The name under which the lines of a source are kept: the source as it is matched (case and accents folded), else the
// host of the URL without "www."; empty when there is neither, and then nothing is learned. Stored on disk.
std::string SourceKey(std::string_view source, std::string_view url);

// The id of a line: of its bytes alone, never 0. Stored on disk and in articles: never change it.
uint64_t LineId(std::string_view line);

// The lines of a clean text: paragraphs, items of lists and rows of tables.
std::vector<std::string_view> LinesOf(std::string_view text);

// The lines in force at one moment. Immutable, hence thread-safe.
class LearnedLines {
 public:
  using Lines = absl::flat_hash_set<uint64_t>;

  LearnedLines() = default;
  LearnedLines(int64_t version, absl::flat_hash_map<std::string, Lines> sources)
      : version_(version), sources_(std::move(sources)) {}

  // Grows with every change; 0 when nothing has been learned yet.
  int64_t version() const { return version_; }

  // The lines of a source; null when it has none.
  const Lines* Find(std::string_view source_key) const;

  // Lines of all sources.
  size_t size() const;

 private:
  int64_t version_ = 0;
  absl::flat_hash_map<std::string, Lines> sources_;
};

// Whether a line could be boilerplate at all, whoever has it: not a quotation, not long, with a letter, and nothing
// that may name who wrote or said something ("Jane Doe, Some Paper").
bool MayBeBoilerplate(std::string_view line);

// Whether a line reads as running text, for which more evidence is wanted.
bool IsRunningText(std::string_view line);

// What was cut, and where.
struct LearnedCuts {
  std::vector<Change> changes;
  std::vector<uint64_t> lines;  // ids, without repetition, ascending
};

// The lines of a clean text to cut because `lines` has them; the paragraphs around them stay apart as they were. A line
// stays if it carries the story: most of its longer words are in the title, or a figure of it occurs elsewhere in the
// text. Everything stays if nothing would be left. Linear.
LearnedCuts FindLearnedLines(std::string_view text, std::string_view title, const LearnedLines::Lines& lines);

}  // namespace broadsheet::ingest
