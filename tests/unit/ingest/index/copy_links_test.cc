#include "ingest/index/copy_links.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/schema/field.h"
#include "copy_links_index.h"
#include "event_log.h"
#include "ingest/index/document_builder.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

class CopyLinksTest : public testing::TestWithParam<std::tuple<int, int, int>> {
 protected:
  IndexEvent RandomEvent() {
    const std::string id = absl::StrCat("article-", random_() % 40);
    const auto stands = standing_.find(id);
    if (random_() % 4 == 0) {
      log_.Delete(id);
    } else if (stands != standing_.end() && random_() % 5 == 0) {
      log_.Write(id, "The same text once more", stands->second.article.body());
    } else {
      log_.Write(id, "A title", RandomBody(), RandomEmbargo());
    }
    const int64_t sequence = log_.last_sequence();
    return log_.Reader()(sequence - 1, {sequence, 1, 0})->front();
  }

  // Of three reports: more or less of the text is the same, or all, or there is nothing but a short line.
  std::string RandomBody() {
    if (random_() % 8 == 0) return absl::StrCat("A short line ", random_() % 2);
    const int replaced = random_() % 3 == 0 ? 0 : static_cast<int>(random_() % 14);
    return Report(static_cast<int>(random_() % 3), replaced, random_);
  }

  std::optional<absl::Time> RandomEmbargo() {
    if (random_() % 4 != 0) return std::nullopt;
    return TestStart() + absl::Seconds(random_() % 400);
  }

  void ExpectAsFound(Index& index, size_t max_band_articles, bool whole_documents) {
    const std::map<std::string, Link> copies = FindCopies(standing_, max_band_articles);
    for (const auto& [id, event] : standing_) {
      const v1::Article card = index.Card(id);
      const auto copy = copies.find(id);
      const bool is_copy = copy != copies.end();
      copies_seen_ += is_copy ? 1 : 0;
      ASSERT_EQ(card.copy_of(), is_copy ? copy->second.id : "") << id;
      ASSERT_FLOAT_EQ(card.copy_similarity(), is_copy ? static_cast<float>(copy->second.similarity) : 0) << id;
      if (!whole_documents) continue;
      v1::Article whole = event.article;
      whole.set_copy_of(card.copy_of());
      whole.set_copy_similarity(card.copy_similarity());
      ExpectBuiltAs(whole, index.Describe(id));
    }
  }

  // Apart from its bands, a document is what it would be if the article had said so itself.
  static void ExpectBuiltAs(const v1::Article& article, Described parts) {
    const Xapian::Document document = BuildDocument(article);
    ASSERT_EQ(parts["data"], document.get_data());
    ASSERT_EQ(parts["slot 14"], document.get_value(14));
    std::set<std::string> terms, wanted;
    for (const auto& [name, part] : parts) {
      const std::string term = name.starts_with("term ") ? name.substr(5) : "";
      const bool is_original_band = term.starts_with(kOriginalBandPrefix),
                 is_copy_band = term.starts_with(kCopyBandPrefix);
      ASSERT_FALSE(article.copy_of().empty() ? is_copy_band : is_original_band) << article.id() << " " << term;
      if (!term.empty() && !is_original_band && !is_copy_band) terms.insert(term);
    }
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term)
      wanted.insert(*term);
    ASSERT_EQ(terms, wanted);
  }

  support::TempDirectory directory_;
  std::mt19937 random_{static_cast<unsigned>(std::get<0>(GetParam()))};
  EventLog log_;
  std::map<std::string, IndexEvent> standing_;
  int copies_seen_ = 0;
};

TEST_P(CopyLinksTest, AgreeWithAPlainLoopAfterEachEventAndWithAnyOtherOrder) {
  const auto limit = static_cast<Xapian::doccount>(std::get<1>(GetParam()));
  const int shard_events = std::get<2>(GetParam());
  Index index(directory_.path() / "live", limit);
  std::set<std::string> known;
  for (int i = 0; i < 300; ++i) {
    const IndexEvent event = RandomEvent();
    index.Apply(event);
    const bool deleted = event.kind == IndexEvent::Kind::kDelete;
    if (deleted) standing_.erase(event.article_id);
    if (!deleted) standing_[event.article.id()] = event;
    known.insert(deleted ? event.article_id : event.article.id());
    if (i % 6 == 5 && !standing_.empty()) {
      const std::string id = std::next(standing_.begin(), random_() % standing_.size())->first;
      index.Remove(id);
      standing_.erase(id);
      known.erase(id);
    }
    if (i % 7 == 0) index.Commit();
    if (i % shard_events == shard_events - 1) index.Freeze();
    ASSERT_NO_FATAL_FAILURE(ExpectAsFound(index, limit, i % 10 == 0)) << "after event " << event.sequence;
    ASSERT_EQ(index.Count(), known.size());
  }
  EXPECT_GT(copies_seen_, 300);

  Index other(directory_.path() / "other", limit);
  std::vector<const IndexEvent*> events;
  for (const auto& [id, event] : standing_)
    events.push_back(&event);
  std::shuffle(events.begin(), events.end(), random_);
  for (const IndexEvent* event : events)
    other.Apply(*event);
  for (const auto& [id, event] : standing_)
    ASSERT_EQ(index.Describe(id), other.Describe(id)) << id;
}

