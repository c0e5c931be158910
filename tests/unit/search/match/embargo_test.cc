#include "search/match/embargo.h"

#include <gmock/gmock.h>

#include "search/match/library.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// A corpus beside which one article waits for its time. It has a word, a source and a language that no other has, words
// that others have, too, and a date after all others.
class EmbargoTest : public SearcherTest {
 protected:
  static constexpr absl::Duration kAhead = absl::Hours(2);

  void AddEmbargoed(const std::string& id = "held") {
    v1::Article article = corpus_.Invent(id);
    article.set_title("Karn zindelwurf");
    article.set_body("Zindelwurf karn vorp dolt. Karn vorp.");
    article.set_source("Quiet Gazette");
    article.set_language("fr");
    (*article.mutable_attributes())["desk"] = "night";
    article.mutable_published_time()->set_seconds(2'000'000'000);
    article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(embargo_));
    corpus_.index().Add(article);  // not among articles(): to the oracle it is not there
    corpus_.Commit();
  }

  static std::vector<v1::SearchRequest> Requests() {
    std::vector<v1::SearchRequest> requests;
    for (const char* query : {"", "karn", "karn vorp", "zindelwurf", "zindel*", "kar*", "-dolt", "karn -torv",
                              "\"karn vorp\"", "body:karn", "body:kar*", "title:karn", "source:quiet OR karn"}) {
      for (v1::Order order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST, v1::ORDER_OLDEST}) {
        v1::SearchRequest request;
        request.set_query(query);
        request.set_order(order);
        request.set_page_size(100);
        request.set_exact_total(true);
        for (const char* field : {"source", "language", "tags"})
          request.add_facets()->set_field(field);
        requests.push_back(request);
        request.mutable_filter()->mutable_not_in_values()->set_field("source");
        request.mutable_filter()->mutable_not_in_values()->add_values("Dawn Post");
        request.mutable_facets(0)->add_excluded_filter_fields("source");
        requests.push_back(request);
      }
    }
    for (const char* field : {"embargo_time", "id", "attributes.desk"}) {
      v1::SearchRequest request;
      request.mutable_filter()->mutable_exists()->set_field(field);
      requests.push_back(request);
    }
    return requests;
  }

  struct Answer {
    std::vector<std::string> ids;
    int64_t total;
    std::vector<std::string> facets;
    bool operator==(const Answer&) const = default;
  };

  // Relevance orders by weights over the statistics of the whole index, so there only who is found counts.
  Answer Ask(const v1::SearchRequest& request) {
    auto result = corpus_.Search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    Answer answer{Ids(*result), result->total.value(), {}};
    if (request.order() == v1::ORDER_RELEVANCE && result->next_page_token.empty()) {
      std::sort(answer.ids.begin(), answer.ids.end());
    } else if (request.order() == v1::ORDER_RELEVANCE) {
      answer.ids.clear();
    }
    for (const auto& facet : result->facets)
      answer.facets.push_back(facet.DebugString());
    return answer;
  }

  absl::Time embargo_ = corpus_.clock().Now() + kAhead;
  Library library_{corpus_.readers(), corpus_.clock()};
};

TEST_F(EmbargoTest, BeforeItsTimeEveryAnswerIsAsIfItWereNotThere) {
  std::vector<Answer> before;
  for (const auto& request : Requests())
    before.push_back(Ask(request));
  AddEmbargoed();
  const std::vector<v1::SearchRequest> requests = Requests();
  for (size_t i = 0; i < requests.size(); ++i)
    EXPECT_EQ(Ask(requests[i]), before[i]) << requests[i].DebugString();
}

