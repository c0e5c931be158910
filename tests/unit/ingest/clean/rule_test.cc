#include "ingest/clean/rule.h"

#include <gtest/gtest.h>

#include <set>

#include "ingest/clean/clean.h"
#include "unit/ingest/clean/clean_text.h"
#include "unit/ingest/clean/rule_examples.h"

namespace broadsheet::ingest {
namespace {

bool HasEditOf(std::string_view rule, const EditedText& text) {
  for (const TextEdit& edit : text.edits()) {
    if (edit.rule == rule) return true;
  }
  return false;
}

std::string RulesOf(const EditedText& text) {
  std::string rules;
  for (const TextEdit& edit : text.edits())
    rules += std::string(edit.rule) + " ";
  return rules;
}

std::vector<RuleExample> AllExamples() {
  std::vector<RuleExample> all;
  for (auto examples : {CharacterExamples(), LineExamples(), BlockExamples(), PunctuationExamples()})
    all.insert(all.end(), examples.begin(), examples.end());
  return all;
}

TEST(RuleTest, DoesWhatItsExamplesSay) {
  for (const RuleExample& example : AllExamples()) {
    const EditedText cleaned = CleanText(example.dirty);
    EXPECT_EQ(cleaned.text(), example.clean) << example.rule << " on " << example.dirty;
    EXPECT_TRUE(HasEditOf(example.rule, cleaned)) << example.rule << ": " << RulesOf(cleaned) << "on " << example.dirty;
    EXPECT_EQ(ApplyEdits(example.dirty, cleaned.edits()), cleaned.text());
  }
}

TEST(RuleTest, LeavesAloneWhatItsCounterexamplesSay) {
  for (const RuleCounterexample& example : Counterexamples()) {
    const EditedText cleaned = CleanText(example.text);
    EXPECT_FALSE(HasEditOf(example.rule, cleaned)) << example.rule << " on " << example.text;
  }
}

TEST(RuleTest, EveryRuleHasANameASentenceAnExampleAndACounterexample) {
  std::set<std::string_view> examples, counterexamples, ids;
  for (const RuleExample& example : AllExamples())
    examples.insert(example.rule);
  for (const RuleCounterexample& example : Counterexamples())
    counterexamples.insert(example.rule);
  for (const CleaningPass& pass : CleaningPasses()) {
    ASSERT_FALSE(pass.rules.empty());
    for (const CleaningRule& rule : pass.rules) {
      EXPECT_TRUE(ids.insert(rule.id).second) << rule.id << " names two rules";
      EXPECT_TRUE(rule.description.ends_with('.')) << rule.id;
      EXPECT_TRUE(examples.contains(rule.id)) << rule.id << " has no example";
      EXPECT_TRUE(counterexamples.contains(rule.id)) << rule.id << " has no counterexample";
    }
  }
  for (const std::string_view rule : examples)
    EXPECT_TRUE(ids.contains(rule)) << rule << " is no rule";
  for (const std::string_view rule : counterexamples)
    EXPECT_TRUE(ids.contains(rule)) << rule << " is no rule";
}

TEST(RuleTest, NamesOnlyRulesOfItsPass) {
  for (const RuleExample& example : AllExamples()) {
    EditedText text(example.dirty);
    for (const CleaningPass& pass : CleaningPasses()) {
      const std::vector<Change> changes = pass.find(text.text());
      size_t done = 0;
      for (const Change& change : changes) {
        ASSERT_LE(done, change.begin) << "overlap on " << example.dirty;
        ASSERT_LE(change.begin, change.end);
        ASSERT_LE(change.end, text.text().size());
        done = change.end;
        const bool known = change.rule.empty() || std::any_of(pass.rules.begin(), pass.rules.end(),
                                                              [&](const auto& rule) { return rule.id == change.rule; });
        EXPECT_TRUE(known) << change.rule;
      }
      text.Apply(pass.rules.front().id, changes);
    }
  }
}

TEST(RuleTest, CleaningTwiceChangesNothingMore) {
  for (const RuleExample& example : AllExamples()) {
    const std::string once = CleanText(example.dirty).text();
    EXPECT_EQ(CleanText(once).text(), once) << example.rule;
  }
}

}  // namespace
}  // namespace broadsheet::ingest
