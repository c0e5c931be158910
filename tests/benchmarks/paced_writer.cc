#include "benchmarks/paced_writer.h"

#include <grpcpp/grpcpp.h>

#include <chrono>

#include "absl/strings/str_cat.h"
#include "common/rpc/clients.h"

namespace broadsheet::benchmarks {
namespace {

constexpr auto kTick = std::chrono::milliseconds(5);
constexpr size_t kStride = 7;  // from an article to the one it is mixed with

// The place of the blank that is nearest to the middle from behind; 0 when there is none.
size_t Middle(const std::string& text) {
  const size_t at = text.rfind(' ', text.size() / 2);
  return at == std::string::npos ? 0 : at;
}

}  // namespace

v1::RawArticle Blend(const Corpus& corpus, size_t number) {
  const size_t count = corpus.articles.size();
  const v1::RawArticle& first = corpus.articles[number % count];
  const v1::RawArticle& second = corpus.articles[(number + kStride + number / count) % count];
  v1::RawArticle article = first;
  article.set_id(absl::StrCat("blend-", number));
  article.clear_url();
  article.set_title(absl::StrCat(first.title().substr(0, Middle(first.title())), " ", second.title()));
  article.set_text(absl::StrCat(first.text().substr(0, Middle(first.text())),
                                second.text().substr(Middle(second.text())), "\n\nNumber ", number));
  return article;
}

PacedWriter::PacedWriter(IngestClient& client, const Corpus& corpus, double articles_per_second, size_t first)
    : corpus_(corpus), per_second_(articles_per_second), first_(first), stream_(client.StreamArticles(&context_)) {
  reader_ = std::thread([this] { Read(); });
  writer_ = std::thread([this] { Write(); });
}

PacedWriter::~PacedWriter() {
  stopping_ = true;
  writer_.join();
  reader_.join();
  (void)stream_->Finish();
}

void PacedWriter::Write() {
  const auto start = std::chrono::steady_clock::now();
  bool open = true;
  while (open && !stopping_) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto due = static_cast<size_t>(seconds * per_second_);
    for (; open && sent_ < due && !stopping_; ++sent_) {
      v1::StreamArticlesRequest request;
      *request.mutable_article() = Blend(corpus_, first_ + sent_);
      open = stream_->Write(request);
    }
    std::this_thread::sleep_for(kTick);
  }
  stream_->WritesDone();
}

void PacedWriter::Read() {
  for (v1::StreamArticlesResponse response; stream_->Read(&response);) {
    if (response.result().sequence() > 0) ++acknowledged_;
  }
}

}  // namespace broadsheet::benchmarks
