#include "search/match/library.h"

#include <utility>

#include "common/base/version.h"
#include "common/index/superseded.h"
#include "common/index/xapian_status.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/text/analyzer_version.h"
#include "search/index/caller.h"
#include "search/match/embargo.h"
#include "search/match/hidden.h"
#include "search/match/page.h"
#include "search/match/result.h"
#include "search/match/searcher.h"
#include "search/match/stored.h"
#include "search/match/timestamp.h"
#include "search/query/search_query.h"

namespace broadsheet::search {
namespace {

absl::StatusOr<v1::BatchGetArticlesResponse> Collect(const std::vector<std::string>& ids, v1::ArticleView view,
                                                     Reader& reader, absl::Time now, const CallContext& context) {
  v1::BatchGetArticlesResponse response;
  size_t bytes = 0;
  for (const std::string& id : ids) {
    if (auto waits = CheckCaller(context); !waits.ok()) return waits;
    Xapian::docid docid = FindArticle(reader, id, now);
    if (docid == 0) {
      response.add_missing_ids(id);
      continue;
    }
    if (bytes > kMaxReplyBytes) {
      response.add_deferred_ids(id);
      continue;
    }
    auto article = ReadArticle(reader, docid, view == v1::ARTICLE_VIEW_FULL);
    if (!article.ok()) return article.status();
    Restrict(view, *article);
    bytes += article->ByteSizeLong();
    if (bytes > kMaxReplyBytes && response.articles_size() > 0) {
      response.add_deferred_ids(id);
    } else {
      response.mutable_articles()->Add(*std::move(article));
    }
  }
  SetSnapshot(reader.snapshot(), *response.mutable_snapshot());
  return response;
}

v1::FieldType ToMessage(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return v1::FIELD_TYPE_TEXT;
    case FieldType::kKeyword:
      return v1::FIELD_TYPE_KEYWORD;
    case FieldType::kTime:
      return v1::FIELD_TYPE_TIME;
    case FieldType::kNumber:
      return v1::FIELD_TYPE_NUMBER;
  }
  return v1::FIELD_TYPE_UNSPECIFIED;
}

v1::ShardState ToMessage(ShardState state) {
  switch (state) {
    case ShardState::kHot:
      return v1::SHARD_STATE_HOT;
    case ShardState::kFrozen:
      return v1::SHARD_STATE_FROZEN;
    case ShardState::kSealed:
      return v1::SHARD_STATE_SEALED;
    case ShardState::kDamaged:
      return v1::SHARD_STATE_DAMAGED;
  }
  return v1::SHARD_STATE_UNSPECIFIED;
}

int64_t CountVisible(const Xapian::Database& database, const std::vector<Xapian::docid>& hidden,
                     const std::string& term) {
  return static_cast<int64_t>(database.get_termfreq(term)) - CountWith(database, hidden, term);
}

void DescribeFields(v1::GetIndexInfoResponse& response) {
  for (const Field& field : Fields()) {
    v1::FieldInfo* info = response.add_fields();
    info->set_name(std::string(field.name));
    info->set_type(ToMessage(field.type));
    info->set_query_name(std::string(field.query_name));
    info->set_filterable(field.filterable);
    info->set_facetable(field.facetable);
    info->set_groupable(IsGroupable(field));
    info->set_repeated(field.repeated);
  }
}

void DescribeShards(Reader& reader, absl::Time now, v1::GetIndexInfoResponse& response) {
  for (OpenShard& shard : reader.shards()) {
    v1::Shard* message = response.add_shards();
    message->set_uuid(shard.entry.uuid);
    message->set_first_sequence(shard.entry.first_sequence);
    message->set_last_sequence(shard.entry.last_sequence);
    std::vector<Xapian::docid> hidden = FindEmbargoed(shard.database, now);
    MergeDocids(shard.superseded, hidden);
    message->set_documents(shard.database.get_doccount() - static_cast<int64_t>(hidden.size()));
    message->set_superseded(static_cast<int64_t>(shard.superseded.size()));
    message->set_state(ToMessage(shard.entry.state));
    message->set_bytes(reader.BytesOf(shard));
  }
  for (const ShardEntry& shard : reader.left_out()) {
    v1::Shard* message = response.add_shards();
    message->set_uuid(shard.uuid);
    message->set_first_sequence(shard.first_sequence);
    message->set_last_sequence(shard.last_sequence);
    message->set_state(ToMessage(shard.state));
    message->set_bytes(shard.bytes);
  }
}

void DescribeLimits(v1::SearchLimits& limits) {
  limits.set_query_bytes(kMaxQueryBytes);
  limits.set_query_terms(kMaxQueryTerms);
  limits.set_query_brackets(kMaxQueryDepth);
  limits.set_query_prefixes(kMaxQueryPrefixes);
  limits.set_prefix_letters(kMinPrefixLetters);
  limits.set_filter_depth(kMaxFilterDepth);
  limits.set_filter_conditions(kMaxFilterConditions);
  limits.set_filter_values(kMaxFilterValues);
  limits.set_facets(kMaxFacets);
  limits.set_facet_buckets(kMaxFacetBuckets);
  limits.set_page_size(kMaxPageSize);
  limits.set_relevance_depth(kMaxRelevanceDepth);
  limits.set_batch_ids(kMaxBatchIds);
  limits.set_reply_bytes(kMaxReplyBytes);
  limits.set_batch_requests(kMaxBatchRequests);
  limits.set_near_distance(static_cast<int32_t>(kMaxNearDistance));
  limits.set_word_expansions(kMaxExpansions);
  limits.set_source_weights(kMaxSourceWeights);
  limits.set_group_hits(kMaxHitsPerGroup);
  limits.set_fair_hits(kMaxFairHits);
  limits.set_histogram_buckets(kMaxHistogramBuckets);
  limits.set_facet_ranges(kMaxFacetRanges);
  limits.set_ranking_expansion(kMaxExpansionTerms);
}

struct Bounds {
  std::string earliest, latest;  // as the slot has them; empty when no article has a value
};

// Of the values of all but `embargoed`. The engine's own bounds will do unless they can be those of an article that
// nobody may know of; then every value is looked at.
Bounds PublishedBounds(const Xapian::Database& database, const std::vector<Xapian::docid>& embargoed) {
  const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kPublishedTime).slot);
  if (database.get_value_freq(slot) == 0) return {};
  if (embargoed.empty()) return {database.get_value_lower_bound(slot), database.get_value_upper_bound(slot)};
  Bounds bounds;
  auto hidden = embargoed.begin();
  for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot); ++value) {
    while (hidden != embargoed.end() && *hidden < value.get_docid())
      ++hidden;
    if (hidden != embargoed.end() && *hidden == value.get_docid()) continue;
    const std::string here = *value;
    if (bounds.earliest.empty() || here < bounds.earliest) bounds.earliest = here;
    if (bounds.latest.empty() || here > bounds.latest) bounds.latest = here;
  }
  return bounds;
}

