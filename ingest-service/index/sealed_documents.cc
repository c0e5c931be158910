#include "ingest/index/sealed_documents.h"

#include <utility>

#include "common/index/shard_dictionary.h"
#include "common/schema/stored_article.h"

namespace broadsheet::ingest {

void SealedDocuments::AddSource(const Xapian::Database& shard) {
  sources_.push_back({shard, ReadDictionary(shard)});
}

void SealedDocuments::MakeDictionary(const std::vector<SourcePlace>& places, const std::function<void()>& look) {
  std::vector<std::string> samples;
  size_t bytes = 0;
  for (auto place = places.begin(); place != places.end() && bytes < kTrainingBytes; ++place) {
    look();
    const Source& source = sources_[place->source];
    const std::string data = source.shard.get_document(place->docid).get_data();
    auto parts = ReadParts(data, source.dictionary.get());
    if (!parts.ok()) continue;  // a tombstone, which has no article, or damaged
    bytes += parts->card.size() + parts->rest.size();
    samples.push_back(std::move(parts->card));
    samples.push_back(std::move(parts->rest));
  }
  dictionary_ = TrainDictionary(samples);
  if (!dictionary_.empty()) packer_.emplace(dictionary_);
}

Xapian::Document SealedDocuments::Read(const SourcePlace& place) {
  const Source& source = sources_[place.source];
  Xapian::Document document = source.shard.get_document(place.docid);
  if (source.dictionary == nullptr && !packer_.has_value()) return document;
  const auto parts = ReadParts(document.get_data(), source.dictionary.get());
  if (parts.ok()) document.set_data(packer_.has_value() ? StoreParts(*parts, *packer_) : StoreParts(*parts));
  return document;
}

}  // namespace broadsheet::ingest
