#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/archive/record.h"

// What becomes of one write, decided against what stands. No storage here: the rules alone.
namespace broadsheet::ingest {

// The version of an article that stands, or its tombstone.
struct Head {
  std::string id;
  int64_t sequence = 0;
  int32_t revision = 0;
  bool deleted = false;
  absl::Time updated_time;
  std::string raw_hash;    // empty for a tombstone, like all below
  std::string text_hash;   // empty when it is withheld
  int64_t text_since = 0;  // sequence since which it has had this text
  std::string duplicate_of;
};

// Keys that lead to an article, beside its own id. Stored on disk: never change the numbers.
enum class AliasKind : int { kCallerId = 1, kUrl = 2, kContent = 3 };

struct Alias {
  AliasKind kind;
  std::string key;
};

// What stands, earlier writes of the same group included.
class Standing {
 public:
  virtual ~Standing() = default;

  // By the article's own id.
  virtual absl::StatusOr<std::optional<Head>> FindHead(std::string_view id) = 0;

  // The id of the article that a key leads to; empty when there is none.
  virtual absl::StatusOr<std::string> FindAlias(AliasKind kind, std::string_view key) = 0;

  // Among the articles with this text that stand, but for `except_id` and those that readers do not find yet at
  // `found_by` (embargoed) or at all (withheld): the one that is no copy, else the one that has had the text for
  // longest.
  virtual absl::StatusOr<std::optional<Head>> FindText(std::string_view text_hash, std::string_view except_id,
                                                       absl::Time found_by) = 0;
};

struct Decision {
  // What the caller gets, but for lineage and acknowledged; when `writes`, its sequence is still to be set.
  v1::IngestResult result;
  bool writes = false;

  // Only when it writes:
  std::optional<Head> before;      // what stood
  absl::Time updated_time;         // in whole microseconds
  std::vector<Alias> new_aliases;  // keys that lead to the article from now on
  bool same_text = false;          // the article had this text before: text_since stays
};

// How far ahead of the service's clock an updated_time may be.
inline constexpr absl::Duration kMostAhead = absl::Hours(24);

// `received` is the time of receipt. Errors are those of `standing`.
absl::StatusOr<Decision> DecideArticle(const ArticleRecord& record, absl::Time received, Standing& standing);
absl::StatusOr<Decision> DecideDeletion(const DeletionRecord& record, absl::Time received, Standing& standing);
Decision DecideRejection(const Rejection& rejection);

// UPDATED with the revision that stands, or STALE when what it was made from stands no more. Which of several copies
// counts as the original may change, since each is compared with what stands of the others at that moment.
absl::StatusOr<Decision> DecideDerivation(const DerivationRecord& record, absl::Time received, Standing& standing);

// The id of an article whose writer gave none, from the key that identifies it: "bs-" and 26 letters and digits.
// Stored on disk: never change it.
std::string DeriveId(AliasKind kind, std::string_view key);

// The article that a deletion's key leads to, by own id or alias; empty when there is none.
absl::StatusOr<std::string> FindArticle(DeletionRecord::Key kind, std::string_view key, Standing& standing);

}  // namespace broadsheet::ingest
