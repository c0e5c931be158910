#include "ingest/pipeline/replay_change.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "common/text/unicode.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/protobuf/util/time_util.h"  // compares timestamps
#include "ingest/clean/learned_lines.h"

namespace broadsheet::ingest {
namespace {

using google::protobuf::util::MessageDifferencer;

constexpr int kExamples = 5;
constexpr size_t kExampleBytes = 200;

// What the rules do not make: identity, what the archive and the index decide, and what only says by what it was made.
bool IsMade(std::string_view field) {
  static const std::set<std::string_view> kOther = {"id",
                                                    "sequence",
                                                    "revision",
                                                    "updated_time",
                                                    "ingested_time",
                                                    "normaliser_version",
                                                    "boilerplate_version",
                                                    "copy_of",
                                                    "copy_similarity"};
  return kOther.count(field) == 0;
}

void AddChangedFields(const v1::Article& before, const v1::Article& after, v1::ReplayedArticle& change) {
  const auto* descriptor = v1::Article::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (!IsMade(field->name())) continue;
    MessageDifferencer differencer;
    if (!differencer.CompareWithFields(before, after, {field}, {field})) change.add_changed_fields(field->name());
  }
}

// Counts the lines of `text` that are not in `other`, as often as they are more often there.
int CountOwnLines(std::string_view text, std::string_view other,
                  google::protobuf::RepeatedPtrField<std::string>& examples) {
  std::unordered_map<std::string_view, int> others;
  for (std::string_view line : LinesOf(other))
    ++others[line];
  int own = 0;
  for (std::string_view line : LinesOf(text)) {
    if (auto found = others.find(line); found != others.end() && found->second > 0) {
      --found->second;
      continue;
    }
    if (++own <= kExamples) examples.Add(std::string(TruncateUtf8(line, kExampleBytes)));
  }
  return own;
}

void CountRules(const std::vector<v1::Edit>& edits, v1::ReplayedArticle& change) {
  RuleCounts counts;
  for (const v1::Edit& edit : edits) {
    v1::RuleCount& count = counts[edit.rule()];
    count.set_edits(count.edits() + 1);
    count.set_bytes_cut(count.bytes_cut() + edit.end() - edit.begin() -
                        static_cast<int64_t>(edit.replacement().size()));
  }
  for (auto& [rule, count] : counts) {
    count.set_rule(rule);
    count.set_articles(1);
    *change.add_rules() = count;
  }
}

bool IsWithin(bool has_start, const google::protobuf::Timestamp& start, bool has_end,
              const google::protobuf::Timestamp& end, bool has_time, const google::protobuf::Timestamp& time) {
  if (!has_start && !has_end) return true;
  return has_time && (!has_start || time >= start) && (!has_end || time < end);
}

}  // namespace

void DescribeChange(const v1::Article& before, const v1::Article& after, const std::vector<v1::Edit>& edits,
                    v1::ReplayedArticle& change) {
  change.set_article_id(before.id());
  change.set_revision(before.revision());
  change.set_sequence(before.sequence());
  change.set_title_before(before.title());
  change.set_title_after(after.title());
  change.set_body_bytes_before(static_cast<int64_t>(before.body().size()));
  change.set_body_bytes_after(static_cast<int64_t>(after.body().size()));
  if (before.body() != after.body()) {
    change.set_lines_removed(CountOwnLines(before.body(), after.body(), *change.mutable_removed()));
    change.set_lines_added(CountOwnLines(after.body(), before.body(), *change.mutable_added()));
  }
  if (before.has_published_time()) *change.mutable_published_time_before() = before.published_time();
  if (after.has_published_time()) *change.mutable_published_time_after() = after.published_time();
  change.set_language_before(before.language());
  change.set_language_after(after.language());
  change.set_duplicate_of_before(before.duplicate_of());
  change.set_duplicate_of_after(after.duplicate_of());
  change.set_normaliser_version_before(before.normaliser_version());
  AddChangedFields(before, after, change);
  CountRules(edits, change);
  const bool same_version = before.normaliser_version() == after.normaliser_version();
  change.set_outcome(!change.changed_fields().empty() ? v1::REPLAY_OUTCOME_CHANGED
                     : same_version                   ? v1::REPLAY_OUTCOME_UNCHANGED
                                                      : v1::REPLAY_OUTCOME_CONFIRMED);
}

void AddRules(const v1::ReplayedArticle& change, RuleCounts& counts) {
  for (const v1::RuleCount& one : change.rules()) {
    v1::RuleCount& all = counts[one.rule()];
    all.set_rule(one.rule());
    all.set_edits(all.edits() + one.edits());
    all.set_articles(all.articles() + one.articles());
    all.set_bytes_cut(all.bytes_cut() + one.bytes_cut());
  }
}

bool Matches(const v1::ReplayFilter& filter, const v1::Article& article) {
  const auto& sources = filter.sources();
  if (!sources.empty() && std::find(sources.begin(), sources.end(), article.source()) == sources.end()) return false;
  if (filter.normaliser_version_below() > 0 && article.normaliser_version() >= filter.normaliser_version_below()) {
    return false;
  }
  return IsWithin(filter.has_published_start(), filter.published_start(), filter.has_published_end(),
                  filter.published_end(), article.has_published_time(), article.published_time()) &&
         IsWithin(filter.has_ingested_start(), filter.ingested_start(), filter.has_ingested_end(),
                  filter.ingested_end(), article.has_ingested_time(), article.ingested_time());
}

}  // namespace broadsheet::ingest
