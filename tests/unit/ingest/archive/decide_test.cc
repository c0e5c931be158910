#include "ingest/archive/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <tuple>
#include <utility>

#include "unit/ingest/archive/records.h"

namespace broadsheet::ingest {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

// The rules' own idea of an archive: maps, written as the archive writes its tables.
class MapStanding : public Standing {
 public:
  absl::StatusOr<std::optional<Head>> FindHead(std::string_view id) override {
    auto found = heads.find(std::string(id));
    if (found == heads.end()) return std::nullopt;
    return found->second;
  }
  absl::StatusOr<std::string> FindAlias(AliasKind kind, std::string_view key) override {
    auto found = aliases.find({kind, std::string(key)});
    return found == aliases.end() ? std::string() : found->second;
  }
  absl::StatusOr<std::optional<Head>> FindText(std::string_view text_hash, std::string_view except_id,
                                               absl::Time found_by) override {
    std::optional<Head> best;
    for (const auto& [id, head] : heads) {
      if (head.deleted || head.text_hash != text_hash || id == except_id) continue;
      if (auto hidden = embargoes.find(id); hidden != embargoes.end() && hidden->second > found_by) continue;
      auto order = [](const Head& h) { return std::pair(!h.duplicate_of.empty(), h.text_since); };
      if (!best.has_value() || order(head) < order(*best)) best = head;
    }
    return best;
  }

  v1::IngestResult Write(const Draft& draft, absl::Time now = kNoon) {
    ArticleRecord record = RecordOf(draft);
    Decision decision = DecideArticle(record, now, *this).value();
    if (!decision.writes) return decision.result;
    Head head{.id = decision.result.article_id(),
              .sequence = ++last_sequence,
              .revision = decision.result.revision(),
              .updated_time = decision.updated_time,
              .raw_hash = record.raw_hash,
              .text_hash = record.withheld ? "" : record.text_hash,
              .text_since = decision.same_text ? decision.before->text_since : last_sequence,
              .duplicate_of = decision.result.duplicate_of()};
    heads[head.id] = head;
    embargoes[head.id] = record.embargo_time.value_or(absl::InfinitePast());
    for (const Alias& alias : decision.new_aliases) {
      EXPECT_TRUE(aliases.emplace(std::pair(alias.kind, alias.key), head.id).second) << alias.key;
    }
    decision.result.set_sequence(last_sequence);
    return decision.result;
  }

  v1::IngestResult Delete(const DeletionRecord& record, absl::Time now = kNoon) {
    Decision decision = DecideDeletion(record, now, *this).value();
    if (!decision.writes) return decision.result;
    heads[decision.result.article_id()] = Head{.id = decision.result.article_id(),
                                               .sequence = ++last_sequence,
                                               .revision = decision.result.revision(),
                                               .deleted = true,
                                               .updated_time = decision.updated_time};
    decision.result.set_sequence(last_sequence);
    return decision.result;
  }

