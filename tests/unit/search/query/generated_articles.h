#pragma once

#include <xapian.h>

#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "ingest/index/document_builder.h"
#include "support/temp_directory.h"

namespace broadsheet::search {

// Articles out of a small vocabulary, so that words meet by chance, with every kind of gap: no date, no author, several
// authors, copies, attributes. The same seed gives the same articles.
class ArticleGenerator {
 public:
  explicit ArticleGenerator(uint32_t seed) : random_(seed) {}

  v1::Article Next() {
    v1::Article article;
    int64_t number = ++count_;
    article.set_id("article-" + std::to_string(number));
    article.set_language(std::string(Pick(kLanguages)));
    article.set_title(Words(4));
    article.set_body(Words(14) + "\n\n" + Words(6));
    if (Chance(70)) article.set_url("https://outlet.example/" + std::to_string(number));
    if (Chance(80)) article.set_source(std::string(Pick(kSources)));
    for (int left = static_cast<int>(Below(3)); left > 0; --left)
      article.add_authors(std::string(Pick(kAuthors)));
    if (Chance(60)) article.set_section(std::string(Pick(kSections)));
    for (int left = static_cast<int>(Below(3)); left > 0; --left)
      article.add_tags(std::string(Pick(kTags)));
    if (Chance(75)) SetTime(article.mutable_published_time());
    SetTime(article.mutable_updated_time());
    SetTime(article.mutable_ingested_time());
    if (Chance(40)) (*article.mutable_attributes())["desk"] = Chance(50) ? "night" : "day";
    if (Chance(20)) (*article.mutable_attributes())["wire.id"] = std::string(300, 'x') + std::to_string(number % 3);
    article.set_sequence(number * 2);
    article.set_revision(static_cast<int32_t>(1 + Below(4)));
    article.set_word_count(static_cast<int32_t>(Below(50)));
    if (number > 1 && Chance(15)) article.set_duplicate_of("article-" + std::to_string(1 + Below(number - 1)));
    return article;
  }

  // Whole seconds and microseconds around the same few days, so that bounds are hit exactly.
  void SetTime(google::protobuf::Timestamp* time) {
    time->set_seconds(1'750'000'000 + static_cast<int64_t>(Below(6)) * 86'400 - (Chance(10) ? 2'000'000'000 : 0));
    time->set_nanos(static_cast<int32_t>(Below(3)) * 1'000);
  }

  std::string Words(size_t most) {
    std::string text;
    for (size_t left = 1 + Below(most); left > 0; --left)
      text += std::string(Pick(kWords)) + (left > 1 ? " " : "");
    return text;
  }

  template <typename Items>
  typename Items::value_type Pick(const Items& items) {
    return items[Below(items.size())];
  }
  bool Chance(size_t percent) { return Below(100) < percent; }
  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  static constexpr std::array<std::string_view, 24> kWords = {
      "flood",  "floods",         "flooding", "floodplain", "Jakarta", "defense", "spending", "Flut",
      "Fluten", "think-tank",     "2 + 2",    "2+2",        "3.5%",    "3.5",     "WHO",      "the",
      "of",     "Überschwemmung", "東京証券", "東京",       "京都",    "取引",    "AT&T",     "Japan's"};
  static constexpr std::array<std::string_view, 4> kLanguages = {"en", "de", "ja", "und"};
  static constexpr std::array<std::string_view, 3> kSources = {"Harbour Gazette", "Kestrel Post", "Kestrel"};
  static constexpr std::array<std::string_view, 4> kAuthors = {"Ada Brook", "Ida Brooks", "Jon Vale", "Ada Vale"};
  static constexpr std::array<std::string_view, 2> kSections = {"Business", "World News"};
  static constexpr std::array<std::string_view, 3> kTags = {"climate change", "climate", "trade"};

 private:
  std::mt19937 random_;
  int64_t count_ = 0;
};

// Articles in an index of their own, in one database or in two that are searched as one, among tombstones.
class GeneratedIndex {
 public:
  GeneratedIndex(uint32_t seed, size_t count) {
    ArticleGenerator generator(seed);
    for (size_t i = 0; i < count; ++i)
      articles_.push_back(generator.Next());
    for (const char* name : {"first", "second"}) {
      shards_.emplace_back((directory_.path() / name).string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    }
    for (size_t i = 0; i < articles_.size(); ++i) {
      Xapian::WritableDatabase& shard = shards_[i * 2 / articles_.size()];
      Xapian::docid docid = shard.add_document(ingest::BuildDocument(articles_[i]));
      ids_[{i * 2 / articles_.size(), docid}] = articles_[i].id();
      if (i % 7 == 0) {
        shard.add_document(ingest::BuildTombstone("gone-" + std::to_string(i), 1, absl::FromUnixSeconds(1'750'000'000),
                                                  absl::FromUnixSeconds(1'750'000'000), ""));
      }
    }
    for (Xapian::WritableDatabase& shard : shards_) {
      shard.commit();
      both_.add_database(shard);
    }
  }

  const std::vector<v1::Article>& articles() const { return articles_; }
  Xapian::Database& database() { return both_; }

  // The ids that match, over both shards as one.
  std::set<std::string> Match(const Xapian::Query& query) {
    Xapian::Enquire enquire(both_);
    enquire.set_query(query);
    Xapian::MSet matches = enquire.get_mset(0, both_.get_doccount());
    std::set<std::string> ids;
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      Xapian::docid docid = *match - 1;
      auto found = ids_.find({docid % shards_.size(), docid / shards_.size() + 1});
      ids.insert(found == ids_.end() ? "a tombstone" : found->second);
    }
    return ids;
  }

 private:
  support::TempDirectory directory_;
  std::vector<v1::Article> articles_;
  std::vector<Xapian::WritableDatabase> shards_;
  std::map<std::pair<size_t, Xapian::docid>, std::string> ids_;
  Xapian::Database both_;
};

}  // namespace broadsheet::search
