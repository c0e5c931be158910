#include "search/rpc/search_service.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "search/query/tree.h"
#include "search/query/validate.h"
#include "search/rpc/response.h"
#include "search/rpc/validation.h"

namespace broadsheet::search {

SearchService::SearchService(const ServiceCalls& calls, ReaderPool& readers, SnapshotWatcher& watcher,
                             ParkedCalls& parked, const Clock& clock, SynonymFile& synonyms)
    : calls_(calls),
      watcher_(watcher),
      parked_(parked),
      searcher_(readers, clock, &synonyms),
      library_(readers, clock) {}

grpc::ServerUnaryReactor* SearchService::Serve(std::string_view method, grpc::CallbackServerContext* context,
                                               Requirements requirements, Work work) {
  return StartCall(calls_, method, context, [&](std::shared_ptr<Call> call) {
    if (requirements.min_sequence > 0 || !requirements.lineage.empty()) {
      return Park(std::move(call), std::move(requirements), std::move(work));
    }
    RunOnExecutor(calls_, std::move(call), [work = std::move(work)](const std::shared_ptr<Call>& running) {
      running->Finish(work(running->context()));
    });
  });
}

void SearchService::Park(std::shared_ptr<Call> call, Requirements requirements, Work work) {
  auto place = parked_.Enter();
  if (!place.ok()) return call->Finish(place.status());
  const CallContext context = call->context();
  auto done = [this, call = std::move(call), place = *std::move(place), work = std::move(work)](absl::Status reached) {
    if (!reached.ok()) return call->Finish(reached);
    RunOnExecutor(calls_, call,
                  [work](const std::shared_ptr<Call>& running) { running->Finish(work(running->context())); });
  };
  watcher_.Await(std::move(requirements), context, std::move(done));
}

grpc::ServerUnaryReactor* SearchService::Search(grpc::CallbackServerContext* context, const v1::SearchRequest* request,
                                                v1::SearchResponse* response) {
  const auto begin = std::chrono::steady_clock::now();
  Requirements requirements{request->min_sequence(), request->lineage()};
  return Serve("Search", context, std::move(requirements), [=, this](const CallContext& call) {
    auto query = Validate(*request);
    if (!query.ok()) return query.status();
    auto result = searcher_.Search(*query, call);
    if (!result.ok()) return result.status();
    Fill(*query, *std::move(result), std::chrono::steady_clock::now() - begin, *response);
    return absl::OkStatus();
  });
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
    const WordOptions options = ParseWordOptions(request->query_options());
    RewrittenQuery understood = searcher_.Understand(*parsed, options, call);
    *response->mutable_query() =
        ToUnderstoodQuery(*parsed, understood.notes, understood.expansions, understood.suggestion);
    TermLookup lookup(library_.Languages(call), !options.stems);
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
    response->Swap(&*described);
    return absl::OkStatus();
  });
}

}  // namespace broadsheet::search
