#pragma once

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/clock.h"
#include "common/rpc/parked_calls.h"
#include "common/rpc/unary_call.h"
#include "search/index/reader_pool.h"
#include "search/index/requirements.h"
#include "search/index/snapshot_watcher.h"
#include "search/match/library.h"
#include "search/match/searcher.h"
#include "search/query/synonyms.h"

namespace broadsheet::search {

inline constexpr char kSearchServiceName[] = "broadsheet.v1.SearchService";

// broadsheet.v1.SearchService: requests in, answers of search/match out. Calls that demand a sequence wait for it
// outside the executor. Thread-safe.
class SearchService : public v1::SearchService::CallbackService {
 public:
  // All must outlive the service.
  SearchService(const ServiceCalls& calls, ReaderPool& readers, SnapshotWatcher& watcher, ParkedCalls& parked,
                const Clock& clock, SynonymFile& synonyms);

  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context, const v1::SearchRequest* request,
                                   v1::SearchResponse* response) override;
  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context, const v1::GetArticleRequest* request,
                                       v1::GetArticleResponse* response) override;
  grpc::ServerUnaryReactor* BatchGetArticles(grpc::CallbackServerContext* context,
                                             const v1::BatchGetArticlesRequest* request,
                                             v1::BatchGetArticlesResponse* response) override;
  grpc::ServerUnaryReactor* ParseQuery(grpc::CallbackServerContext* context, const v1::ParseQueryRequest* request,
                                       v1::ParseQueryResponse* response) override;
  grpc::ServerUnaryReactor* GetIndexInfo(grpc::CallbackServerContext* context, const v1::GetIndexInfoRequest* request,
                                         v1::GetIndexInfoResponse* response) override;

 private:
  using Work = std::function<absl::Status(const CallContext&)>;

  // Answers a call by `work`, on the executor, once the index meets the requirements of its request.
  grpc::ServerUnaryReactor* Serve(std::string_view method, grpc::CallbackServerContext* context,
                                  Requirements requirements, Work work);
  void Park(std::shared_ptr<Call> call, Requirements requirements, Work work);

  const ServiceCalls& calls_;
  SnapshotWatcher& watcher_;
  ParkedCalls& parked_;
  const Searcher searcher_;
  const Library library_;
};

}  // namespace broadsheet::search
