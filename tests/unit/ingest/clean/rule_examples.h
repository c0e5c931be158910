#pragma once

#include <string>
#include <string_view>
#include <vector>

// What each rule of cleaning does and what it leaves alone. Every rule of the table has at least one example of each.
namespace broadsheet::ingest {

struct RuleExample {
  std::string_view rule;
  std::string dirty;
  std::string clean;  // what all rules together make of it; an edit of `rule` is among theirs
};

struct RuleCounterexample {
  std::string_view rule;
  std::string text;  // which `rule` leaves alone
};

// Two paragraphs of an article, to stand above and below the line in question.
extern const std::string kAbove;
extern const std::string kBelow;

// `lines` between the two paragraphs.
std::string Between(std::string_view lines);

std::vector<RuleExample> CharacterExamples();
std::vector<RuleExample> LineExamples();
std::vector<RuleExample> BlockExamples();
std::vector<RuleExample> PunctuationExamples();
std::vector<RuleCounterexample> Counterexamples();

}  // namespace broadsheet::ingest
