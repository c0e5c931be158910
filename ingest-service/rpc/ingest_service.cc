#include "ingest/rpc/ingest_service.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "ingest/rpc/boilerplate_list.h"
#include "ingest/rpc/replay_request.h"
#include "ingest/rpc/revision_token.h"
#include "ingest/rpc/validation.h"
#include "ingest/rpc/visible_wait.h"
#include "ingest/rpc/write_call.h"

namespace broadsheet::ingest {
namespace {

absl::Status Stopping() {
  return RetryableError(absl::StatusCode::kUnavailable, "STOPPING",
                        "the service is stopping: send what has no result again, to the service that replaces it",
                        absl::Seconds(1));
}

}  // namespace

IngestService::IngestService(IngestParts& parts, Executor& executor, Metrics& metrics,
                             const IngestServiceLimits& limits)
    : parts_(parts),
      calls_(kIngestServiceName, executor, metrics, {.max_deadline = limits.max_deadline}),
      waiting_calls_(limits.waiting_calls),
      open_streams_(limits.streams),
      stream_context_{parts.intake, parts.indexer, parts.archive.lineage(), limits.stream_unread_results} {}

IngestService::~IngestService() {
  JoinReplay();
}

grpc::ServerUnaryReactor* IngestService::IngestArticle(grpc::CallbackServerContext* context,
                                                       const v1::IngestArticleRequest* request,
                                                       v1::IngestArticleResponse* response) {
  return StartCall(calls_, "IngestArticle", context, [&](std::shared_ptr<Call> call) {
    WriteCall::Plan plan;
    plan.make = [request](int) { return Intake::Operation(request->article()); };
    plan.acknowledge = request->acknowledge();
    plan.respond = [response](std::vector<v1::IngestResult> results) {
      *response->mutable_result() = std::move(results[0]);
    };
    StartWrites(std::move(call), Validate(*request), std::move(plan));
  });
}

grpc::ServerUnaryReactor* IngestService::IngestArticles(grpc::CallbackServerContext* context,
                                                        const v1::IngestArticlesRequest* request,
                                                        v1::IngestArticlesResponse* response) {
  return StartCall(calls_, "IngestArticles", context, [&](std::shared_ptr<Call> call) {
    WriteCall::Plan plan;
    plan.operations = request->articles_size();
    plan.make = [request](int i) { return Intake::Operation(request->articles(i)); };
    plan.acknowledge = request->acknowledge();
    plan.respond = [response](std::vector<v1::IngestResult> results) {
      for (auto& result : results)
        *response->add_results() = std::move(result);
    };
    StartWrites(std::move(call), Validate(*request), std::move(plan));
  });
}

grpc::ServerUnaryReactor* IngestService::DeleteArticle(grpc::CallbackServerContext* context,
                                                       const v1::DeleteArticleRequest* request,
                                                       v1::DeleteArticleResponse* response) {
  return StartCall(calls_, "DeleteArticle", context, [&](std::shared_ptr<Call> call) {
    WriteCall::Plan plan;
    plan.make = [request](int) { return Intake::Operation(request->deletion()); };
    plan.acknowledge = request->acknowledge();
    plan.respond = [response](std::vector<v1::IngestResult> results) {
      *response->mutable_result() = std::move(results[0]);
    };
    StartWrites(std::move(call), Validate(*request), std::move(plan));
  });
}

void IngestService::StartWrites(std::shared_ptr<Call> call, const absl::Status& valid, WriteCall::Plan plan) {
  if (!valid.ok()) return call->Finish(valid);
  if (plan.operations > 1 || AsksVisible(plan.acknowledge)) {
    auto place = waiting_calls_.Enter();
    if (!place.ok()) return call->Finish(place.status());
    plan.place = *std::move(place);
  }
  WriteCall::Start(parts_.intake, parts_.indexer, std::move(call), std::move(plan));
}

grpc::ServerBidiReactor<v1::StreamArticlesRequest, v1::StreamArticlesResponse>* IngestService::StreamArticles(
    grpc::CallbackServerContext* context) {
  auto place = open_streams_.Enter();
  std::lock_guard lock(mutex_);
  const absl::Status refused = draining_ ? Stopping() : place.status();
  auto stream = ArticleStream::Start(stream_context_, calls_.Method("StreamArticles"), context,
                                     place.ok() ? *place : nullptr, refused);
  if (streams_.size() >= 2 * open_streams_.capacity()) {
    std::erase_if(streams_, [](const auto& weak) { return weak.expired(); });
  }
  streams_.push_back(stream);
  return stream.get();
}

void IngestService::Drain() {
  std::vector<std::weak_ptr<ArticleStream>> streams;
  {
    std::lock_guard lock(mutex_);
    draining_ = true;
    streams.swap(streams_);
    if (auto replay = replay_.lock()) replay->End(Stopping());
  }
  for (const auto& weak : streams) {
    if (auto stream = weak.lock()) stream->End(Stopping());
  }
}

grpc::ServerWriteReactor<v1::ReplayArticlesResponse>* IngestService::ReplayArticles(
    grpc::CallbackServerContext* context, const v1::ReplayArticlesRequest* request) {
  auto plan = PlanReplay(*request, parts_.archive.lineage());
  std::lock_guard lock(mutex_);
  absl::Status refused = draining_ ? Stopping() : plan.status();
  if (refused.ok()) refused = parts_.replayer.Claim(plan->dry_run);
  auto stream = ReplayStream::Start(parts_.replayer, parts_.archive.lineage(), plan.ok() ? *plan : ReplayPlan(),
                                    calls_.Method("ReplayArticles"), context, refused);
  if (refused.ok()) {
    // The one before has given its place back, so its thread is about to end.
    if (replay_thread_.joinable()) replay_thread_.join();
    replay_ = stream;
    replay_thread_ = std::thread([stream] { stream->Work(); });
  }
  return stream.get();
}

void IngestService::JoinReplay() {
  std::thread thread;
  {
    std::lock_guard lock(mutex_);
    thread.swap(replay_thread_);
  }
  if (thread.joinable()) thread.join();
}

grpc::ServerUnaryReactor* IngestService::GetRawArticle(grpc::CallbackServerContext* context,
                                                       const v1::GetRawArticleRequest* request,
                                                       v1::GetRawArticleResponse* response) {
  return RunUnary(calls_, "GetRawArticle", context, response,
                  [this, request](const CallContext&) { return ReadRaw(*request); });
}

absl::StatusOr<v1::GetRawArticleResponse> IngestService::ReadRaw(const v1::GetRawArticleRequest& request) {
  if (absl::Status valid = Validate(request); !valid.ok()) return valid;
  std::optional<int32_t> revision;
  if (request.has_revision()) revision = request.revision();
  auto raw = parts_.archive.GetRaw(request.id(), revision);
  if (!raw.ok()) return raw.status();
  v1::GetRawArticleResponse response;
  *response.mutable_article() = std::move(raw->article);
  *response.mutable_revision() = std::move(raw->revision);
  response.set_lineage(parts_.archive.lineage());
  return response;
}

grpc::ServerUnaryReactor* IngestService::ListRevisions(grpc::CallbackServerContext* context,
                                                       const v1::ListRevisionsRequest* request,
                                                       v1::ListRevisionsResponse* response) {
  return RunUnary(calls_, "ListRevisions", context, response,
                  [this, request](const CallContext&) { return ReadRevisions(*request); });
}

absl::StatusOr<v1::ListRevisionsResponse> IngestService::ReadRevisions(const v1::ListRevisionsRequest& request) {
  if (absl::Status valid = Validate(request); !valid.ok()) return valid;
  const std::string& lineage = parts_.archive.lineage();
  const auto before = ReadRevisionToken(lineage, request.id(), request.page_token());
  if (!before.ok()) return before.status();
  const int page =
      request.page_size() == 0 ? kDefaultRevisionsPerPage : std::min<int>(request.page_size(), kMaxRevisionsPerPage);
  auto revisions = parts_.archive.ListRevisions(request.id(), *before, page + 1);
  if (!revisions.ok()) return revisions.status();
  v1::ListRevisionsResponse response;
  response.set_lineage(lineage);
  for (int i = 0; i < std::min<int>(page, revisions->size()); ++i) {
    *response.add_revisions() = std::move((*revisions)[i]);
  }
  if (static_cast<int>(revisions->size()) > page) {
    response.set_next_page_token(MakeRevisionToken(lineage, request.id(), response.revisions(page - 1).sequence()));
  }
  return response;
}

grpc::ServerUnaryReactor* IngestService::PreviewArticle(grpc::CallbackServerContext* context,
                                                        const v1::PreviewArticleRequest* request,
                                                        v1::PreviewArticleResponse* response) {
  return RunUnary(calls_, "PreviewArticle", context, response,
                  [this, request](const CallContext&) { return Preview(*request); });
}

absl::StatusOr<v1::PreviewArticleResponse> IngestService::Preview(const v1::PreviewArticleRequest& request) {
  if (absl::Status valid = Validate(request); !valid.ok()) return valid;
  auto preview = parts_.intake.Preview(request.article());
  if (!preview.ok()) return preview.status();
  v1::PreviewArticleResponse response;
  if (preview->article.has_value()) *response.mutable_article() = *std::move(preview->article);
  *response.mutable_result() = std::move(preview->result);
  for (auto& edit : preview->edits)
    *response.add_edits() = std::move(edit);
  return response;
}

grpc::ServerUnaryReactor* IngestService::ListBoilerplate(grpc::CallbackServerContext* context,
                                                         const v1::ListBoilerplateRequest* request,
                                                         v1::ListBoilerplateResponse* response) {
  return RunUnary(calls_, "ListBoilerplate", context, response, [this, request](const CallContext&) {
    return ingest::ListBoilerplate(parts_.learner, parts_.archive.lineage(), *request);
  });
}

grpc::ServerUnaryReactor* IngestService::GetIngestStatus(grpc::CallbackServerContext* context,
                                                         const v1::GetIngestStatusRequest*,
                                                         v1::GetIngestStatusResponse* response) {
  return RunUnary(calls_, "GetIngestStatus", context, response,
                  [this](const CallContext&) { return ReportStatus(parts_, rejected_unasked()); });
}

}  // namespace broadsheet::ingest
