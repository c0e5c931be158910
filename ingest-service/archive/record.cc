#include "ingest/archive/record.h"

#include <utility>

#include "common/base/compress.h"
#include "common/base/timestamp.h"
#include "google/protobuf/util/time_util.h"

namespace broadsheet::ingest {
ArticleRecord MakeRecord(const EnrichedArticle& enriched, const Dictionaries& dictionaries) {
  ArticleRecord record;
  record.caller_id = enriched.caller_id;
  record.canonical_url = enriched.canonical_url;
  record.content_key = enriched.content_key;
  record.raw_hash = enriched.raw_hash;
  record.text_hash = enriched.text_hash;
  record.updated_time = enriched.updated_time;
  if (enriched.article.has_embargo_time()) record.embargo_time = ToTime(enriched.article.embargo_time());
  record.withheld = enriched.article.withheld();
  record.normaliser_version = enriched.article.normaliser_version();
  const std::string derived = enriched.article.SerializeAsString();
  record.derived = dictionaries.Compress(derived);
  record.raw = Compress(enriched.raw.SerializeAsString(), derived);
  return record;
}

DerivationRecord MakeDerivation(const EnrichedArticle& enriched, std::string article_id, int64_t made_from,
                                absl::Time received, const Dictionaries& dictionaries) {
  DerivationRecord record;
  record.article_id = std::move(article_id);
  record.made_from = made_from;
  record.text_hash = enriched.text_hash;
  if (enriched.article.has_embargo_time()) record.embargo_time = ToTime(enriched.article.embargo_time());
  record.withheld = enriched.article.withheld();
  record.normaliser_version = enriched.article.normaliser_version();
  v1::Article article = enriched.article;
  *article.mutable_ingested_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(absl::ToUnixMicros(received));
  record.derived = dictionaries.Compress(article.SerializeAsString());
  return record;
}

}  // namespace broadsheet::ingest
