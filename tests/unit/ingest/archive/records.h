#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/hash.h"
#include "ingest/archive/record.h"
#include "ingest/enrich/enriched_article.h"

// Articles and deletions for tests of the archive, without the pipeline.
namespace broadsheet::ingest {

// What a test says of an article; the hashes follow from it as they do in the pipeline.
struct Draft {
  std::string id;
  std::string url;
  std::string title = "Harbour reopens";
  std::string text = "The harbour of Lundmark reopened on Monday after the storm.";
  std::optional<absl::Time> updated = std::nullopt;
  std::optional<absl::Time> embargo = std::nullopt;
  bool withheld = false;
};

inline EnrichedArticle Enrich(const Draft& draft) {
  EnrichedArticle enriched;
  enriched.raw.set_id(draft.id);
  enriched.raw.set_url(draft.url);
  enriched.raw.set_title(draft.title);
  enriched.raw.set_text(draft.text);
  if (draft.updated.has_value()) enriched.raw.mutable_updated_time()->set_seconds(absl::ToUnixSeconds(*draft.updated));
  if (draft.embargo.has_value()) enriched.raw.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(*draft.embargo));
  enriched.raw.set_withheld(draft.withheld);
  enriched.text_hash = Hash128Hex(draft.text);
  enriched.raw_hash = Hash128Hex(enriched.raw.SerializeAsString());
  enriched.article.set_title(draft.title);
  enriched.article.set_body(draft.text);
  enriched.article.set_url(draft.url);
  enriched.article.set_content_hash(enriched.text_hash);
  enriched.article.set_normaliser_version(3);
  if (draft.embargo.has_value()) *enriched.article.mutable_embargo_time() = enriched.raw.embargo_time();
  enriched.article.set_withheld(draft.withheld);
  enriched.caller_id = draft.id;
  enriched.canonical_url = draft.url;
  enriched.content_key = Hash128Hex("key " + draft.text);
  enriched.updated_time = draft.updated;
  return enriched;
}

inline ArticleRecord RecordOf(const Draft& draft) {
  return MakeRecord(Enrich(draft), Dictionaries());
}

inline DeletionRecord DeletionOf(const std::string& id, std::optional<absl::Time> updated = std::nullopt) {
  return {DeletionRecord::Key::kId, id, updated, {}};
}

inline DeletionRecord DeletionOfUrl(const std::string& url, std::optional<absl::Time> updated = std::nullopt) {
  return {DeletionRecord::Key::kUrl, url, updated, {}};
}

inline const absl::Time kNoon = absl::FromUnixSeconds(1'750'000'000);

// A clock that stands where the test puts it.
class TestClock : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixMicros(micros_.load()); }
  void Set(absl::Time time) { micros_ = absl::ToUnixMicros(time); }
  void Advance(absl::Duration by) { micros_ += absl::ToInt64Microseconds(by); }

 private:
  std::atomic<int64_t> micros_{absl::ToUnixMicros(kNoon)};
};

}  // namespace broadsheet::ingest
