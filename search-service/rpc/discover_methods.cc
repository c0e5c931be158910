// The methods of SearchService that find more than a query asks for.
#include <utility>

#include "search/rpc/search_service.h"

namespace broadsheet::search {
namespace {

// Checks the request and answers it by `find`.
template <typename Request, typename Response, typename Find>
absl::Status Answer(const Request& request, Response& response, Find find) {
  const auto query = Validate(request);
  if (!query.ok()) return query.status();
  auto found = find(*query);
  if (!found.ok()) return found.status();
  response.Swap(&*found);
  return absl::OkStatus();
}

template <typename Request>
Requirements RequirementsIn(const Request& request) {
  return {request.min_sequence(), request.lineage()};
}

}  // namespace

grpc::ServerUnaryReactor* SearchService::SimilarArticles(grpc::CallbackServerContext* context,
                                                         const v1::SimilarArticlesRequest* request,
                                                         v1::SimilarArticlesResponse* response) {
  return Serve("SimilarArticles", context, RequirementsIn(*request), [=, this](const CallContext& call) {
    return Answer(*request, *response, [&](const SimilarQuery& query) { return similar_.Find(query, call); });
  });
}

grpc::ServerUnaryReactor* SearchService::Suggest(grpc::CallbackServerContext* context,
                                                 const v1::SuggestRequest* request, v1::SuggestResponse* response) {
  return Serve("Suggest", context, {}, [=, this](const CallContext& call) {
    return Answer(*request, *response, [&](const SuggestQuery& query) { return suggester_.Suggest(query, call); });
  });
}

grpc::ServerUnaryReactor* SearchService::SignificantTerms(grpc::CallbackServerContext* context,
                                                          const v1::SignificantTermsRequest* request,
                                                          v1::SignificantTermsResponse* response) {
  return Serve(
      "SignificantTerms", context, RequirementsIn(*request),
      [=, this](const CallContext& call) {
        return Answer(*request, *response,
                      [&](const SignificantQuery& query) { return significant_.Find(query, call); });
      },
      Lane::kHeavy);
}

grpc::ServerUnaryReactor* SearchService::Trends(grpc::CallbackServerContext* context, const v1::TrendsRequest* request,
                                                v1::TrendsResponse* response) {
  return Serve(
      "Trends", context, RequirementsIn(*request),
      [=, this](const CallContext& call) {
        return Answer(*request, *response, [&](const TrendsQuery& query) { return trends_.Find(query, call); });
      },
      Lane::kHeavy);
}

}  // namespace broadsheet::search