TEST_F(EmbargoTest, FromItsTimeOnItIsFoundWithoutAWrite) {
  AddEmbargoed();
  v1::SearchRequest request;
  request.set_query("zindelwurf");
  request.add_facets()->set_field("source");
  corpus_.clock().Set(embargo_ - absl::Microseconds(1));
  EXPECT_THAT(Ids(*corpus_.Search(request)), IsEmpty());
  const int64_t sequence = corpus_.Search(request)->snapshot.sequence;
  corpus_.clock().Set(embargo_);
  auto found = corpus_.Search(request);
  EXPECT_THAT(Ids(*found), ElementsAre("held"));
  EXPECT_EQ(found->total.value(), 1);
  EXPECT_EQ(found->facets[0].buckets(0).value(), "Quiet Gazette");
  EXPECT_EQ(found->snapshot.sequence, sequence);
  v1::SearchRequest browse;
  browse.set_order(v1::ORDER_NEWEST);
  EXPECT_EQ(Ids(*corpus_.Search(browse)).front(), "held");
}

TEST_F(EmbargoTest, GettingItByIdFindsItFromItsTimeOn) {
  AddEmbargoed();
  auto before = library_.Get({"held", "article-1"}, v1::ARTICLE_VIEW_FULL, {}, {});
  ASSERT_TRUE(before.ok());
  EXPECT_THAT(before->missing_ids(), ElementsAre("held"));
  EXPECT_EQ(before->articles_size(), 1);
  corpus_.clock().Set(embargo_);
  auto after = library_.Get({"held"}, v1::ARTICLE_VIEW_FULL, {}, {});
  ASSERT_EQ(after->articles_size(), 1);
  EXPECT_EQ(after->articles(0).embargo_time().seconds(), absl::ToUnixSeconds(embargo_));
}

TEST_F(EmbargoTest, IndexInfoCountsAndDatesItFromItsTimeOn) {
  const auto before = library_.Describe({}).value();
  AddEmbargoed();
  const auto held = library_.Describe({}).value();
  EXPECT_EQ(held.articles(), before.articles());
  EXPECT_EQ(held.shards(0).documents(), before.shards(0).documents());
  EXPECT_EQ(held.latest_published_time().seconds(), before.latest_published_time().seconds());
  EXPECT_EQ(held.earliest_published_time().seconds(), before.earliest_published_time().seconds());
  corpus_.clock().Set(embargo_);
  const auto found = library_.Describe({}).value();
  EXPECT_EQ(found.articles(), before.articles() + 1);
  EXPECT_EQ(found.latest_published_time().seconds(), 2'000'000'000);
}

TEST_F(EmbargoTest, ExplanationsDoNotCountIt) {
  v1::SearchRequest request;
  request.set_query("karn");
  request.set_explain(true);
  auto frequency = [&] { return corpus_.Search(request)->hits[0].explanation().terms(0).document_frequency(); };
  const int64_t before = frequency();
  AddEmbargoed();
  EXPECT_EQ(frequency(), before);
  corpus_.clock().Set(embargo_);
  EXPECT_EQ(frequency(), before + 1);
}

TEST_F(EmbargoTest, OneThatIsReplacedWithoutAnEmbargoOrDeletedIsNoneAnyMore) {
  AddEmbargoed();
  v1::Article usable = corpus_.Invent("held");
  usable.set_title("Zindelwurf");
  corpus_.Add(usable);
  corpus_.Commit();
  v1::SearchRequest request;
  request.set_query("zindelwurf");
  EXPECT_THAT(Ids(*corpus_.Search(request)), ElementsAre("held"));
  AddEmbargoed("other");
  corpus_.Delete("other");
  corpus_.Commit();
  corpus_.clock().Set(embargo_);
  EXPECT_THAT(Ids(*corpus_.Search(request)), Not(Contains("other")));
}

TEST_F(EmbargoTest, ItCostsNothingWhereNoneLiesAhead) {
  auto description = [&] {
    std::string text;
    auto asked = corpus_.readers().Run({}, [&](Reader& reader, Effort) {
      text = WithoutEmbargoed(Xapian::Query("karn"), reader.database(), corpus_.clock().Now()).get_description();
      return absl::OkStatus();
    });
    EXPECT_TRUE(asked.ok()) << asked;
    return text;
  };
  const std::string plain = Xapian::Query("karn").get_description();
  EXPECT_EQ(description(), plain);
  AddEmbargoed();
  EXPECT_NE(description(), plain);
  corpus_.clock().Set(embargo_);
  EXPECT_EQ(description(), plain);
}

}  // namespace
}  // namespace broadsheet::search
