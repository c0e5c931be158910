#pragma once

#include <string>
#include <string_view>
#include <vector>

// Running text to words with what FindProperNames must know of each. Internal to it.
namespace broadsheet::ingest {

struct ScannedWord {
  std::string_view text;         // without the punctuation around it; of an abbreviation with its period
  std::string lower;             // of a word with a capital: its first letter, or all of it, in lower case
  bool capital = false;          // "Alder", "O'Brien", "al-Bahr"
  bool shout = false;            // all capitals: "NATO"
  bool begins_sentence = false;  // or a quotation
  bool ends_run = false;         // punctuation or a possessive follows: no name goes on
};

// The words of the lines that are running text: none of headings, lists, and lines in capitals. The last word of a line
// ends a run. Views into `body`. Pure, thread-safe.
std::vector<ScannedWord> ScanRunningText(std::string_view body);

}  // namespace broadsheet::ingest
