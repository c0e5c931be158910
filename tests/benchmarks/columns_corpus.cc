#include "benchmarks/columns_corpus.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kCommitEvery = 2'000;
constexpr size_t kStride = 7'919;  // a prime: rewritten articles lie all over the index

v1::Article ToArticle(const v1::RawArticle& raw) {
  v1::Article article;
  article.set_id(raw.id());
  article.set_title(raw.title());
  article.set_body(raw.text());
  article.set_source(raw.source());
  article.set_section(raw.section());
  *article.mutable_authors() = raw.authors();
  article.set_language("en");
  article.set_word_count(static_cast<int32_t>(std::count(raw.text().begin(), raw.text().end(), ' ')));
  absl::Time published;
  std::string error;
  if (raw.has_published_time()) {
    *article.mutable_published_time() = raw.published_time();
  } else if (absl::ParseTime("%Y-%m-%d", raw.published(), &published, &error)) {
    article.mutable_published_time()->set_seconds(absl::ToUnixSeconds(published));
  }
  return article;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MeasuredIndex>> MeasuredIndex::Make(bool made_up, bool paragraphs, size_t articles) {
  if (made_up) {
    Corpus corpus = MakeUpArticles(300);
    return std::make_unique<MeasuredIndex>(corpus, MakeUpMix(corpus));
  }
  auto corpus = LoadArticles(articles);
  if (!corpus.ok()) return corpus.status();
  auto mix = LoadMix();
  if (!mix.ok()) return mix.status();
  return std::make_unique<MeasuredIndex>(paragraphs ? ParagraphsOf(*corpus) : *corpus, *std::move(mix));
}

MeasuredIndex::MeasuredIndex(const Corpus& corpus, std::vector<MixQuery> mix)
    : index_(scratch_.path() / "index"), mix_(std::move(mix)) {
  std::vector<int64_t> dates;
  for (const v1::RawArticle& raw : corpus.articles) {
    v1::Article article = ToArticle(raw);
    if (article.has_published_time()) dates.push_back(article.published_time().seconds());
    index_.Add(article);
    articles_.push_back(std::move(article));
    if (articles_.size() % kCommitEvery == 0) index_.Commit();
  }
  index_.Commit();
  std::sort(dates.begin(), dates.end());
  if (dates.empty()) return;
  middle_.mutable_start()->set_seconds(dates[dates.size() / 3]);
  middle_.mutable_end()->set_seconds(dates[dates.size() * 2 / 3]);
}

void MeasuredIndex::Rewrite(int articles) {
  for (int i = 0; i < articles; ++i) {
    next_ = (next_ + kStride) % articles_.size();
    index_.Add(articles_[next_]);
  }
  index_.Commit();
}

}  // namespace broadsheet::benchmarks
