#include "search/discover/text_sample.h"

#include <algorithm>
#include <utility>

#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "search/match/stored.h"

namespace broadsheet::search {
namespace {

constexpr int kArticlesOfALease = 256;
constexpr size_t kBytesOfAWord = 24;  // more than words take on average in any script: what lies beyond is not read

// Whether words with this between them stand next to each other.
bool Joins(std::string_view between) {
  return between == " " || between == "-" || between == "'" || between == "’";
}

// Which docids are looked at: each from `recent` on, and before it one of `step`.
struct Stride {
  Xapian::docid recent = 0;
  Xapian::docid step = 1;

  static Stride Over(const Xapian::Database& database) {
    const Xapian::docid last = database.get_lastdocid();
    constexpr Xapian::docid kHalf = kSampledArticles / 2;
    if (last <= kSampledArticles) return {};
    return {last - kHalf, (last - kHalf + kHalf - 1) / kHalf};
  }

  Xapian::docid After(Xapian::docid docid) const {
    return docid >= recent ? docid + 1 : std::min(docid + step, recent);
  }
};

// Returns the docid to go on with; 0 at the end.
Xapian::docid ReadSome(const Reader& reader, Xapian::docid from, std::vector<v1::Article>& articles) {
  const Xapian::Database& database = reader.database();
  const std::vector<Xapian::docid>& superseded = reader.superseded();
  const Stride stride = Stride::Over(database);
  auto place = database.postlist_begin(std::string(kArticleTerm));
  for (int i = 0; i < kArticlesOfALease; ++i) {
    place.skip_to(from);
    if (place == database.postlist_end(std::string(kArticleTerm))) return 0;
    from = stride.After(*place);
    if (std::binary_search(superseded.begin(), superseded.end(), *place)) continue;
    // What is damaged is told to those who ask for it.
    auto article = ReadArticle(reader, *place, true);
    if (article.ok()) articles.push_back(*std::move(article));
  }
  return from;
}

}  // namespace

void TextSampler::AddWords(std::string_view text, size_t most) {
  text = TruncateUtf8(text, most * kBytesOfAWord);
  size_t end = 0;
  size_t count = 0;
  ForEachToken(text, [&](const Token& token) {
    if (token.overlay || count == most) return;
    const bool joins = count > 0 && token.begin >= end && Joins(text.substr(end, token.begin - end));
    if (!joins) sample_.words.push_back(TextSample::kGap);
    end = token.end;
    ++count;
    if (token.kind != TokenKind::kWord) return;
    auto [number, is_new] = numbers_.try_emplace(std::string(token.text), numbers_.size());
    sample_.words.push_back(number->second);
  });
}

void TextSampler::Add(const v1::Article& article) {
  if (sample_.texts.size() == kSampledArticles || !Wants(article)) return;
  TextSample::Text text;
  text.begin = static_cast<uint32_t>(sample_.words.size());
  AddWords(article.title(), kSampledBodyWords);
  text.title_end = static_cast<uint32_t>(sample_.words.size());
  AddWords(article.body(), kSampledBodyWords);
  text.end = static_cast<uint32_t>(sample_.words.size());
  sample_.texts.push_back(text);
}

TextSample TextSampler::Finish() && {
  for (const auto& [word, number] : numbers_)
    sample_.vocabulary.push_back(word);
  std::sort(sample_.vocabulary.begin(), sample_.vocabulary.end());
  std::vector<uint32_t> places(numbers_.size());
  for (uint32_t place = 0; place < sample_.vocabulary.size(); ++place)
    places[numbers_.at(sample_.vocabulary[place])] = place;
  for (uint32_t& word : sample_.words) {
    if (word != TextSample::kGap) word = places[word];
  }
  return std::move(sample_);
}

absl::StatusOr<TextSample> SampleTexts(ReaderPool& readers, const std::function<bool()>& stopping) {
  TextSampler sampler;
  for (Xapian::docid next = 1; next != 0;) {
    if (stopping()) return absl::CancelledError("stopping");
    std::vector<v1::Article> articles;
    Xapian::docid after = 0;
    absl::Status some = readers.Run({}, [&](Reader& reader, Effort) {
      articles.clear();  // an attempt may have been overtaken
      return CatchXapian([&] { after = ReadSome(reader, next, articles); });
    });
    if (!some.ok()) return some;
    for (const v1::Article& article : articles)
      sampler.Add(article);
    next = after;
  }
  return std::move(sampler).Finish();
}

}  // namespace broadsheet::search
