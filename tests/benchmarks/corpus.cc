#include "benchmarks/corpus.h"

#include <zstd.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kTitleWords = 6;

void Add(Corpus& corpus, v1::RawArticle article) {
  corpus.text_bytes += article.title().size() + article.text().size();
  corpus.articles.push_back(std::move(article));
}

v1::RawArticle FromJson(const nlohmann::json& json) {
  v1::RawArticle article;
  article.set_id(json.value("id", ""));
  article.set_title(json.value("title", ""));
  article.set_text(json.value("body", ""));
  article.set_source(json.value("source", ""));
  article.set_section(json.value("section", ""));
  article.set_published(json.value("published", ""));
  for (const auto& author : json.value("authors", nlohmann::json::array()))
    article.add_authors(author);
  return article;
}

std::string FirstWords(absl::string_view text) {
  std::vector<absl::string_view> words = absl::StrSplit(text, absl::MaxSplits(' ', kTitleWords));
  if (words.size() > kTitleWords) words.pop_back();
  std::string title;
  for (absl::string_view word : words)
    absl::StrAppend(&title, title.empty() ? "" : " ", word.substr(0, 60));
  return title;
}

// A word for each rank: syllables by the digits of the rank, so that frequent words are short.
std::string MadeUpWord(size_t rank) {
  static constexpr const char* kSyllables[] = {"ba", "ko", "ri", "mel", "to", "sun", "ve", "lar", "ni", "dox"};
  std::string word;
  for (size_t rest = rank + 10; rest > 0; rest /= 10)
    word += kSyllables[rest % 10];
  return word;
}

}  // namespace

std::filesystem::path DataDirectory() {
  if (const char* set = std::getenv("BROADSHEET_DATA")) return set;
  return std::filesystem::path(BROADSHEET_SOURCE_DIR).parent_path() / "shared" / "data";
}

absl::StatusOr<std::string> ReadZstd(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(path.string(), " is missing"));
  std::string packed(std::istreambuf_iterator<char>(in), {});
  std::string text;
  std::string chunk(ZSTD_DStreamOutSize(), '\0');
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  ZSTD_inBuffer input{packed.data(), packed.size(), 0};
  while (input.pos < input.size) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(context.get(), &output, &input))) {
      return absl::DataLossError(absl::StrCat(path.string(), " cannot be decompressed"));
    }
    text.append(chunk, 0, output.pos);
  }
  return text;
}

absl::StatusOr<Corpus> LoadArticles(size_t limit) {
  auto text = ReadZstd(DataDirectory() / "news" / "allsides.jsonl.zst");
  if (!text.ok()) return text.status();
  Corpus corpus{.name = "articles"};
  for (absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    if (corpus.articles.size() == limit) break;
    auto article = FromJson(nlohmann::json::parse(line.begin(), line.end()));
    if (!article.text().empty()) Add(corpus, std::move(article));
  }
  return corpus;
}

Corpus ParagraphsOf(const Corpus& corpus) {
  Corpus paragraphs{.name = "paragraphs"};
  for (const auto& article : corpus.articles) {
    int number = 0;
    for (absl::string_view text : absl::StrSplit(article.text(), "\n\n", absl::SkipWhitespace())) {
      v1::RawArticle paragraph = article;
      paragraph.set_id(absl::StrCat(article.id(), ".", number++));
      paragraph.set_title(FirstWords(text));
      paragraph.set_text(std::string(text));
      Add(paragraphs, std::move(paragraph));
    }
  }
  return paragraphs;
}

Corpus MakeUpArticles(size_t count) {
  constexpr size_t kVocabulary = 20'000;
  constexpr int kWords = 300;
  constexpr int kOutlets = 20;
  std::mt19937_64 random(20'251'122);
  std::uniform_real_distribution<double> uniform(0, 1);
  auto word = [&] { return MadeUpWord(static_cast<size_t>(std::pow(kVocabulary, uniform(random))) - 1); };
  Corpus corpus{.name = "made-up articles"};
  for (size_t i = 0; i < count; ++i) {
    v1::RawArticle article;
    article.set_id(absl::StrCat("made-up-", i));
    article.set_title(absl::StrCat(word(), " ", word(), " ", word()));
    std::string text;
    for (int w = 0; w < kWords; ++w)
      absl::StrAppend(&text, word(), w % 60 == 59 ? ".\n\n" : " ");
    article.set_text(text);
    article.set_source(absl::StrCat("Outlet ", i % kOutlets));
    article.set_section(absl::StrCat("Section ", i % 7));
    article.mutable_published_time()->set_seconds(1'400'000'000 + static_cast<int64_t>(i) * 86'400);
    Add(corpus, std::move(article));
  }
  return corpus;
}

}  // namespace broadsheet::benchmarks
