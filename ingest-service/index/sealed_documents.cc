#include "ingest/index/sealed_documents.h"

#include <algorithm>
#include <utility>

#include "common/index/shard_dictionary.h"
#include "common/schema/stored_article.h"

namespace broadsheet::ingest {
namespace {

constexpr int kLevel = 9;  // article_dictionary.h

}  // namespace

void SealedDocuments::AddSource(const Xapian::Database& shard) {
  sources_.push_back({shard, ReadDictionary(shard), std::nullopt});
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
  if (!dictionary_.empty()) packer_.emplace(dictionary_, kLevel);
}

// The positions of a document take about as many bytes as it is long: words count in its length once more as stems.
size_t SealedDocuments::PreparedAtOnce() const {
  double longest = 1;
  for (const Source& source : sources_)
    longest = std::max(longest, source.shard.get_average_length());
  return std::max<size_t>(1, static_cast<size_t>(static_cast<double>(prepared_bytes_) / longest));
}

void SealedDocuments::Prepare(std::span<const SourcePlace> places, const std::function<void()>& look) {
  std::vector<std::vector<Xapian::docid>> docids(sources_.size());
  for (const SourcePlace& place : places)
    docids[place.source].push_back(place.docid);
  for (size_t i = 0; i < sources_.size(); ++i) {
    std::sort(docids[i].begin(), docids[i].end());
    sources_[i].positions.reset();  // before there are others
    sources_[i].positions.emplace(sources_[i].shard, std::move(docids[i]), look);
  }
}

Xapian::Document SealedDocuments::Read(const SourcePlace& place) {
  const Source& source = sources_[place.source];
  Xapian::Document document = source.shard.get_document(place.docid);
  source.positions->PutInto(place.docid, document);
  if (source.dictionary == nullptr && !packer_.has_value()) return document;
  const auto parts = ReadParts(document.get_data(), source.dictionary.get());
  if (parts.ok()) document.set_data(packer_.has_value() ? StoreParts(*parts, *packer_) : StoreParts(*parts));
  return document;
}

}  // namespace broadsheet::ingest
