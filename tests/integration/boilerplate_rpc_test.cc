#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/clients.h"
#include "integration/ingest_fixture.h"

namespace broadsheet::ingest {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kFooter[] = "Stories from the quay every morning";

class BoilerplateRpc : public IngestFixture {
 protected:
  v1::RawArticle Article(int number) const {
    auto article =
        NewArticle(absl::StrCat("ferry-", number),
                   absl::StrCat("The ferry ", number, " came in late on that morning, the harbour master said.",
                                "\n\nNobody was hurt on board of it, number ", number, ".\n\n", kFooter));
    article.set_source("Oster Post");
    return article;
  }

  void IngestMany(int first, int last) {
    for (int i = first; i <= last; ++i)
      EXPECT_EQ(Ingest(Article(i)).outcome(), v1::OUTCOME_CREATED);
  }

  // Until everything that is durable has been counted.
  v1::LearningStatus AwaitLearning() {
    for (;;) {
      const auto report = Status();
      if (!status.ok() || report.learning().sequence() >= report.archive_sequence() ||
          !report.learning().error().empty()) {
        return report.learning();
      }
      std::this_thread::yield();
    }
  }

  v1::ListBoilerplateResponse List(const v1::ListBoilerplateRequest& request = {}) {
    return Call(&IngestClient::ListBoilerplate, request);
  }

  v1::PreviewArticleResponse Preview(int number) {
    v1::PreviewArticleRequest request;
    *request.mutable_article() = Article(number);
    return Call(&IngestClient::PreviewArticle, request);
  }
};

TEST_F(BoilerplateRpc, LearnsALineCutsItAndSaysSo) {
  StartApp();
  IngestMany(1, 19);
  AwaitLearning();
  EXPECT_THAT(Preview(100).article().body(), HasSubstr(kFooter));
  EXPECT_EQ(Preview(100).article().boilerplate_version(), 0);

  IngestMany(20, 20);
  const auto learning = AwaitLearning();
  EXPECT_TRUE(learning.enabled());
  EXPECT_EQ(learning.applied_lines(), 1);
  EXPECT_EQ(learning.version(), 20);

  const auto list = List();
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(list.lines_size(), 1);
  const auto& line = list.lines(0);
  EXPECT_EQ(line.line(), kFooter);
  EXPECT_EQ(line.source(), "oster post");
  EXPECT_EQ(line.articles(), 20);
  EXPECT_EQ(line.first_sequence(), 1);
  EXPECT_EQ(line.last_sequence(), 20);
  EXPECT_TRUE(line.applied());
  EXPECT_EQ(list.version(), 20);

  const auto preview = Preview(100);
  EXPECT_THAT(preview.article().body(), Not(HasSubstr(kFooter)));
  EXPECT_EQ(preview.article().boilerplate_version(), 20);
  ASSERT_EQ(preview.article().boilerplate_lines_size(), 1);
  EXPECT_EQ(preview.article().boilerplate_lines(0), line.id());
  ASSERT_FALSE(preview.edits().empty());
  const auto& edit = preview.edits(preview.edits_size() - 1);
  EXPECT_EQ(edit.rule(), "learned-boilerplate");
  EXPECT_THAT(Article(100).text().substr(edit.begin(), edit.end() - edit.begin()), HasSubstr(kFooter));
}

TEST_F(BoilerplateRpc, PagesThroughTheLines) {
  StartApp();
  for (int i = 1; i <= 6; ++i) {
    auto article = Article(i);
    std::string text = article.text();
    for (int line = 0; line < 8 - i; ++line)
      absl::StrAppend(&text, "\n\nQuay number ", std::string(line + 1, 'q'), " is open");
    article.set_text(text);
    Ingest(article);
  }
  AwaitLearning();
  v1::ListBoilerplateRequest request;
  request.set_source("OSTER  Post");
  request.set_page_size(2);
  std::vector<int64_t> counts;
  do {
    const auto page = List(request);
    ASSERT_TRUE(status.ok()) << status;
    for (const auto& line : page.lines())
      counts.push_back(line.articles());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(counts, testing::ElementsAre(6, 6, 6, 5, 4, 3));

  request.set_page_token("nonsense");
  List(request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldViolationsOf(status).at(0).field, "page_token");
}

TEST_F(BoilerplateRpc, RefusesMalformedRequests) {
  StartApp();
  v1::ListBoilerplateRequest request;
  request.set_min_articles(1);
  List(request);
  EXPECT_EQ(ReasonOf(status), "MIN_ARTICLES");
  request.set_min_articles(0);
  request.set_page_size(-1);
  List(request);
  EXPECT_EQ(ReasonOf(status), "PAGE_SIZE");
}

TEST_F(BoilerplateRpc, SaysThatLearningIsOff) {
  config.learning.enabled = false;
  StartApp();
  IngestMany(1, 25);
  EXPECT_FALSE(Status().learning().enabled());
  List();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "LEARNING_OFF");
  EXPECT_THAT(Preview(100).article().body(), HasSubstr(kFooter));
}

}  // namespace
}  // namespace broadsheet::ingest
