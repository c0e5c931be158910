#include "ingest/index/standing_documents.h"

#include <algorithm>

#include "common/index/shard_dictionary.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"

namespace broadsheet::ingest {

std::string IdTermOf(const Xapian::Document& document) {
  const std::string prefix(GetField(FieldId::kId).keyword_prefix);
  auto term = document.termlist_begin();
  term.skip_to(prefix);
  if (term != document.termlist_end() && (*term).starts_with(prefix)) return *term;
  throw StatusException{absl::DataLossError("a document of the index has no id: run `ingest-service rebuild`")};
}

StandingDocuments::StandingDocuments(Xapian::WritableDatabase& hot, const std::vector<ColdShard>& cold) : hot_(hot) {
  for (const ColdShard& shard : cold) {
    if (shard.damaged) {
      damaged_.push_back(shard.uuid);
    } else {
      Xapian::Database database(shard.directory.string());
      cold_.push_back({shard.uuid, database, ReadDictionary(database), {}});
    }
  }
  for (const Cold& shard : cold_)
    ReadMarks(shard.database, false);
  ReadMarks(hot, true);
}

void StandingDocuments::ReadMarks(const Xapian::Database& database, bool is_hot) {
  for (const auto& [uuid, docids] : ReadSupersededMarks(database)) {
    auto marked = std::find_if(cold_.begin(), cold_.end(), [&](const Cold& shard) { return shard.uuid == uuid; });
    if (marked != cold_.end()) {
      marked->superseded.insert(docids.begin(), docids.end());
    } else if (is_hot && std::find(damaged_.begin(), damaged_.end(), uuid) == damaged_.end()) {
      foreign_.push_back(uuid);
    }
  }
}

void StandingDocuments::DropForeignMarks() {
  for (const std::string& uuid : foreign_)
    DropSupersededMarks(hot_, uuid);
  foreign_.clear();
}

const StandingDocuments::Cold* StandingDocuments::FindCold(const std::string& uuid) const {
  auto found = std::find_if(cold_.begin(), cold_.end(), [&](const Cold& shard) { return shard.uuid == uuid; });
  return found == cold_.end() ? nullptr : &*found;
}

std::vector<Xapian::docid> StandingDocuments::SupersededIn(const std::string& uuid) const {
  const Cold* shard = FindCold(uuid);
  if (shard == nullptr) return {};
  std::vector<Xapian::docid> docids(shard->superseded.begin(), shard->superseded.end());
  std::sort(docids.begin(), docids.end());
  return docids;
}

int64_t StandingDocuments::CountSuperseded(const std::string& uuid) const {
  const Cold* shard = FindCold(uuid);
  return shard == nullptr ? 0 : static_cast<int64_t>(shard->superseded.size());
}

std::optional<DocumentPlace> StandingDocuments::Find(const std::string& id_term) const {
  const auto found = hot_.postlist_begin(id_term);
  if (found != hot_.postlist_end(id_term)) return DocumentPlace{0, *found};
  for (size_t i = 0; i < cold_.size(); ++i) {
    const Cold& shard = cold_[i];
    const auto end = shard.database.postlist_end(id_term);
    for (auto place = shard.database.postlist_begin(id_term); place != end; ++place) {
      if (!shard.superseded.contains(*place)) return DocumentPlace{i + 1, *place};
    }
  }
  return std::nullopt;
}

void StandingDocuments::ForEach(const std::string& term, const std::function<void(const DocumentPlace&)>& visit) const {
  for (auto place = hot_.postlist_begin(term); place != hot_.postlist_end(term); ++place)
    visit({0, *place});
  for (size_t i = 0; i < cold_.size(); ++i) {
    const Cold& shard = cold_[i];
    const auto end = shard.database.postlist_end(term);
    for (auto place = shard.database.postlist_begin(term); place != end; ++place) {
      if (!shard.superseded.contains(*place)) visit({i + 1, *place});
    }
  }
}

Xapian::doccount StandingDocuments::Count(const std::string& term, Xapian::doccount enough) const {
  Xapian::doccount count = hot_.get_termfreq(term);
  for (const Cold& shard : cold_) {
    if (count > enough) break;
    if (shard.superseded.empty()) {
      count += shard.database.get_termfreq(term);
      continue;
    }
    const auto end = shard.database.postlist_end(term);
    for (auto place = shard.database.postlist_begin(term); place != end && count <= enough; ++place) {
      if (!shard.superseded.contains(*place)) ++count;
    }
  }
  return count;
}

std::string StandingDocuments::UpperBound(Xapian::valueno slot) const {
  std::string bound = hot_.get_value_upper_bound(slot);
  for (const Cold& shard : cold_)
    bound = std::max(bound, shard.database.get_value_upper_bound(slot));
  return bound;
}

Xapian::Document StandingDocuments::Get(const DocumentPlace& place, unsigned flags) const {
  if (place.shard == 0) return hot_.get_document(place.docid, flags);
  return cold_[place.shard - 1].database.get_document(place.docid, flags);
}

const ArticleDictionary* StandingDocuments::DictionaryOf(const DocumentPlace& place) const {
  return place.shard == 0 ? nullptr : cold_[place.shard - 1].dictionary.get();
}

DocumentPlace StandingDocuments::Write(const std::string& id_term, const Xapian::Document& document,
                                       const std::optional<DocumentPlace>& stood) {
  if (!stood.has_value()) return {0, hot_.add_document(document)};
  if (stood->shard == 0) {
    hot_.replace_document(stood->docid, document);
    return *stood;
  }
  Supersede(*stood);
  return {0, hot_.replace_document(id_term, document)};
}

void StandingDocuments::Supersede(const DocumentPlace& place) {
  Cold& shard = cold_[place.shard - 1];
  MarkSuperseded(hot_, shard.uuid, place.docid);
  shard.superseded.insert(place.docid);
}

void StandingDocuments::Remove(const DocumentPlace& place) {
  place.shard == 0 ? hot_.delete_document(place.docid) : Supersede(place);
}

void StandingDocuments::ForEachValue(Xapian::valueno slot,
                                     const std::function<void(const DocumentPlace&, const std::string&)>& visit) const {
  for (auto value = hot_.valuestream_begin(slot); value != hot_.valuestream_end(slot); ++value)
    visit({0, value.get_docid()}, *value);
  for (size_t i = 0; i < cold_.size(); ++i) {
    const Cold& shard = cold_[i];
    const auto end = shard.database.valuestream_end(slot);
    for (auto value = shard.database.valuestream_begin(slot); value != end; ++value) {
      if (!shard.superseded.contains(value.get_docid())) visit({i + 1, value.get_docid()}, *value);
    }
  }
}

std::string StandingDocuments::NextIdTerm(const std::string& behind) const {
  const std::string prefix(GetField(FieldId::kId).keyword_prefix);
  std::string next;
  const auto look = [&](const Xapian::Database& database) {
    auto term = database.allterms_begin(prefix);
    const auto end = database.allterms_end(prefix);
    if (!behind.empty()) term.skip_to(behind);
    if (term != end && *term == behind) ++term;
    if (term != end && (next.empty() || *term < next)) next = *term;
  };
  look(hot_);
  for (const Cold& shard : cold_)
    look(shard.database);
  return next;
}

SupersededDocids StandingDocuments::marks() const {
  SupersededDocids marks;
  for (const Cold& shard : cold_)
    marks[shard.uuid] = SupersededIn(shard.uuid);
  return marks;
}

void StandingDocuments::Supersede(const SupersededDocids& marks) {
  for (size_t i = 0; i < cold_.size(); ++i) {
    const auto docids = marks.find(cold_[i].uuid);
    if (docids == marks.end()) continue;
    for (Xapian::docid docid : docids->second) {
      if (!cold_[i].superseded.contains(docid)) Supersede(DocumentPlace{i + 1, docid});
    }
  }
}

size_t StandingDocuments::superseded() const {
  size_t superseded = 0;
  for (const Cold& shard : cold_)
    superseded += shard.superseded.size();
  return superseded;
}

}  // namespace broadsheet::ingest
