#include "search/rpc/search_service.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/server_stream.h"
#include "search/query/tree.h"
#include "search/query/validate.h"
#include "search/rpc/batch_search.h"
#include "search/rpc/response.h"
#include "search/rpc/stream_requests.h"
#include "search/rpc/stream_sources.h"
#include "search/rpc/validation.h"

namespace broadsheet::search {

SearchService::SearchService(const ServiceCalls& calls, ReaderPool& readers, SnapshotWatcher& watcher,
                             ParkedCalls& parked, Streams streams, const Clock& clock, SynonymFile& synonyms)
    : calls_(calls),
      readers_(readers),
      watcher_(watcher),
      parked_(parked),
      streams_(streams),
      clock_(clock),
      synonyms_(synonyms),
      searcher_(readers, clock),
      library_(readers, clock),
      similar_(readers, clock),
      significant_(readers, clock),
      trends_(readers, clock),
      lexicon_(readers),
      suggester_(readers, clock, lexicon_) {}

void SearchService::Drain() {
  const absl::Status stopping = RetryableError(
      absl::StatusCode::kUnavailable, "STOPPING",
      "the service is stopping: go on with the last resume_token, at the service that replaces it", absl::Seconds(1));
  streams_.exports.End(stopping);
  streams_.watches.End(stopping);
}

int64_t SearchService::watch_lag() const {
  const auto slowest = board_.slowest();
  return slowest.has_value() ? std::max<int64_t>(0, watcher_.sequence() - *slowest) : 0;
}

grpc::ServerUnaryReactor* SearchService::Serve(std::string_view method, grpc::CallbackServerContext* context,
                                               Requirements requirements, Work work, Lane lane) {
  return Serve(method, context, std::move(requirements), Once(std::move(work)), lane);
}

grpc::ServerUnaryReactor* SearchService::Serve(std::string_view method, grpc::CallbackServerContext* context,
                                               Requirements requirements, TrialWork work, Lane lane) {
  return StartCall(calls_, method, context, [&](std::shared_ptr<Call> call) {
    if (requirements.min_sequence > 0 || !requirements.lineage.empty()) {
      return Park(std::move(call), std::move(requirements), std::move(work), lane);
    }
    Run(std::move(call), std::move(work), lane);
  });
}

void SearchService::Run(std::shared_ptr<Call> call, TrialWork work, Lane lane) {
  auto once = [this, work = std::move(work), lane](const std::shared_ptr<Call>& running) {
    if (const Answered answered = work(running->context(), lane); answered.has_value()) {
      return running->Finish(*answered);
    }
    Run(running, work, Lane::kHeavy);
  };
  RunOnExecutor(calls_, std::move(call), std::move(once), lane);
}

void SearchService::Park(std::shared_ptr<Call> call, Requirements requirements, TrialWork work, Lane lane) {
  auto place = parked_.Enter();
  if (!place.ok()) return call->Finish(place.status());
  const CallContext context = call->context();
  auto done = [this, call = std::move(call), place = *std::move(place), work = std::move(work),
               lane](absl::Status reached) {
    if (!reached.ok()) return call->Finish(reached);
    Run(call, work, lane);
  };
  watcher_.Await(std::move(requirements), context, std::move(done));
}

grpc::ServerUnaryReactor* SearchService::Search(grpc::CallbackServerContext* context, const v1::SearchRequest* request,
                                                v1::SearchResponse* response) {
  const auto begin = std::chrono::steady_clock::now();
  Requirements requirements{request->min_sequence(), request->lineage()};
  const auto asked = std::make_shared<SearchQuery>();
  const TrialWork work = [=, this](const CallContext& call, Lane lane) -> Answered {
    if (lane == Lane::kLight) {  // the first attempt
      auto query = Validate(*request);
      if (!query.ok()) return query.status();
      *asked = *std::move(query);
      asked->synonyms = synonyms_.Current();
    }
    auto result = searcher_.Search(*asked, call, lane == Lane::kHeavy);
    if (!result.ok()) return result.status();
    if (result->postponed) return std::nullopt;
    Fill(*asked, *std::move(result), std::chrono::steady_clock::now() - begin, *response);
    return absl::OkStatus();
  };
  return Serve("Search", context, std::move(requirements), work, Lane::kLight);
}

grpc::ServerUnaryReactor* SearchService::GetArticle(grpc::CallbackServerContext* context,
                                                    const v1::GetArticleRequest* request,
                                                    v1::GetArticleResponse* response) {
  Requirements requirements{request->min_sequence(), request->lineage()};
  return Serve("GetArticle", context, requirements, [=, this](const CallContext& call) {
    if (auto valid = CheckGet(*request); !valid.ok()) return valid;
    auto found = library_.Get({request->id()}, ViewOrFull(request->view()), requirements, call);
    if (!found.ok()) return found.status();
    if (found->articles().empty()) {
      return ErrorWithReason(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND",
                             absl::StrCat("there is no article with id \"", request->id(), "\""));
    }
    response->mutable_article()->Swap(found->mutable_articles(0));
    response->mutable_snapshot()->Swap(found->mutable_snapshot());
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* SearchService::BatchGetArticles(grpc::CallbackServerContext* context,
                                                          const v1::BatchGetArticlesRequest* request,
                                                          v1::BatchGetArticlesResponse* response) {
  Requirements requirements{request->min_sequence(), request->lineage()};
  return Serve("BatchGetArticles", context, requirements, [=, this](const CallContext& call) {
    if (auto valid = CheckBatchGet(*request); !valid.ok()) return valid;
    std::vector<std::string> ids(request->ids().begin(), request->ids().end());
    auto found = library_.Get(ids, ViewOrFull(request->view()), requirements, call);
    if (!found.ok()) return found.status();
    response->Swap(&*found);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* SearchService::ParseQuery(grpc::CallbackServerContext* context,
                                                    const v1::ParseQueryRequest* request,
                                                    v1::ParseQueryResponse* response) {
  return Serve("ParseQuery", context, {}, [=, this](const CallContext& call) {
    auto mode = ParseMatchMode(request->query_options());
    if (!mode.ok()) return mode.status();
    auto parsed = search::ParseQuery(request->query(), *mode);
    if (!parsed.ok()) return parsed.status();
    SearchQuery query{.text = *parsed, .words = ParseWordOptions(request->query_options())};
    query.synonyms = synonyms_.Current();
    RewrittenQuery understood = searcher_.Understand(query, call);
    *response->mutable_query() =
        ToUnderstoodQuery(*parsed, understood.notes, understood.expansions, understood.suggestion);
    TermLookup lookup(library_.Languages(call), !query.words.stems);
    if (auto tree = ToTree(*parsed, lookup); tree.has_value()) *response->mutable_tree() = *std::move(tree);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* SearchService::GetIndexInfo(grpc::CallbackServerContext* context,
                                                      const v1::GetIndexInfoRequest*,
                                                      v1::GetIndexInfoResponse* response) {
  return Serve("GetIndexInfo", context, {}, [=, this](const CallContext& call) {
    auto described = library_.Describe(call);
    if (!described.ok()) return described.status();
    DescribeLimits(*described->mutable_limits());
    response->Swap(&*described);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* SearchService::BatchSearch(grpc::CallbackServerContext* context,
                                                     const v1::BatchSearchRequest* request,
                                                     v1::BatchSearchResponse* response) {
  return StartCall(calls_, "BatchSearch", context, [&](std::shared_ptr<Call> call) {
    if (auto valid = CheckBatch(*request); !valid.ok()) return call->Finish(valid);
    Requirements requirements = RequirementsOf(*request, watcher_.latest().lineage);
    ParkBatch(std::move(call), std::move(requirements), [=, this](const CallContext& running) {
      return AnswerBatch(*request, searcher_, synonyms_.Current(), running, *response);
    });
  });
}

// Like Park, but a sequence that is not reached is for the question that demands it: the others are answered.
void SearchService::ParkBatch(std::shared_ptr<Call> call, Requirements requirements, Work work) {
  auto run = [this, call, work = Once(std::move(work))] { Run(call, work, Lane::kHeavy); };
  if (requirements.min_sequence == 0) return run();
  auto place = parked_.Enter();
  if (!place.ok()) return call->Finish(place.status());
  const CallContext context = call->context();
  auto done = [call, place = *std::move(place), run](const absl::Status& reached) {
    if (reached.ok() || ReasonOf(reached) == "SEQUENCE_NOT_REACHED") return run();
    call->Finish(reached);
  };
  watcher_.Await(std::move(requirements), context, std::move(done));
}

grpc::ServerWriteReactor<v1::ExportArticlesResponse>* SearchService::ExportArticles(
    grpc::CallbackServerContext* context, const v1::ExportArticlesRequest* request) {
  using Source = std::unique_ptr<StreamSource<v1::ExportArticlesResponse>>;
  auto plan = Validate(*request);
  if (plan.ok()) plan->query.synonyms = synonyms_.Current();
  auto source =
      plan.ok() ? absl::StatusOr<Source>(MakeExportSource(*std::move(plan), readers_, clock_)) : plan.status();
  return ServerStream<v1::ExportArticlesResponse>::Start(streams_.exports, calls_, "ExportArticles", context,
                                                         std::move(source));
}

grpc::ServerWriteReactor<v1::WatchArticlesResponse>* SearchService::WatchArticles(
    grpc::CallbackServerContext* context, const v1::WatchArticlesRequest* request) {
  using Source = std::unique_ptr<StreamSource<v1::WatchArticlesResponse>>;
  auto plan = Validate(*request);
  if (plan.ok()) plan->query.synonyms = synonyms_.Current();
  auto source =
      plan.ok() ? absl::StatusOr<Source>(MakeWatchSource(*std::move(plan), readers_, board_, clock_)) : plan.status();
  return ServerStream<v1::WatchArticlesResponse>::Start(streams_.watches, calls_, "WatchArticles", context,
                                                        std::move(source));
}

}  // namespace broadsheet::search
