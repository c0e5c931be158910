#include "search/rpc/response.h"

#include <utility>

#include "search/match/library.h"
#include "search/query/tree.h"

namespace broadsheet::search {

void Fill(const SearchQuery& query, SearchResult result, std::chrono::steady_clock::duration elapsed,
          v1::SearchResponse& response) {
  response.mutable_hits()->Reserve(static_cast<int>(result.hits.size()));
  for (v1::SearchHit& hit : result.hits)
    response.mutable_hits()->Add(std::move(hit));
  for (v1::HitGroup& group : result.groups)
    response.mutable_groups()->Add(std::move(group));
  response.set_total_groups(result.total_groups);
  for (v1::FacetResult& facet : result.facets)
    response.mutable_facets()->Add(std::move(facet));
  response.set_next_page_token(std::move(result.next_page_token));
  *response.mutable_total() = std::move(result.total);
  *response.mutable_query() = ToUnderstoodQuery(query.text, result.notes, result.expansions, result.suggestion);
  SetSnapshot(result.snapshot, *response.mutable_snapshot());
  response.set_early_stop(result.early_stop);
  response.set_snapshot_changed(result.snapshot_changed);
  auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count();
  response.mutable_elapsed()->set_seconds(nanoseconds / 1'000'000'000);
  response.mutable_elapsed()->set_nanos(static_cast<int32_t>(nanoseconds % 1'000'000'000));
}

}  // namespace broadsheet::search