v1::GetIndexInfoResponse DescribeIndex(Reader& reader, absl::Time now) {
  v1::GetIndexInfoResponse response;
  Xapian::Database& database = reader.database();
  SetSnapshot(reader.snapshot(), *response.mutable_snapshot());
  const std::vector<Xapian::docid> hidden = FindHidden(reader, now);
  response.set_articles(CountVisible(database, hidden, std::string(kArticleTerm)));
  response.set_tombstones(CountVisible(database, hidden, std::string(kTombstoneTerm)));
  DescribeShards(reader, now, response);
  DescribeFields(response);
  DescribeLimits(*response.mutable_limits());
  response.set_schema_version(kSchemaVersion);
  response.set_analyzer_version(kAnalyzerVersion);
  response.set_xapian_version(Xapian::version_string());
  response.set_version(std::string(Version()));
  const Bounds bounds = PublishedBounds(database, FindEmbargoed(database, now));
  if (!bounds.latest.empty()) {
    SetTimestamp(DecodeNumber(bounds.earliest), *response.mutable_earliest_published_time());
    SetTimestamp(DecodeNumber(bounds.latest), *response.mutable_latest_published_time());
  }
  return response;
}

}  // namespace

void SetSnapshot(const Snapshot& snapshot, v1::Snapshot& message) {
  message.set_sequence(snapshot.sequence);
  message.set_lineage(snapshot.lineage);
}

absl::StatusOr<v1::BatchGetArticlesResponse> Library::Get(const std::vector<std::string>& ids, v1::ArticleView view,
                                                          const Requirements& requirements,
                                                          const CallContext& context) const {
  using Response = absl::StatusOr<v1::BatchGetArticlesResponse>;
  const absl::Time now = clock_.Now();
  return readers_.Run(context, [&](Reader& reader, Effort) -> Response {
    if (auto met = CheckRequirements(requirements, reader.snapshot()); !met.ok()) return met;
    Response found = CatchXapian([&] { return Collect(ids, view, reader, now, context); });
    if (!found.ok() || ids.size() > 1 || !found->articles().empty()) return found;
    if (auto whole = CheckWhole(reader.snapshot(), 0); !whole.ok()) return whole;
    return found;
  });
}

absl::StatusOr<v1::GetIndexInfoResponse> Library::Describe(const CallContext& context) const {
  const absl::Time now = clock_.Now();
  return readers_.Run(context,
                      [&](Reader& reader, Effort) { return CatchXapian([&] { return DescribeIndex(reader, now); }); });
}

std::vector<std::string> Library::Languages(const CallContext& context) const {
  std::vector<std::string> languages;
  absl::Status read = readers_.Run(context, [&](Reader& reader, Effort) {
    languages = reader.languages();
    return absl::OkStatus();
  });
  if (!read.ok()) languages.clear();
  return languages;
}

}  // namespace broadsheet::search