TEST_P(CopyLinksTest, WhatWasLostIsRestoredAndAllAgreeWhateverCameMeanwhile) {
  const auto limit = static_cast<Xapian::doccount>(std::get<1>(GetParam()));
  Index index(directory_.path() / "live", limit);
  std::map<std::string, IndexEvent> lost;
  const auto restore = [&](const std::string& id) {
    if (auto event = lost.extract(id); !event.empty()) index.Restore(event.mapped());
  };
  for (int i = 0; i < 600; ++i) {
    const IndexEvent event = RandomEvent();
    const bool deleted = event.kind == IndexEvent::Kind::kDelete;
    const std::string id = deleted ? event.article_id : event.article.id();
    restore(id);
    index.Apply(event);
    if (deleted) standing_.erase(id);
    if (!deleted) standing_[id] = event;
    if (i % 60 == 20) {  // about half of them
      for (const auto& [one, standing] : standing_) {
        if (random_() % 2 == 0) lost[one] = standing;
      }
      for (const auto& [one, standing] : lost)
        index.Lose(one);
    }
    if (i % 60 < 30 && !lost.empty() && random_() % 3 == 0)
      restore(std::next(lost.begin(), random_() % lost.size())->first);
    if (i % std::get<2>(GetParam()) == 5) index.Freeze();
    if (i % 60 != 50) continue;
    while (!lost.empty())
      restore(std::next(lost.begin(), random_() % lost.size())->first);
    ASSERT_NO_FATAL_FAILURE(ExpectAsFound(index, limit, true)) << "after event " << event.sequence;
  }
  EXPECT_GT(copies_seen_, 30);
}

TEST_P(CopyLinksTest, AnOldMarkIsFoundAndMadeRight) {
  const auto limit = static_cast<Xapian::doccount>(std::get<1>(GetParam()));
  Index index(directory_.path() / "live", limit);
  for (int round = 0; round < 5; ++round) {
    std::map<std::string, Xapian::Document> before;
    std::map<std::string, int64_t> sequences;
    for (const auto& [id, event] : standing_) {
      before[id] = Xapian::Document::unserialise(index.DocumentOf(id).serialise());  // read whole
      sequences[id] = event.sequence;
    }
    for (int i = 0; i < 40; ++i) {
      const IndexEvent event = RandomEvent();
      index.Apply(event);
      if (event.kind == IndexEvent::Kind::kDelete) standing_.erase(event.article_id);
      if (event.kind == IndexEvent::Kind::kArticle) standing_[event.article.id()] = event;
    }
    index.Freeze();
    for (const auto& [id, document] : before) {
      const auto stands = standing_.find(id);
      if (stands != standing_.end() && stands->second.sequence == sequences[id]) index.PutBack(id, document);
    }
    for (const auto& [id, event] : standing_)
      index.Recheck(id);
    ASSERT_NO_FATAL_FAILURE(ExpectAsFound(index, limit, true)) << round;
  }
}

