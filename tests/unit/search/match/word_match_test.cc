#include "search/match/word_match.h"

#include <gmock/gmock.h>

#include "common/index/xapian_status.h"
#include "search/match/engine_match.h"
#include "search/match/length_weights.h"
#include "search/match/matching.h"
#include "search/match/page.h"
#include "search/query/compile.h"
#include "search/query/parse.h"
#include "unit/search/match/two_shards.h"

// The engine, with its own posting lists and weights, is what WordMatch must equal.
namespace broadsheet::search {
namespace {

constexpr Xapian::doccount kWanted = 30;
constexpr double kRounding = 1e-10;  // of RoundedWeight

// From words that half of the articles have to one that nearly none has.
const std::vector<std::string> kSpread = {"alva", "brin", "cost", "drel", "emb"};
const std::vector<int> kOneIn = {2, 3, 8, 60, 700};

// Gives an article words of the spread, some of them often.
v1::Article WithSpread(Corpus& random, v1::Article article) {
  std::string more;
  for (size_t i = 0; i < kSpread.size(); ++i) {
    if (random.Roll(kOneIn[i]) > 0) continue;
    for (int times = 1 + random.Roll(4) * random.Roll(4); times > 0; --times)
      more += " " + kSpread[i];
  }
  article.set_body(article.body() + more + " " + random.Text(random.Roll(120)));
  return article;
}

std::string Word(Corpus& random) {
  if (random.Roll(6) == 0) return kWords[static_cast<size_t>(random.Roll(3))];
  return kSpread[static_cast<size_t>(random.Roll(static_cast<int>(kSpread.size())))];
}

std::string Words(Corpus& random, int most, const std::string& join) {
  std::string text = Word(random);
  for (int i = random.Roll(most); i > 0; --i)
    text += join + (random.Roll(9) == 0 ? "title:" : "") + Word(random);
  return text;
}

// WithSpread gives words in the order of the spread, some of them repeated.
std::string Phrase(Corpus& random) {
  int at = random.Roll(4);
  std::string text = (random.Roll(9) == 0 ? "title:\"" : "\"") + kSpread[static_cast<size_t>(at)];
  for (int more = 1 + random.Roll(2); more > 0; --more) {
    at = std::min<int>(at + random.Roll(2), 4);
    text += " " + kSpread[static_cast<size_t>(at)];
  }
  return text + "\"";
}

std::string QueryText(Corpus& random) {
  switch (random.Roll(5)) {
    case 0:
      return Words(random, 4, " ");
    case 1:
      return Words(random, 5, " OR ");
    case 2:
      return Phrase(random);
    case 3:
      return Words(random, 2, " ") + " " + Phrase(random) + (random.Roll(3) == 0 ? " " + Phrase(random) : "");
    default:
      return "(" + Words(random, 3, " OR ") + ") " + Words(random, 2, " ");
  }
}

v1::Filter AskedFilter(Corpus& random, int kinds = 4) {
  v1::Filter filter;
  switch (random.Roll(kinds)) {
    case 0:
      filter.mutable_in_values()->set_field("source");
      filter.mutable_in_values()->add_values("Dawn Post");
      filter.mutable_in_values()->add_values("Harbour Times");
      break;
    case 1:
      filter.mutable_time_range()->set_field("published_time");
      filter.mutable_time_range()->mutable_start()->set_seconds(1'730'000'000 + random.Roll(30'000'000));
      break;
    case 2:
      filter.mutable_exists()->set_field("section");
      break;
    default:
      *filter.mutable_all_of()->add_filters() = AskedFilter(random, 3);
      *filter.mutable_all_of()->add_filters() = AskedFilter(random, 3);
  }
  return filter;
}

// Keeps what it is shown.
class Collected : public MatchSink {
 public:
  void BeginShard(const ShardView& shard) override { shard_ = shard; }
  void Take(const Batch& batch) override {
    for (size_t i = 0; i < batch.docids.size(); ++i)
      weights_[shard_.InSnapshot(batch.docids[i])] = batch.weights[i];
  }
  const std::map<Xapian::docid, double>& weights() const { return weights_; }

 private:
  ShardView shard_;
  std::map<Xapian::docid, double> weights_;
};

class Comparison {
 public:
  explicit Comparison(ReaderPool& readers) : reader_(readers.Acquire()) {
    EXPECT_TRUE(reader_->Refresh().ok());
    columns_ = *readers.ColumnsOf(*reader_, {});
  }

  void Check(const std::string& text, const std::optional<v1::Filter>& asked) {
    SearchQuery query{.text = *ParseQuery(text, MatchMode::kAllWords)};
    query.text = RewriteText(query, *reader_, [] {}).query;
    query.rewritten = true;
    if (asked.has_value()) query.filter = *ParseFilter(*asked);
    const Xapian::doccount documents = reader_->database().get_doccount();
    const Xapian::Query matching = CompileMatching(query, query.filter, *reader_, &columns_);
    const BestMatches all = EngineMatch(query, matching, *reader_, context_, documents).Find(documents);
    const auto words = Open(query);
    ASSERT_NE(words, nullptr);
    Collected collected;
    MatchSink* const sink = &collected;
    CheckBest(words->Find(kWanted, {&sink, 1}), all);
    ASSERT_EQ(collected.weights().size(), all.matches.size());
    for (const Match& match : all.matches)
      ASSERT_NEAR(collected.weights().at(match.docid), match.score, kRounding);
    const BestMatches best = words->Find(kWanted, {});
    CheckBest(best, all);
    const auto count = static_cast<int64_t>(all.matches.size());
    if (best.total.relation() == v1::TOTAL_RELATION_EXACT) {
      EXPECT_EQ(best.total.value(), count);
    } else {
      EXPECT_GE(count, kCountedMatches) << "fewer are counted";
      EXPECT_NEAR(static_cast<double>(best.total.value()), static_cast<double>(count),
                  0.25 * static_cast<double>(count));
      ++estimates_;
    }
  }

  int estimates() const { return estimates_; }

  void CheckTies(const std::string& text) {
    SCOPED_TRACE(text);
    SearchQuery query{.text = *ParseQuery(text, MatchMode::kAllWords)};
    query.rewritten = true;
    const auto words = Open(query);
    ASSERT_NE(words, nullptr);
    const BestMatches best = words->Find(400, {});
    EXPECT_EQ(best.total.relation(), v1::TOTAL_RELATION_ESTIMATE) << "some words are only looked up";
    int ties = 0;
    for (size_t i = 1; i < best.matches.size(); ++i) {
      ASSERT_GE(best.matches[i - 1].score, best.matches[i].score);
      if (best.matches[i - 1].score - best.matches[i].score > 1e-13) continue;
      EXPECT_LT(best.matches[i - 1].docid, best.matches[i].docid);
      ++ties;
    }
    EXPECT_GT(ties, 100);
  }

 private:
  // With its postings decoded.
  std::unique_ptr<WordMatch> Open(const SearchQuery& query) {
    const TermLookup lookup(reader_->languages(), false);
    const Filter* filter = query.filter.has_value() ? &*query.filter : nullptr;
    auto plan = PlanWords(*query.text.root, filter, lookup, reader_->frequencies());
    EXPECT_TRUE(plan.has_value());
    if (!plan.has_value()) return nullptr;
    for (const WordPlan::Part& part : plan->parts) {
      for (const WordPlan::Word& word : part.words) {
        for (size_t i = 0; i < 2 * columns_.size(); ++i)
          Ask(word, i / 2);
      }
    }
    return WordMatch::Open(*std::move(plan), *reader_, columns_, cache_, context_);
  }

  void Ask(const WordPlan::Word& word, size_t shard) {
    const Xapian::Database& database = reader_->shards()[shard].database;
    if (word.phrase) {
      cache_.GetPhrase(database, *columns_[shard], word.terms, context_);
    } else {
      cache_.Get(database, *columns_[shard], word.terms, {});
    }
  }

  static void CheckBest(const BestMatches& best, const BestMatches& all) {
    ASSERT_EQ(best.matches.size(), std::min<size_t>(kWanted, all.matches.size()));
    for (size_t i = 0; i < best.matches.size(); ++i) {
      const double weight = all.matches[i].score;
      ASSERT_NEAR(best.matches[i].score, weight, kRounding);
      auto ties = [&](size_t other) { return std::abs(all.matches[other].score - weight) < 1e-9; };
      const bool tied = (i > 0 && ties(i - 1)) || (i + 1 < all.matches.size() && ties(i + 1));
      if (!tied) {
        ASSERT_EQ(best.matches[i].docid, all.matches[i].docid);
      }
    }
  }

  ReaderPool::Lease reader_;
  ColumnSet columns_;
  PostingsCache cache_;
  const CallContext context_;
  int estimates_ = 0;
};

TEST(WordMatch, FindsWhatTheEngineFinds) {
  Corpus corpus(0);
  for (int i = 0; i < 5'000; ++i)
    corpus.Add(WithSpread(corpus, corpus.Invent("article-" + std::to_string(i))));
  for (int i = 0; i < 50; ++i)
    corpus.Delete("article-" + std::to_string(i * 7));
  corpus.Commit();
  Comparison comparison(corpus.readers());
  for (int i = 0; i < 1'500; ++i) {
    const std::string text = QueryText(corpus);
    const auto filter = corpus.Roll(2) == 0 ? std::optional(AskedFilter(corpus)) : std::nullopt;
    SCOPED_TRACE(text + (filter.has_value() ? " " + filter->ShortDebugString() : ""));
    comparison.Check(text, filter);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(comparison.estimates(), 50) << "matches are left out where nobody needs them";
}

TEST(WordMatch, FindsItInAllShards) {
  TwoShards shards;
  Corpus random(0);
  Comparison comparison(shards.readers());
  for (int i = 0; i < 500; ++i) {
    std::string text = kWords[static_cast<size_t>(random.Roll(14))];
    for (int more = random.Roll(3); more > 0; --more)
      text += (random.Roll(2) == 0 ? " OR " : " ") + kWords[static_cast<size_t>(random.Roll(14))];
    if (text.find(" OR ") != std::string::npos)
      text = kWords[0] + " OR " + kWords[static_cast<size_t>(random.Roll(14))];
    SCOPED_TRACE(text);
    comparison.Check(text, random.Roll(2) == 0 ? std::optional(AskedFilter(random)) : std::nullopt);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

// Each text twice, far from each other: words that are only looked up for the second are summed up for the first.
TEST(WordMatch, ArticlesAlikeStayInTheOrderOfTheirDocids) {
  Corpus corpus(0);
  for (int i = 0; i < 6'000; ++i) {
    v1::Article article = i < 3'000 ? WithSpread(corpus, corpus.Invent("article-" + std::to_string(i)))
                                    : corpus.articles()[static_cast<size_t>(i) - 3'000];
    article.set_id("article-" + std::to_string(i));
    corpus.Add(std::move(article));
  }
  corpus.Commit();
  Comparison comparison(corpus.readers());
  for (const char* text : {"alva OR brin OR cost OR drel", "brin OR cost OR emb", "karn OR dolt OR cost"})
    comparison.CheckTies(text);
}

TEST(WordMatch, IsNotForWhatNeedsMoreThanWordsAndFilters) {
  Corpus corpus(20);
  auto reader = corpus.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const TermLookup lookup(reader->languages(), false);
  auto plan = [&](const char* text, const Filter* filter) {
    return PlanWords(*ParseQuery(text, MatchMode::kAllWords)->root, filter, lookup, reader->frequencies());
  };
  for (const char* text : {"\"karn vorp\"~2", "\"karn vorp\" OR dolt", "body:\"karn vorp\"", "karn -vorp", "karn*",
                           "body:karn", "karn NEAR/3 vorp", "karn OR (vorp dolt)"})
    EXPECT_FALSE(plan(text, nullptr).has_value()) << text;
  v1::Filter none_of;
  *none_of.mutable_none_of()->add_filters() = AskedFilter(corpus);
  const Filter filter = *ParseFilter(none_of);
  EXPECT_FALSE(plan("karn", &filter).has_value());
  EXPECT_TRUE(plan("karn", nullptr).has_value());
}

TEST(WordMatch, StopsAtTheDeadline) {
  Corpus corpus(50);
  auto reader = corpus.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const ColumnSet columns = *corpus.readers().ColumnsOf(*reader, {});
  const TermLookup lookup(reader->languages(), false);
  const WordPlan plan =
      *PlanWords(*ParseQuery("karn", MatchMode::kAllWords)->root, nullptr, lookup, reader->frequencies());
  PostingsCache cache;
  for (int i = 0; i < 2; ++i)
    cache.Get(reader->shards()[0].database, *columns[0], plan.parts[0].words[0].terms, {});
  const CallContext gone(absl::Now() - absl::Seconds(1));
  const auto match = WordMatch::Open(plan, *reader, columns, cache, gone);
  ASSERT_NE(match, nullptr);
  auto stopped = CatchXapian([&] { return match->Find(kWanted, {}).matches.size(); });
  EXPECT_EQ(stopped.status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace broadsheet::search
