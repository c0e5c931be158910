#include "ingest/archive/record.h"

#include "ingest/archive/compress.h"

namespace broadsheet::ingest {

ArticleRecord MakeRecord(const EnrichedArticle& enriched) {
  ArticleRecord record;
  record.caller_id = enriched.caller_id;
  record.canonical_url = enriched.canonical_url;
  record.content_key = enriched.content_key;
  record.raw_hash = enriched.raw_hash;
  record.text_hash = enriched.text_hash;
  record.updated_time = enriched.updated_time;
  record.normaliser_version = enriched.article.normaliser_version();
  record.derived = Compress(enriched.article.SerializeAsString());
  record.raw = Compress(enriched.raw.SerializeAsString());
  return record;
}

}  // namespace broadsheet::ingest