INSTANTIATE_TEST_SUITE_P(SeedsLimitsAndShards, CopyLinksTest,
                         testing::Combine(testing::Values(1, 2), testing::Values(3, 6, 1'000),
                                          testing::Values(23, 1'000)));

class CopyLinksOfOneReport : public testing::Test {
 protected:
  CopyLinksOfOneReport() : index_(directory_.path() / "index", kMaxBandArticles) {}

  void Write(const std::string& id, const std::string& body, std::optional<absl::Time> embargo = std::nullopt) {
    log_.Write(id, "A title", body, embargo);
    ApplyLast();
  }
  void Delete(const std::string& id) {
    log_.Delete(id);
    ApplyLast();
  }
  void ApplyLast() {
    const int64_t sequence = log_.last_sequence();
    index_.Apply(log_.Reader()(sequence - 1, {sequence, 1, 0})->front());
  }
  std::string CopyOf(const std::string& id) { return index_.Card(id).copy_of(); }
  std::string Text(int replaced) { return Report(0, replaced, random_); }

  support::TempDirectory directory_;
  Index index_;
  EventLog log_;
  std::mt19937 random_{5};
};

TEST_F(CopyLinksOfOneReport, CopiesFindAnotherOriginalWhenTheirsGoes) {
  for (const char* id : {"first", "second", "third"})
    Write(id, Text(1));
  EXPECT_EQ(CopyOf("first"), "");
  EXPECT_EQ(CopyOf("second"), "first");
  EXPECT_EQ(CopyOf("third"), "first");
  Delete("first");
  EXPECT_EQ(CopyOf("second"), "");
  EXPECT_EQ(CopyOf("third"), "second");
  Write("second", "Something else altogether");
  EXPECT_EQ(CopyOf("third"), "");
}

TEST_F(CopyLinksOfOneReport, ACorrectedOriginalStaysTheOriginal) {
  Write("first", Text(0));
  Write("second", Text(1));
  Write("first", Text(2));
  EXPECT_EQ(CopyOf("first"), "");
  EXPECT_EQ(CopyOf("second"), "first");
}

TEST_F(CopyLinksOfOneReport, NothingPointsToWhatReadersFindLater) {
  Write("held", Text(0), TestStart() + absl::Hours(1));
  Write("open", Text(0));
  EXPECT_EQ(CopyOf("open"), "");
  EXPECT_EQ(CopyOf("held"), "open");
  Write("held", Text(0));
  EXPECT_EQ(CopyOf("open"), "held") << "the embargo was lifted, and it came first";
  EXPECT_EQ(CopyOf("held"), "");
}

// Two others tell the beginning and the end of a report anew: they are like it, and not like each other. That it is a
// copy itself by now was told to nobody while it was lost.
TEST_F(CopyLinksOfOneReport, ACopyOfWhatComesBackAsACopyIsFoundAgain) {
  const std::string report = Text(0);
  const auto retold = [&](size_t begin, int way) {
    std::vector<std::string> words = absl::StrSplit(report, ' ');
    for (size_t i = begin; i < begin + 14; ++i)
      words[i] = absl::StrCat("way", way, "x", i);
    return absl::StrJoin(words, " ");
  };
  const auto key_of = [](const std::string& text) {
    v1::Article article;
    article.set_body(text);
    return MakeCopyKey(article, TestStart(), 1);
  };
  const auto are_alike = [&](const std::string& one, const std::string& other) {
    return SimilarityOf(key_of(one), key_of(other)) >= kCopySimilarity;
  };
  const auto meet = [&](const std::string& one, const std::string& other) {
    const auto bands = BandsOf(key_of(one)), others = BandsOf(key_of(other));
    return std::find_first_of(bands.begin(), bands.end(), others.begin(), others.end()) != bands.end();
  };
  std::string begins_anew, ends_anew;
  for (int way = 0; way < 1'000; ++way) {
    begins_anew = retold(0, way);
    ends_anew = retold(106, way);
    if (are_alike(begins_anew, report) && are_alike(ends_anew, report) && !meet(begins_anew, ends_anew)) break;
  }
  Write("middle", report, TestStart() + absl::Hours(1));
  const IndexEvent middle = log_.Reader()(0, {1, 1, 0})->front();
  Write("late", ends_anew, TestStart() + absl::Hours(2));
  ASSERT_EQ(CopyOf("late"), "middle");
  index_.Lose("middle");
  Write("early", begins_anew);
  index_.Restore(middle);
  ASSERT_EQ(CopyOf("middle"), "early");
  EXPECT_EQ(CopyOf("late"), "") << "what it was a copy of is none of the originals any more";
}

TEST_F(CopyLinksOfOneReport, TheSameTextIsFoundHoweverShortAndHoweverOften) {
  const Xapian::doccount many = kMaxBandArticles + 20;
  for (Xapian::doccount i = 0; i < many; ++i)
    Write(absl::StrCat("article-", i), Text(0));
  EXPECT_EQ(CopyOf(absl::StrCat("article-", many - 1)), "article-0");
  Write("near", Text(1));
  EXPECT_EQ(CopyOf("near"), "") << "by now the text is a form";
  Delete("article-0");
  EXPECT_EQ(CopyOf(absl::StrCat("article-", many - 1)), "article-1");
  Write("a", "A short line");
  Write("b", "A short line");
  EXPECT_EQ(CopyOf("b"), "a");
  EXPECT_EQ(index_.Card("b").copy_similarity(), 1);
}

}  // namespace
}  // namespace broadsheet::ingest
