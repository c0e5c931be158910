#pragma once

#include <optional>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/clock.h"
#include "common/rpc/parked_calls.h"
#include "common/rpc/stream_group.h"
#include "common/rpc/unary_call.h"
#include "search/discover/lexicon_keeper.h"
#include "search/discover/significant.h"
#include "search/discover/similar.h"
#include "search/discover/suggest.h"
#include "search/discover/trends.h"
#include "search/follow/watch_board.h"
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
  // The open streams of each method that has some.
  struct Streams {
    StreamGroup& exports;
    StreamGroup& watches;
  };

  // All must outlive the service.
  SearchService(const ServiceCalls& calls, ReaderPool& readers, SnapshotWatcher& watcher, ParkedCalls& parked,
                Streams streams, const Clock& clock, SynonymFile& synonyms);

  // Ends every stream with UNAVAILABLE and refuses new ones: first step of the end.
  void Drain();

  // How many sequences the live query that is furthest behind is behind the newest snapshot; 0 without any.
  int64_t watch_lag() const;

  const SearchCaches& caches() const { return searcher_.caches(); }

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
  grpc::ServerUnaryReactor* BatchSearch(grpc::CallbackServerContext* context, const v1::BatchSearchRequest* request,
                                        v1::BatchSearchResponse* response) override;
  grpc::ServerWriteReactor<v1::ExportArticlesResponse>* ExportArticles(
      grpc::CallbackServerContext* context, const v1::ExportArticlesRequest* request) override;
  grpc::ServerWriteReactor<v1::WatchArticlesResponse>* WatchArticles(grpc::CallbackServerContext* context,
                                                                     const v1::WatchArticlesRequest* request) override;
  grpc::ServerUnaryReactor* SimilarArticles(grpc::CallbackServerContext* context,
                                            const v1::SimilarArticlesRequest* request,
                                            v1::SimilarArticlesResponse* response) override;
  grpc::ServerUnaryReactor* Suggest(grpc::CallbackServerContext* context, const v1::SuggestRequest* request,
                                    v1::SuggestResponse* response) override;
  grpc::ServerUnaryReactor* SignificantTerms(grpc::CallbackServerContext* context,
                                             const v1::SignificantTermsRequest* request,
                                             v1::SignificantTermsResponse* response) override;
  grpc::ServerUnaryReactor* Trends(grpc::CallbackServerContext* context, const v1::TrendsRequest* request,
                                   v1::TrendsResponse* response) override;

 private:
  using Work = std::function<absl::Status(const CallContext&)>;
  // Work that may find that it is heavy. It gives no answer then, and is done again in the heavy lane.
  using Answered = std::optional<absl::Status>;
  using TrialWork = std::function<Answered(const CallContext&, Lane)>;

  static TrialWork Once(Work work) {
    return [work = std::move(work)](const CallContext& context, Lane) { return work(context); };
  }

  // Answers a call by `work`, on the executor, once the index meets the requirements of its request.
  grpc::ServerUnaryReactor* Serve(std::string_view method, grpc::CallbackServerContext* context,
                                  Requirements requirements, Work work, Lane lane = Lane::kLight);
  grpc::ServerUnaryReactor* Serve(std::string_view method, grpc::CallbackServerContext* context,
                                  Requirements requirements, TrialWork work, Lane lane);
  void Run(std::shared_ptr<Call> call, TrialWork work, Lane lane);
  void Park(std::shared_ptr<Call> call, Requirements requirements, TrialWork work, Lane lane);
  void ParkBatch(std::shared_ptr<Call> call, Requirements requirements, Work work);

  const ServiceCalls& calls_;
  ReaderPool& readers_;
  SnapshotWatcher& watcher_;
  ParkedCalls& parked_;
  const Streams streams_;
  const Clock& clock_;
  WatchBoard board_;
  SynonymFile& synonyms_;
  const Searcher searcher_;
  const Library library_;
  const SimilarFinder similar_;
  const SignificantTermsFinder significant_;
  const TrendsFinder trends_;
  const LexiconKeeper lexicon_;
  const Suggester suggester_;
};

}  // namespace broadsheet::search
