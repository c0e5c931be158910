#include "ingest/archive/decide.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/hash.h"

namespace broadsheet::ingest {
namespace {

// Which article a record is about.
struct Identity {
  std::string id;
  bool known = false;          // an earlier write fixed it
  std::vector<Alias> missing;  // keys of the record that do not lead to it yet
  std::string conflict;        // another article that a key leads to
};

constexpr int kLongestChain = 64;

absl::Time Micros(absl::Time time) {
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

void Reject(v1::IngestResult& result, v1::Reason reason, std::string_view field, std::string_view message) {
  result.set_outcome(v1::OUTCOME_REJECTED);
  result.set_reason(reason);
  result.set_field(std::string(field));
  result.set_message(std::string(message));
}

bool RejectFuture(v1::IngestResult& result, absl::Time updated, absl::Time received) {
  if (updated <= received + kMostAhead) return false;
  Reject(result, v1::REASON_UPDATED_IN_FUTURE, "updated_time",
         absl::StrCat("updated_time ", absl::FormatTime(absl::RFC3339_sec, updated, absl::UTCTimeZone()),
                      " is more than 24 hours ahead of the service's clock; send the time of this version"));
  return true;
}

// The result for a write that changes nothing: what stands, and why.
void Keep(v1::IngestResult& result, v1::Outcome outcome, const Head& head) {
  result.set_outcome(outcome);
  result.set_article_id(head.id);
  result.set_sequence(head.sequence);
  result.set_revision(head.revision);
}

void KeepNewer(v1::IngestResult& result, const Head& head) {
  Keep(result, v1::OUTCOME_STALE, head);
  result.set_reason(v1::REASON_NEWER_VERSION_STANDS);
  result.set_message(absl::StrCat(head.deleted ? "a deletion" : "a version", " of ",
                                  absl::FormatTime(absl::RFC3339_full, head.updated_time, absl::UTCTimeZone()),
                                  " stands; send a later updated_time to replace it"));
}

absl::StatusOr<std::string> FindCallerId(const std::string& id, Standing& standing) {
  absl::StatusOr<std::optional<Head>> head = standing.FindHead(id);
  if (!head.ok()) return head.status();
  if (head->has_value()) return id;
  return standing.FindAlias(AliasKind::kCallerId, id);
}

absl::StatusOr<Identity> IdentifyByContent(const ArticleRecord& record, Standing& standing) {
  absl::StatusOr<std::string> found = standing.FindAlias(AliasKind::kContent, record.content_key);
  if (!found.ok()) return found.status();
  if (!found->empty()) return Identity{.id = *found, .known = true};
  return Identity{.id = DeriveId(AliasKind::kContent, record.content_key),
                  .missing = {{AliasKind::kContent, record.content_key}}};
}

absl::StatusOr<Identity> Identify(const ArticleRecord& record, Standing& standing) {
  if (record.caller_id.empty() && record.canonical_url.empty()) return IdentifyByContent(record, standing);
  absl::StatusOr<std::string> by_id, by_url;
  by_id = by_url = std::string();
  if (!record.caller_id.empty()) by_id = FindCallerId(record.caller_id, standing);
  if (!by_id.ok()) return by_id.status();
  if (!record.canonical_url.empty()) by_url = standing.FindAlias(AliasKind::kUrl, record.canonical_url);
  if (!by_url.ok()) return by_url.status();

  Identity identity;
  identity.known = !by_id->empty() || !by_url->empty();
  if (identity.known) {
    identity.id = by_id->empty() ? *by_url : *by_id;
    if (!by_url->empty() && *by_url != identity.id) identity.conflict = *by_url;
  } else {
    identity.id = record.caller_id.empty() ? DeriveId(AliasKind::kUrl, record.canonical_url) : record.caller_id;
  }
  // An article's own id leads to it without an alias.
  if (by_id->empty() && !record.caller_id.empty() && record.caller_id != identity.id) {
    identity.missing.push_back({AliasKind::kCallerId, record.caller_id});
  }
  if (by_url->empty() && !record.canonical_url.empty()) {
    identity.missing.push_back({AliasKind::kUrl, record.canonical_url});
  }
  return identity;
}

// Whether the marks of copies lead from `from` to `id`: then `id` is the original already.
absl::StatusOr<bool> IsCopyOf(Head from, std::string_view id, Standing& standing) {
  for (int i = 0; i < kLongestChain && !from.duplicate_of.empty(); ++i) {
    if (from.duplicate_of == id) return true;
    absl::StatusOr<std::optional<Head>> next = standing.FindHead(from.duplicate_of);
    if (!next.ok()) return next.status();
    if (!next->has_value()) return false;
    from = **std::move(next);
  }
  return false;
}

// The article that `id`, with this text, is a copy of; empty when it is none. An article never becomes a copy of its
// own copy, and where no original stands, the one that has had the text for longest takes its place. What readers do
// not find yet is no original: its id would be told before its time, and the copy would seem to be none.
template <typename AnyRecord>
absl::StatusOr<std::string> FindOriginal(const AnyRecord& record, const std::string& id, const Decision& decision,
                                         absl::Time received, Standing& standing) {
  const absl::Time found_by = std::max(received, record.embargo_time.value_or(received));
  absl::StatusOr<std::optional<Head>> other = standing.FindText(record.text_hash, id, found_by);
  if (!other.ok()) return other.status();
  if (!other->has_value()) return std::string();
  const Head& head = **other;
  if (head.duplicate_of.empty()) return head.id;
  if (decision.same_text && decision.before->text_since < head.text_since) return std::string();
  absl::StatusOr<bool> own_copy = IsCopyOf(head, id, standing);
  if (!own_copy.ok()) return own_copy.status();
  return *own_copy ? std::string() : head.id;
}

// Fills in the decision for a write that is going to stand.
absl::Status Accept(const ArticleRecord& record, const Identity& identity, absl::Time received, Decision& decision,
                    Standing& standing) {
  const std::optional<Head>& before = decision.before;
  bool was_live = before.has_value() && !before->deleted;
  decision.writes = true;
  decision.new_aliases = identity.missing;
  decision.same_text = was_live && before->text_hash == record.text_hash;
  absl::StatusOr<std::string> original = FindOriginal(record, identity.id, decision, received, standing);
  if (!original.ok()) return original.status();
  v1::IngestResult& result = decision.result;
  result.set_article_id(identity.id);
  result.set_revision(before.has_value() ? before->revision + 1 : 1);
  result.set_duplicate_of(*original);
  result.set_outcome(!original->empty() ? v1::OUTCOME_DUPLICATE : was_live ? v1::OUTCOME_UPDATED : v1::OUTCOME_CREATED);
  return absl::OkStatus();
}

Decision NothingToDelete(const DeletionRecord& record, const std::optional<Head>& head) {
  Decision decision;
  v1::IngestResult& result = decision.result;
  result.set_outcome(v1::OUTCOME_UNCHANGED);
  if (head.has_value()) Keep(result, v1::OUTCOME_UNCHANGED, *head);
  if (!head.has_value() && record.key_kind == DeletionRecord::Key::kId) result.set_article_id(record.key);
  result.set_reason(v1::REASON_NOT_FOUND);
  result.set_message(head.has_value() ? "the article is deleted already" : "there is no such article");
  return decision;
}

}  // namespace

absl::StatusOr<Decision> DecideArticle(const ArticleRecord& record, absl::Time received, Standing& standing) {
  Decision decision;
  decision.updated_time = Micros(record.updated_time.value_or(received));
  if (RejectFuture(decision.result, decision.updated_time, received)) return decision;
  absl::StatusOr<Identity> identity = Identify(record, standing);
  if (!identity.ok()) return identity.status();
  if (!identity->conflict.empty()) {
    Reject(decision.result, v1::REASON_IDENTITY_CONFLICT, "url",
           absl::StrCat("the id leads to article ", identity->id, " and the url to article ", identity->conflict,
                        "; send only one of them"));
    return decision;
  }
  if (identity->known) {
    absl::StatusOr<std::optional<Head>> head = standing.FindHead(identity->id);
    if (!head.ok()) return head.status();
    decision.before = *std::move(head);
  }
  if (decision.before.has_value()) {
    const Head& head = *decision.before;
    if (!head.deleted && head.raw_hash == record.raw_hash) {
      Keep(decision.result, v1::OUTCOME_UNCHANGED, head);
      return decision;
    }
    if (decision.updated_time < head.updated_time) {
      KeepNewer(decision.result, head);
      return decision;
    }
  }
  if (absl::Status status = Accept(record, *identity, received, decision, standing); !status.ok()) return status;
  return decision;
}

absl::StatusOr<Decision> DecideDeletion(const DeletionRecord& record, absl::Time received, Standing& standing) {
  Decision decision;
  decision.updated_time = Micros(record.updated_time.value_or(received));
  if (RejectFuture(decision.result, decision.updated_time, received)) return decision;
  absl::StatusOr<std::string> id = FindArticle(record.key_kind, record.key, standing);
  if (!id.ok()) return id.status();
  if (id->empty()) return NothingToDelete(record, std::nullopt);
  absl::StatusOr<std::optional<Head>> head = standing.FindHead(*id);
  if (!head.ok()) return head.status();
  if (!head->has_value() || (*head)->deleted) return NothingToDelete(record, *head);
  decision.before = *std::move(head);
  if (decision.updated_time < decision.before->updated_time) {
    KeepNewer(decision.result, *decision.before);
    return decision;
  }
  decision.writes = true;
  decision.result.set_outcome(v1::OUTCOME_DELETED);
  decision.result.set_article_id(*id);
  decision.result.set_revision(decision.before->revision + 1);
  return decision;
}

absl::StatusOr<Decision> DecideDerivation(const DerivationRecord& record, absl::Time received, Standing& standing) {
  Decision decision;
  absl::StatusOr<std::optional<Head>> head = standing.FindHead(record.article_id);
  if (!head.ok()) return head.status();
  if (!head->has_value() || (*head)->sequence != record.made_from || (*head)->deleted) {
    if (head->has_value()) Keep(decision.result, v1::OUTCOME_STALE, **head);
    decision.result.set_outcome(v1::OUTCOME_STALE);
    decision.result.set_article_id(record.article_id);
    decision.result.set_reason(v1::REASON_NEWER_VERSION_STANDS);
    decision.result.set_message("the article was written or deleted since it was made again");
    return decision;
  }
  decision.before = *std::move(head);
  decision.writes = true;
  decision.updated_time = decision.before->updated_time;
  decision.same_text = decision.before->text_hash == record.text_hash;
  absl::StatusOr<std::string> original = decision.before->duplicate_of;
  if (!decision.same_text) original = FindOriginal(record, record.article_id, decision, received, standing);
  if (!original.ok()) return original.status();
  Keep(decision.result, v1::OUTCOME_UPDATED, *decision.before);
  decision.result.set_duplicate_of(*original);
  return decision;
}

Decision DecideRejection(const Rejection& rejection) {
  Decision decision;
  Reject(decision.result, rejection.reason, rejection.field, rejection.message);
  return decision;
}

std::string DeriveId(AliasKind kind, std::string_view key) {
  static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string hex = Hash128Hex(absl::StrCat(kind == AliasKind::kUrl ? "url:" : "content:", std::string(key)));
  std::string id = "bs-";
  unsigned bits = 0, count = 0;
  for (char digit : hex) {
    bits = (bits << 4) | static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    count += 4;
    if (count >= 5) id.push_back(kDigits[(bits >> (count -= 5)) & 31]);
  }
  id.push_back(kDigits[(bits << (5 - count)) & 31]);  // 128 bits are 25 digits and 3 bits
  return id;
}

absl::StatusOr<std::string> FindArticle(DeletionRecord::Key kind, std::string_view key, Standing& standing) {
  if (kind == DeletionRecord::Key::kUrl) return standing.FindAlias(AliasKind::kUrl, key);
  return FindCallerId(std::string(key), standing);
}

}  // namespace broadsheet::ingest