  std::map<std::string, Head> heads;
  std::map<std::string, absl::Time> embargoes;  // by id: of the version that stands
  std::map<std::pair<AliasKind, std::string>, std::string> aliases;
  int64_t last_sequence = 0;
};

class DecideTest : public ::testing::Test {
 protected:
  v1::Outcome Write(const Draft& draft, absl::Time now = kNoon) { return standing.Write(draft, now).outcome(); }
  v1::Outcome Delete(const DeletionRecord& record, absl::Time now = kNoon) {
    return standing.Delete(record, now).outcome();
  }
  MapStanding standing;
};

TEST_F(DecideTest, FirstVersionIsCreatedAndLaterOnesAreUpdatedWithGrowingRevisions) {
  v1::IngestResult first = standing.Write({.id = "a", .text = "one"});
  v1::IngestResult second = standing.Write({.id = "a", .text = "two"});
  EXPECT_EQ(first.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(first.revision(), 1);
  EXPECT_EQ(second.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(second.revision(), 2);
}

TEST_F(DecideTest, SameWriteIsUnchangedWithTheSequenceThatStands) {
  v1::IngestResult first = standing.Write({.id = "a"});
  v1::IngestResult again = standing.Write({.id = "a"});
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(again.sequence(), first.sequence());
  EXPECT_EQ(again.revision(), 1);
  EXPECT_EQ(again.article_id(), "a");
}

TEST_F(DecideTest, UnchangedIsDecidedBeforeStale) {
  // Received with a clock that stands before the version's own time: by time alone it would be stale.
  Draft draft{.id = "a"};
  Write(draft, kNoon);
  EXPECT_EQ(Write(draft, kNoon - absl::Hours(1)), v1::OUTCOME_UNCHANGED);
}

TEST_F(DecideTest, OlderUpdatedTimeIsStaleAndSaysWhatStands) {
  v1::IngestResult first = standing.Write({.id = "a", .text = "new", .updated = kNoon});
  v1::IngestResult late = standing.Write({.id = "a", .text = "old", .updated = kNoon - absl::Seconds(1)});
  EXPECT_EQ(late.outcome(), v1::OUTCOME_STALE);
  EXPECT_EQ(late.reason(), v1::REASON_NEWER_VERSION_STANDS);
  EXPECT_EQ(late.sequence(), first.sequence());
  EXPECT_EQ(late.revision(), 1);
}

TEST_F(DecideTest, EqualUpdatedTimeWithOtherContentLetsTheLaterArrivalWin) {
  Write({.id = "a", .text = "one", .updated = kNoon});
  EXPECT_EQ(Write({.id = "a", .text = "two", .updated = kNoon}), v1::OUTCOME_UPDATED);
}

TEST_F(DecideTest, NoUpdatedTimeMeansTheTimeOfReceipt) {
  Write({.id = "a", .text = "one"}, kNoon);
  EXPECT_EQ(Write({.id = "a", .text = "two", .updated = kNoon - absl::Seconds(1)}, kNoon), v1::OUTCOME_STALE);
  EXPECT_EQ(Write({.id = "a", .text = "two", .updated = kNoon + absl::Seconds(1)}, kNoon), v1::OUTCOME_UPDATED);
  EXPECT_EQ(Write({.id = "a", .text = "three"}, kNoon), v1::OUTCOME_STALE);
}

TEST_F(DecideTest, UpdatedTimeMayBeADayAheadAndNoMore) {
  EXPECT_EQ(Write({.id = "a", .updated = kNoon + absl::Hours(24)}), v1::OUTCOME_CREATED);
  v1::IngestResult result = standing.Write({.id = "b", .updated = kNoon + absl::Hours(24) + absl::Seconds(1)});
  EXPECT_EQ(result.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(result.reason(), v1::REASON_UPDATED_IN_FUTURE);
  EXPECT_EQ(result.field(), "updated_time");
  EXPECT_EQ(Delete(DeletionOf("a", kNoon + absl::Hours(25))), v1::OUTCOME_REJECTED);
}

TEST_F(DecideTest, TombstoneMakesOlderVersionsStale) {
  Write({.id = "a", .text = "one", .updated = kNoon - absl::Hours(2)});
  EXPECT_EQ(Delete(DeletionOf("a", kNoon)), v1::OUTCOME_DELETED);
  EXPECT_EQ(Write({.id = "a", .text = "two", .updated = kNoon - absl::Hours(1)}), v1::OUTCOME_STALE);
  EXPECT_EQ(Write({.id = "a", .text = "one", .updated = kNoon - absl::Hours(2)}), v1::OUTCOME_STALE);
  EXPECT_EQ(Write({.id = "a", .text = "two", .updated = kNoon}), v1::OUTCOME_CREATED);
}

TEST_F(DecideTest, IdenticalContentAfterADeletionIsCreatedUnderTheSameIdWithTheNextRevision) {
  std::string id = standing.Write({.url = "https://lundmark.example/1"}).article_id();
  Delete(DeletionOf(id));
  v1::IngestResult again = standing.Write({.url = "https://lundmark.example/1"});
  EXPECT_EQ(again.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(again.article_id(), id);
  EXPECT_EQ(again.revision(), 3);
}

TEST_F(DecideTest, DeletingWhatIsNotThereIsUnchangedNotFound) {
  v1::IngestResult never = standing.Delete(DeletionOf("a"));
  EXPECT_EQ(never.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(never.reason(), v1::REASON_NOT_FOUND);
  EXPECT_EQ(never.sequence(), 0);
  EXPECT_EQ(never.article_id(), "a");
  Write({.id = "a"});
  v1::IngestResult deleted = standing.Delete(DeletionOf("a"));
  EXPECT_EQ(deleted.outcome(), v1::OUTCOME_DELETED);
  EXPECT_EQ(deleted.revision(), 2);
  v1::IngestResult again = standing.Delete(DeletionOf("a", kNoon + absl::Hours(1)));
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(again.reason(), v1::REASON_NOT_FOUND);
  EXPECT_EQ(again.sequence(), deleted.sequence());
}

TEST_F(DecideTest, OlderDeletionIsStale) {
  Write({.id = "a", .updated = kNoon});
  EXPECT_EQ(Delete(DeletionOf("a", kNoon - absl::Seconds(1))), v1::OUTCOME_STALE);
  EXPECT_EQ(Delete(DeletionOf("a", kNoon)), v1::OUTCOME_DELETED);
}

TEST_F(DecideTest, DeletionFindsTheArticleByItsUrlAndByALaterCallerId) {
  Write({.url = "https://lundmark.example/1", .text = "one"});
  Write({.id = "own", .url = "https://lundmark.example/1", .text = "two"});
  EXPECT_EQ(Delete(DeletionOf("own")), v1::OUTCOME_DELETED);
  Write({.id = "own", .text = "three"});
  EXPECT_EQ(Delete(DeletionOfUrl("https://lundmark.example/1")), v1::OUTCOME_DELETED);
  EXPECT_EQ(Delete(DeletionOfUrl("https://lundmark.example/2")), v1::OUTCOME_UNCHANGED);
}

TEST_F(DecideTest, IdentityIsTheCallersIdElseTheUrlElseTheContent) {
  EXPECT_EQ(standing.Write({.id = "own", .url = "https://lundmark.example/1"}).article_id(), "own");
  std::string by_url = standing.Write({.url = "https://lundmark.example/2", .text = "b"}).article_id();
  EXPECT_EQ(by_url, DeriveId(AliasKind::kUrl, "https://lundmark.example/2"));
  std::string by_content = standing.Write({.text = "c"}).article_id();
  EXPECT_EQ(by_content, DeriveId(AliasKind::kContent, Hash128Hex("key c")));
}

TEST_F(DecideTest, DerivedIdsHaveTheReservedPrefixAnd26LettersAndDigits) {
  EXPECT_THAT(DeriveId(AliasKind::kUrl, "x"), MatchesRegex("bs-[0-9a-hjkmnp-tv-z]{26}"));
  EXPECT_NE(DeriveId(AliasKind::kUrl, "x"), DeriveId(AliasKind::kContent, "x"));
  // Stored on disk: this one must never change.
  EXPECT_EQ(DeriveId(AliasKind::kUrl, "https://lundmark.example/1"), "bs-g5jgb9gqs8ngnwj8ax2h3g03ag");
}

TEST_F(DecideTest, IdentityOnceFixedIsNeverDerivedAgain) {
  std::string id = standing.Write({.url = "https://lundmark.example/1", .text = "one"}).article_id();
  v1::IngestResult named = standing.Write({.id = "own", .url = "https://lundmark.example/1", .text = "two"});
  EXPECT_EQ(named.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(named.article_id(), id);
  EXPECT_EQ(standing.Write({.id = "own", .text = "three"}).article_id(), id);
  // A new URL of a known id leads to it from now on.
  EXPECT_EQ(standing.Write({.id = "own", .url = "https://lundmark.example/moved", .text = "four"}).article_id(), id);
  EXPECT_EQ(standing.Write({.url = "https://lundmark.example/moved", .text = "five"}).article_id(), id);
}

TEST_F(DecideTest, ContentIdentifiesOnlyWhatHasNeitherIdNorUrl) {
  std::string id = standing.Write({.text = "same"}).article_id();
  EXPECT_EQ(Write({.text = "same"}), v1::OUTCOME_UNCHANGED);
  v1::IngestResult named = standing.Write({.id = "own", .text = "same"});
  EXPECT_EQ(named.article_id(), "own");
  EXPECT_EQ(named.outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_EQ(named.duplicate_of(), id);
}

TEST_F(DecideTest, KeysThatLeadToTwoArticlesAreRejectedWithBothIds) {
  Write({.id = "a", .url = "https://lundmark.example/a", .text = "a"});
  Write({.id = "b", .url = "https://lundmark.example/b", .text = "b"});
  v1::IngestResult result = standing.Write({.id = "a", .url = "https://lundmark.example/b", .text = "c"});
  EXPECT_EQ(result.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(result.reason(), v1::REASON_IDENTITY_CONFLICT);
  EXPECT_THAT(result.message(), AllOf(HasSubstr("article a "), HasSubstr("article b;")));
  EXPECT_EQ(result.sequence(), 0);
}

TEST_F(DecideTest, SameTextUnderAnotherIdIsADuplicateOfTheOriginal) {
  Write({.id = "a"});
  for (std::string id : {"b", "c"}) {
    v1::IngestResult copy = standing.Write({.id = id});
    EXPECT_EQ(copy.outcome(), v1::OUTCOME_DUPLICATE);
    EXPECT_EQ(copy.duplicate_of(), "a");
  }
}

TEST_F(DecideTest, RewritingTheOriginalLeavesItTheOriginal) {
  Write({.id = "a"});
  Write({.id = "b"});
  v1::IngestResult again = standing.Write({.id = "a", .title = "Harbour open"});
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_THAT(again.duplicate_of(), IsEmpty());
}

TEST_F(DecideTest, RewritingACopyLeavesItACopy) {
  Write({.id = "a"});
  Write({.id = "b"});
  v1::IngestResult again = standing.Write({.id = "b", .title = "Harbour open"});
  EXPECT_EQ(again.outcome(), v1::OUTCOME_DUPLICATE);
  EXPECT_EQ(again.duplicate_of(), "a");
  EXPECT_EQ(again.revision(), 2);
}

TEST_F(DecideTest, TextThatIsGoneMakesNoCopies) {
  Write({.id = "a", .text = "one"});
  Write({.id = "a", .text = "two"});
  EXPECT_EQ(Write({.id = "b", .text = "one"}), v1::OUTCOME_CREATED);
  Delete(DeletionOf("b"));
  EXPECT_EQ(Write({.id = "c", .text = "one"}), v1::OUTCOME_CREATED);
}

TEST_F(DecideTest, WithoutTheOriginalTheOldestCopyTakesItsPlace) {
  Write({.id = "a"});
  Write({.id = "c"});
  Write({.id = "b"});
  Delete(DeletionOf("a"));
  EXPECT_EQ(standing.Write({.id = "d"}).duplicate_of(), "c");
  EXPECT_EQ(Write({.id = "c", .title = "Harbour open"}), v1::OUTCOME_UPDATED);
  EXPECT_EQ(standing.Write({.id = "e"}).duplicate_of(), "c");
}

TEST_F(DecideTest, AnOriginalThatComesBackIsNoCopyOfItsCopies) {
  Write({.id = "a"});
  Write({.id = "b"});
  Delete(DeletionOf("a"));
  EXPECT_EQ(Write({.id = "a"}), v1::OUTCOME_CREATED);
  EXPECT_EQ(standing.Write({.id = "c"}).duplicate_of(), "a");
}

TEST_F(DecideTest, CopiesNeverPointInACircle) {
  // Random writes, changes and deletions of three articles with two texts.
  std::vector<std::pair<std::string, std::string>> steps;
  for (std::string id : {"a", "b", "c"}) {
    for (std::string text : {"one", "two", ""})
      steps.emplace_back(id, text);
  }
  uint64_t random = 12345;
  for (int round = 0; round < 3000; ++round) {
    MapStanding world;
    for (int step = 0; step < 12; ++step) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      const auto& [id, text] = steps[(random >> 33) % steps.size()];
      if (text.empty()) {
        world.Delete(DeletionOf(id));
      } else {
        world.Write({.id = id, .title = "version " + std::to_string(step), .text = text});
      }
      for (const auto& [start, head] : world.heads) {
        int hops = 0;
        for (std::string at = start; !at.empty() && hops < 10; ++hops)
          at = world.heads[at].duplicate_of;
        ASSERT_LT(hops, 10) << "circle from " << start;
      }
    }
  }
}

TEST_F(DecideTest, NothingIsACopyOfWhatReadersDoNotFindYet) {
  Write({.id = "held", .text = "same", .embargo = kNoon + absl::Hours(2)});
  v1::IngestResult early = standing.Write({.id = "early", .text = "same"}, kNoon + absl::Hours(1));
  EXPECT_EQ(early.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(early.duplicate_of(), "");
  EXPECT_EQ(standing.Write({.id = "late", .text = "same"}, kNoon + absl::Hours(3)).duplicate_of(), "held");
}

TEST_F(DecideTest, OfTwoUnderEmbargoTheOneThatIsFoundLaterIsTheCopy) {
  Write({.id = "first", .text = "same", .embargo = kNoon + absl::Hours(2)});
  v1::IngestResult later = standing.Write({.id = "later", .text = "same", .embargo = kNoon + absl::Hours(4)});
  EXPECT_EQ(later.duplicate_of(), "first");
  EXPECT_EQ(standing.Write({.id = "sooner", .text = "same", .embargo = kNoon + absl::Hours(1)}).duplicate_of(), "");
}

TEST_F(DecideTest, NothingIsACopyOfWhatIsWithheld) {
  Write({.id = "kept-back", .text = "same", .withheld = true});
  EXPECT_EQ(Write({.id = "other", .text = "same"}), v1::OUTCOME_CREATED);
}

TEST_F(DecideTest, DerivationKeepsIdentityRevisionAndTimeOfWhatItWasMadeFrom) {
  v1::IngestResult written = standing.Write({.id = "a", .text = "one", .updated = kNoon});
  EnrichedArticle made = Enrich({.id = "a", .text = "ONE"});
  Decision decision = DecideDerivation(MakeDerivation(made, "a", written.sequence(), kNoon, Dictionaries()),
                                       kNoon + absl::Hours(1), standing)
                          .value();
  EXPECT_TRUE(decision.writes);
  EXPECT_EQ(decision.result.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(decision.result.revision(), 1);
  EXPECT_EQ(decision.updated_time, kNoon);
  EXPECT_THAT(decision.new_aliases, IsEmpty());
}

TEST_F(DecideTest, DerivationOfWhatStandsNoMoreIsStale) {
  v1::IngestResult first = standing.Write({.id = "a", .text = "one"});
  const DerivationRecord made =
      MakeDerivation(Enrich({.id = "a", .text = "ONE"}), "a", first.sequence(), kNoon, Dictionaries());
  Write({.id = "a", .text = "two"});
  Decision late = DecideDerivation(made, kNoon, standing).value();
  EXPECT_FALSE(late.writes);
  EXPECT_EQ(late.result.outcome(), v1::OUTCOME_STALE);
  EXPECT_EQ(late.result.sequence(), 2);
  Delete(DeletionOf("a"));
  EXPECT_EQ(DecideDerivation(made, kNoon, standing).value().result.outcome(), v1::OUTCOME_STALE);
}

TEST_F(DecideTest, DerivationFindsOutAnewWhatItIsACopyOf) {
  Write({.id = "original", .text = "same"});
  v1::IngestResult other = standing.Write({.id = "other", .text = "same, share this"});
  auto made = [&](const char* text) {
    return MakeDerivation(Enrich({.text = text}), "other", other.sequence(), kNoon, Dictionaries());
  };
  EXPECT_EQ(DecideDerivation(made("same"), kNoon, standing).value().result.duplicate_of(), "original");
  EXPECT_EQ(DecideDerivation(made("alone"), kNoon, standing).value().result.duplicate_of(), "");
}

TEST_F(DecideTest, RejectionKeepsItsReasonFieldAndMessage) {
  Decision decision = DecideRejection({v1::REASON_EMPTY_CONTENT, "text", "there is no content"});
  EXPECT_FALSE(decision.writes);
  EXPECT_EQ(decision.result.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(decision.result.reason(), v1::REASON_EMPTY_CONTENT);
  EXPECT_EQ(decision.result.field(), "text");
  EXPECT_EQ(decision.result.message(), "there is no content");
}

}  // namespace
}  // namespace broadsheet::ingest
