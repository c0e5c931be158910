#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/index/xapian_status.h"
#include "common/schema/stored_article.h"
#include "common/schema/term.h"
#include "ingest/copies/copy_key.h"
#include "ingest/index/copy_links.h"
#include "ingest/index/document_builder.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {

using Described = std::map<std::string, std::string>;

// The articles that stand, and the shards that should say which of them are copies.
class Index {
 public:
  Index(std::filesystem::path directory, Xapian::doccount max_band_articles)
      : directory_(std::move(directory)), max_band_articles_(max_band_articles) {
    std::filesystem::create_directories(directory_);
    Begin();
  }

  void Apply(const IndexEvent& event) {
    const PreparedEvent prepared = Prepare(event);
    const absl::Status applied = CatchXapian([&] {
      CopyLinks(*documents_, max_band_articles_).Replace(prepared.id_term, prepared.document, prepared.copy_key);
    });
    ASSERT_TRUE(applied.ok()) << applied;
  }

  void Restore(const IndexEvent& event) {
    const PreparedEvent prepared = Prepare(event);
    const absl::Status restored = CatchXapian([&] {
      CopyLinks(*documents_, max_band_articles_).Restore(prepared.id_term, prepared.document, prepared.copy_key);
    });
    ASSERT_TRUE(restored.ok()) << restored;
  }

  void Remove(const std::string& id) { CopyLinks(*documents_, max_band_articles_).Remove(IdTerm(id)); }

  void Recheck(const std::string& id) { CopyLinks(*documents_, max_band_articles_).Recheck(IdTerm(id)); }

  // As if the document had been in a shard that is damaged: no other is told.
  void Lose(const std::string& id) {
    const DocumentPlace place = documents_->Find(IdTerm(id)).value();
    place.shard == 0 ? hot_->delete_document(place.docid) : documents_->Supersede(place);
  }

  // As if it had been written again, and a damaged shard had what it was then.
  void PutBack(const std::string& id, const Xapian::Document& document) {
    documents_->Write(IdTerm(id), document, documents_->Find(IdTerm(id)));
  }

  void Commit() { hot_->commit(); }

  // What comes next goes into another shard.
  void Freeze() {
    Commit();
    documents_.reset();
    hot_.reset();
    cold_.push_back({absl::StrCat("shard-", cold_.size()), HotDirectory()});
    Begin();
  }

  v1::Article Card(const std::string& id) {
    auto card = DecodeCard(DocumentOf(id).get_data(), nullptr);
    EXPECT_TRUE(card.ok()) << card.status();
    return card.ok() ? *card : v1::Article();
  }

  Xapian::Document DocumentOf(const std::string& id) { return documents_->Get(documents_->Find(IdTerm(id)).value()); }

  // Terms, values and data by name.
  Described Describe(const std::string& id) {
    Described parts;
    const Xapian::Document document = DocumentOf(id);
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
      std::string& part = parts["term " + *term];
      absl::StrAppend(&part, term.get_wdf());
      for (auto place = term.positionlist_begin(); place != term.positionlist_end(); ++place)
        absl::StrAppend(&part, " ", *place);
    }
    for (auto value = document.values_begin(); value != document.values_end(); ++value)
      parts[absl::StrCat("slot ", value.get_valueno())] = *value;
    parts["data"] = document.get_data();
    return parts;
  }

  // Documents that stand, of articles and deletions.
  size_t Count() const {
    size_t all = hot_->get_doccount();
    for (const ColdShard& shard : cold_)
      all += Xapian::Database(shard.directory.string()).get_doccount();
    return all - documents_->superseded();
  }

 private:
  std::filesystem::path HotDirectory() const { return directory_ / absl::StrCat("shard-", cold_.size()); }

  void Begin() {
    hot_ = std::make_unique<Xapian::WritableDatabase>(HotDirectory().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    documents_ = std::make_unique<StandingDocuments>(*hot_, cold_);
  }

  const std::filesystem::path directory_;
  const Xapian::doccount max_band_articles_;
  std::vector<ColdShard> cold_;
  std::unique_ptr<Xapian::WritableDatabase> hot_;
  std::unique_ptr<StandingDocuments> documents_;
};

struct Link {
  std::string id;
  double similarity = 0;
};

// Which of the articles that stand are copies, as copy_links.h says, by comparing each with each.
inline std::map<std::string, Link> FindCopies(const std::map<std::string, IndexEvent>& standing,
                                              size_t max_band_articles) {
  struct Known {
    std::string id;
    CopyKey key;
    std::vector<std::string> bands;
  };
  std::vector<Known> known;
  std::map<std::string, size_t> counts;
  for (const auto& [id, event] : standing) {
    const CopyKey key = MakeCopyKey(event.article, event.first_received, event.first_sequence);
    known.push_back({id, key, BandsOf(key)});
    for (const std::string& band : known.back().bands)
      ++counts[band];
  }
  std::sort(known.begin(), known.end(), [](const Known& a, const Known& b) { return a.key.rank < b.key.rank; });
  std::map<std::string, Link> copies;
  for (size_t i = 0; i < known.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (copies.contains(known[j].id)) continue;
      const bool meet = std::any_of(known[i].bands.begin(), known[i].bands.end(), [&](const std::string& band) {
        const bool counts_for = IsExactBand(band) || counts[band] <= max_band_articles;
        return counts_for && std::count(known[j].bands.begin(), known[j].bands.end(), band) > 0;
      });
      const double similarity = SimilarityOf(known[i].key, known[j].key);
      if (!meet || similarity < kCopySimilarity) continue;
      copies[known[i].id] = {known[j].id, similarity};
      break;
    }
  }
  return copies;
}

}  // namespace broadsheet::ingest
