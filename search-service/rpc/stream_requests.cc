#include "search/rpc/stream_requests.h"

#include <utility>

#include "common/base/error.h"
#include "search/query/validate.h"

namespace broadsheet::search {
namespace {

constexpr absl::Duration kHeartbeat = absl::Seconds(15);
constexpr absl::Duration kShortestHeartbeat = absl::Seconds(1);
constexpr absl::Duration kLongestHeartbeat = absl::Minutes(5);

// What both have in common with a search. Streams have an order of their own, so a query's must not depend on its
// words.
template <typename Request>
v1::SearchRequest SearchOf(const Request& request) {
  v1::SearchRequest search;
  search.set_query(request.query());
  if (request.has_query_options()) *search.mutable_query_options() = request.query_options();
  if (request.has_filter()) *search.mutable_filter() = request.filter();
  search.set_copies(request.copies());
  search.set_view(request.view());
  search.set_lineage(request.lineage());
  search.set_order(v1::ORDER_OLDEST);
  return search;
}

absl::StatusOr<std::optional<ResumePosition>> ReadResumeToken(const std::string& token, ResumeKind kind,
                                                              uint64_t fingerprint) {
  if (token.empty()) return std::nullopt;
  auto position = DecodeResumeToken(token, kind, fingerprint);
  if (!position.ok()) return position.status();
  return *position;
}

absl::StatusOr<absl::Duration> ReadHeartbeat(const v1::WatchArticlesRequest& request) {
  if (!request.has_heartbeat()) return kHeartbeat;
  const absl::Duration heartbeat =
      absl::Seconds(request.heartbeat().seconds()) + absl::Nanoseconds(request.heartbeat().nanos());
  if (heartbeat >= kShortestHeartbeat && heartbeat <= kLongestHeartbeat) return heartbeat;
  return InvalidField("HEARTBEAT", "heartbeat", "must be 1 second to 5 minutes; leave it out for 15 seconds");
}

absl::Status CheckStart(const v1::WatchArticlesRequest& request) {
  if (!request.has_start_sequence()) return absl::OkStatus();
  if (request.start_sequence() < 0) {
    return InvalidField("START_SEQUENCE", "start_sequence",
                        "is negative: give the sequence of a write or a snapshot, or leave it out to begin now");
  }
  if (request.resume_token().empty()) return absl::OkStatus();
  return InvalidField("START_SEQUENCE", "start_sequence", "goes not with a resume_token, which says where to go on");
}

}  // namespace

absl::StatusOr<ExportPlan> Validate(const v1::ExportArticlesRequest& request) {
  v1::SearchRequest search = SearchOf(request);
  search.set_min_sequence(request.min_sequence());
  if (request.view() == v1::ARTICLE_VIEW_UNSPECIFIED) search.set_view(v1::ARTICLE_VIEW_FULL);
  auto query = Validate(search);
  if (!query.ok()) return query.status();
  auto resume = ReadResumeToken(request.resume_token(), ResumeKind::kExport, query->fingerprint);
  if (!resume.ok()) return resume.status();
  return ExportPlan{*std::move(query), *resume};
}

absl::StatusOr<WatchPlan> Validate(const v1::WatchArticlesRequest& request) {
  v1::SearchRequest search = SearchOf(request);
  if (request.has_highlight()) *search.mutable_highlight() = request.highlight();
  auto query = Validate(search);
  if (!query.ok()) return query.status();
  if (auto start = CheckStart(request); !start.ok()) return start;
  auto resume = ReadResumeToken(request.resume_token(), ResumeKind::kWatch, query->fingerprint);
  if (!resume.ok()) return resume.status();
  auto heartbeat = ReadHeartbeat(request);
  if (!heartbeat.ok()) return heartbeat.status();
  query->words.typos = false;  // what a misspelt word is taken for may change with every commit
  WatchPlan plan{*std::move(query), *resume, std::nullopt, *heartbeat};
  if (request.has_start_sequence()) plan.start_sequence = request.start_sequence();
  return plan;
}

}  // namespace broadsheet::search
