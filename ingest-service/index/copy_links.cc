#include "ingest/index/copy_links.h"

#include <algorithm>
#include <iterator>

#include "absl/status/statusor.h"
#include "common/index/xapian_status.h"
#include "common/schema/field.h"
#include "common/schema/stored_article.h"
#include "common/schema/term.h"

namespace broadsheet::ingest {
namespace {

constexpr DocumentPlace kToBeWritten = {};

const Xapian::valueno kOriginalSlot = static_cast<Xapian::valueno>(GetField(FieldId::kOriginal).slot);

std::string BandTerm(const std::string& band, bool is_copy) {
  return std::string(is_copy ? kCopyBandPrefix : kOriginalBandPrefix) + band;
}

std::vector<std::string> Less(const std::vector<std::string>& bands, const std::vector<std::string>& others) {
  std::vector<std::string> rest;
  std::copy_if(bands.begin(), bands.end(), std::back_inserter(rest),
               [&](const std::string& band) { return std::find(others.begin(), others.end(), band) == others.end(); });
  return rest;
}

// The terms of an article with `id` that say that it is a copy of `original`, or none when that is empty.
std::vector<std::string> MarkTerms(const std::string& id, const std::string& original, const CopyKey& key) {
  const bool is_copy = !original.empty();
  std::vector<std::string> terms = {KeywordTerm(GetField(FieldId::kOriginal), is_copy ? original : id)};
  if (is_copy) {
    terms.push_back(KeywordTerm(GetField(FieldId::kCopyOf), original));
    terms.push_back(PresenceTerm(GetField(FieldId::kCopyOf).name));
  }
  for (const std::string& band : BandsOf(key))
    terms.push_back(BandTerm(band, is_copy));
  return terms;
}

}  // namespace

void AddCopyKey(const CopyKey& key, Xapian::Document& document) {
  document.add_value(kCopyKeySlot, EncodeCopyKey(key));
  for (const std::string& band : BandsOf(key))
    document.add_boolean_term(BandTerm(band, false));
}

CopyLinks::CopyOf CopyLinks::MarkOf(const Xapian::Document& document, const ArticleDictionary* dictionary) {
  const v1::Article card = OrThrow(DecodeCard(document.get_data(), dictionary));
  return {card.copy_of(), card.copy_similarity()};
}

// The same document comes of it, however often and as what it was marked before.
void CopyLinks::Mark(const CopyKey& key, const CopyOf& now, const ArticleDictionary* dictionary,
                     Xapian::Document& document) {
  const std::string data = document.get_data();
  v1::Article card = OrThrow(DecodeCard(data, dictionary));
  if (now == CopyOf{card.copy_of(), card.copy_similarity()}) return;
  const std::vector<std::string> old_terms = MarkTerms(card.id(), card.copy_of(), key);
  const std::vector<std::string> new_terms = MarkTerms(card.id(), now.id, key);
  for (const std::string& term : Less(old_terms, new_terms))
    document.remove_term(term);
  for (const std::string& term : Less(new_terms, old_terms))
    document.add_boolean_term(term);
  card.set_copy_of(now.id);
  card.set_copy_similarity(now.similarity);
  document.add_value(kOriginalSlot, now.id.empty() ? card.id() : now.id);
  document.set_data(OrThrow(ReplaceCard(data, card, dictionary)));
}

void CopyLinks::Replace(const std::string& id_term, const Xapian::Document& document,
                        const std::optional<CopyKey>& key) {
  FindBefore(id_term);
  if (before_.has_value() && before_ == key) {
    Xapian::Document marked = document;
    Mark(*key, before_mark_, nullptr, marked);
    documents_.Write(id_term, marked, stood_);
    return;
  }
  Change(id_term, &document, key);
}

void CopyLinks::Remove(const std::string& id_term) {
  FindBefore(id_term);
  Change(id_term, nullptr, std::nullopt);
}

// From what stood to `document`, or to nothing.
void CopyLinks::Change(const std::string& id_term, const Xapian::Document* document,
                       const std::optional<CopyKey>& key) {
  const std::vector<std::string> bands_before = before_.has_value() ? BandsOf(*before_) : std::vector<std::string>();
  const std::vector<std::string> bands = key.has_value() ? BandsOf(*key) : std::vector<std::string>();
  const std::vector<std::string> gone = Less(bands_before, bands), added = Less(bands, bands_before);
  ExpectAtLimit(gone, max_band_articles_ + 1);
  ExpectAtLimit(added, max_band_articles_);
  if (before_.has_value() && before_mark_.id.empty()) ExpectAbove(*before_);
  if (key.has_value()) {
    gone_bands_.insert(gone.begin(), gone.end());
    new_bands_.insert(added.begin(), added.end());
    open_[key->rank] = kToBeWritten;
  } else {
    if (document != nullptr) documents_.Write(id_term, *document, stood_);
    if (document == nullptr) documents_.Remove(*stood_);
    stood_.reset();
  }
  while (!open_.empty()) {
    const DocumentPlace place = open_.extract(open_.begin()).mapped();
    place == kToBeWritten ? WriteChanged(id_term, *document, *key) : Settle(place);
  }
}

// Of the same text there may be any number, but the bands of one text are all the same: those are found by the others.
void CopyLinks::Restore(const std::string& id_term, const Xapian::Document& document,
                        const std::optional<CopyKey>& key) {
  if (key.has_value()) {
    for (const std::string& band : BandsOf(*key)) {
      if (IsExactBand(band) || CountOf(band) + 1 > max_band_articles_) continue;
      Expect(BandTerm(band, false), nullptr);
      Expect(BandTerm(band, true), nullptr);
    }
  }
  Replace(id_term, document, key);
}

void CopyLinks::Recheck(const std::string& id_term) {
  const std::optional<DocumentPlace> place = documents_.Find(id_term);
  if (!place.has_value()) return;
  const std::optional<CopyKey> key = DecodeCopyKey(documents_.Get(*place).get_value(kCopyKeySlot));
  if (!key.has_value()) return;  // a deletion
  open_[key->rank] = *place;
  while (!open_.empty())
    Settle(open_.extract(open_.begin()).mapped());
}

void CopyLinks::FindBefore(const std::string& id_term) {
  stood_ = documents_.Find(id_term);
  if (!stood_.has_value()) return;
  const Xapian::Document document = documents_.Get(*stood_);
  before_ = DecodeCopyKey(document.get_value(kCopyKeySlot));
  if (before_.has_value()) before_mark_ = MarkOf(document, documents_.DictionaryOf(*stood_));
}

// With the change these bands become evidence, or cease to be it.
void CopyLinks::ExpectAtLimit(const std::vector<std::string>& bands, Xapian::doccount count) {
  for (const std::string& band : bands) {
    if (IsExactBand(band) || CountOf(band) != count) continue;
    Expect(BandTerm(band, false), nullptr);
    Expect(BandTerm(band, true), nullptr);
  }
}

// Whoever has it among the originals that it may be a copy of.
void CopyLinks::ExpectAbove(const CopyKey& key) {
  if (documents_.UpperBound(kCopyKeySlot) <= EncodeCopyKey(key)) return;  // the newest of all, as most are
  for (const std::string& band : BandsOf(key)) {
    if (!IsExactBand(band) && CountOf(band) > max_band_articles_) continue;
    Expect(BandTerm(band, false), &key.rank);
    Expect(BandTerm(band, true), &key.rank);
  }
}

void CopyLinks::Expect(const std::string& term, const CopyRank* above) {
  documents_.ForEach(term, [&](const DocumentPlace& place) {
    if (stood_ == place) return;
    const CopyRank& rank = KeyOf(place).rank;
    if (above == nullptr || *above < rank) open_[rank] = place;
  });
}

void CopyLinks::WriteChanged(const std::string& id_term, const Xapian::Document& document, const CopyKey& key) {
  const CopyOf now = FindOriginal(key);
  Xapian::Document marked = document;
  Mark(key, now, nullptr, marked);
  const DocumentPlace place = documents_.Write(id_term, marked, stood_);
  stood_.reset();
  gone_bands_.clear();
  new_bands_.clear();
  keys_.insert_or_assign(place, key);
  if (now.id.empty()) ExpectAbove(key);
}

void CopyLinks::Settle(const DocumentPlace& place) {
  const CopyKey key = KeyOf(place);
  const CopyOf now = FindOriginal(key);
  // Taken just before it is replaced: of the document read last, the engine writes only what differs.
  Xapian::Document document = documents_.Get(place);
  const ArticleDictionary* dictionary = documents_.DictionaryOf(place);
  const CopyOf was = MarkOf(document, dictionary);
  if (was == now) return;
  Mark(key, now, dictionary, document);
  documents_.Write(IdTermOf(document), document, place);
  if (was.id.empty() != now.id.empty()) ExpectAbove(key);
}

// Of the originals before it, which are settled.
CopyLinks::CopyOf CopyLinks::FindOriginal(const CopyKey& key) {
  std::map<CopyRank, DocumentPlace> similar;
  for (const std::string& band : BandsOf(key)) {
    const std::string term = BandTerm(band, false);
    if (documents_.Count(term, 0) == 0) continue;
    if (!IsExactBand(band) && CountOf(band) > max_band_articles_) continue;
    documents_.ForEach(term, [&](const DocumentPlace& place) {
      if (stood_ == place) return;
      const CopyKey& other = KeyOf(place);
      if (other.rank < key.rank && SimilarityOf(other, key) >= kCopySimilarity) similar[other.rank] = place;
    });
  }
  if (similar.empty()) return {};
  const DocumentPlace original = similar.begin()->second;
  return {documents_.Get(original, Xapian::DOC_ASSUME_VALID).get_value(kOriginalSlot),
          static_cast<float>(SimilarityOf(KeyOf(original), key))};
}

// How many articles have a band once the change is written; of more than it takes to be no evidence, only that.
Xapian::doccount CopyLinks::CountOf(const std::string& band) const {
  const Xapian::doccount enough = max_band_articles_ + 2;
  Xapian::doccount count =
      documents_.Count(BandTerm(band, false), enough) + documents_.Count(BandTerm(band, true), enough);
  if (gone_bands_.contains(band)) --count;
  if (new_bands_.contains(band)) ++count;
  return count;
}

const CopyKey& CopyLinks::KeyOf(const DocumentPlace& place) {
  auto found = keys_.find(place);
  if (found != keys_.end()) return found->second;
  const std::string bytes = documents_.Get(place, Xapian::DOC_ASSUME_VALID).get_value(kCopyKeySlot);
  std::optional<CopyKey> key = DecodeCopyKey(bytes);
  if (!key.has_value()) throw StatusException{absl::DataLossError("an article of the index has no copy key: rebuild")};
  return keys_.emplace(place, *std::move(key)).first->second;
}

}  // namespace broadsheet::ingest
