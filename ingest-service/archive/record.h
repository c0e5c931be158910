#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/time/time.h"
#include "ingest/archive/dictionaries.h"
#include "ingest/archive/kept_dictionary.h"
#include "ingest/enrich/enriched_article.h"

namespace broadsheet::ingest {

// An article ready for the archive: everything that takes time is done, so that the one writer thread only decides and
// binds. Plain data.
struct ArticleRecord {
  std::string caller_id;                   // empty when the writer gave none
  std::string canonical_url;               // empty when the writer gave none
  std::string content_key;                 // identifies an article that has neither id nor URL
  std::string raw_hash;                    // equal to the standing one: UNCHANGED
  std::string text_hash;                   // equal to another article's: DUPLICATE. Its rules' version is part of it
  std::optional<absl::Time> updated_time;  // none: the time of receipt
  std::optional<absl::Time> embargo_time;  // until then no reader finds it
  bool withheld = false;                   // no reader finds it
  int32_t normaliser_version = 0;
  // The v1::Article without what the archive decides (id, sequence, revision, updated_time, ingested_time,
  // duplicate_of), compressed by Dictionaries.
  std::string derived;
  // The v1::RawArticle, compressed given the bytes of the derived one: most of its words are there.
  std::string raw;

  // What it takes in a queue.
  size_t bytes() const { return sizeof(*this) + derived.size() + raw.size(); }
};

// An article to delete, by one of its names.
struct DeletionRecord {
  enum class Key { kId, kUrl };

  Key key_kind = Key::kId;
  std::string key;                         // an id, or a URL in canonical form
  std::optional<absl::Time> updated_time;  // none: the time of receipt
  std::string reason;                      // in words, one line; empty when none was given
};

// An article made again from what its writer sent. It counts only while the event it was made from still stands.
struct DerivationRecord {
  std::string article_id;
  int64_t made_from = 0;                   // sequence of the event that stood when it was made
  std::string text_hash;                   // as in ArticleRecord, and so the rest
  std::optional<absl::Time> embargo_time;  // until then no reader finds it
  bool withheld = false;
  int32_t normaliser_version = 0;
  std::string derived;  // with ingested_time, which stays that of the revision

  size_t bytes() const { return sizeof(*this) + derived.size(); }
};

// One operation in the order of its lane. A Rejection passes through so that its result keeps its place. A dictionary
// of the archive has an empty result.
using Record = std::variant<ArticleRecord, DeletionRecord, Rejection, DerivationRecord, KeptDictionary>;

// Serialise and compress. Meant for the worker threads.
ArticleRecord MakeRecord(const EnrichedArticle& enriched, const Dictionaries& dictionaries);

// `received` is when the service received the revision.
DerivationRecord MakeDerivation(const EnrichedArticle& enriched, std::string article_id, int64_t made_from,
                                absl::Time received, const Dictionaries& dictionaries);

}  // namespace broadsheet::ingest
