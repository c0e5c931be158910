// preview, status and health.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/commands.h"
#include "cli/ingest_report.h"
#include "cli/json.h"
#include "cli/text.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet::cli {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

void PrintPreview(const Item& item, const v1::PreviewArticleResponse& preview, Colour colour, std::ostream& out) {
  const v1::IngestResult& result = preview.result();
  out << Bold(item.origin, colour) << ": would be " << OutcomeWord(result.outcome());
  if (result.outcome() == v1::OUTCOME_REJECTED) {
    out << ", " << v1::Reason_Name(result.reason()) << " " << Printable(result.field()) << ": "
        << Printable(result.message());
  }
  out << "\n\n";
  if (preview.has_article()) {
    out << RenderArticle(preview.article(), colour) << "\n";
  }
  for (const v1::Edit& edit : preview.edits()) {
    out << "edit " << edit.rule() << " at " << edit.begin() << " to " << edit.end()
        << (edit.replacement().empty() ? ": cut" : ": now \"") << Printable(edit.replacement())
        << (edit.replacement().empty() ? "" : "\"") << "\n";
  }
}

// "SERVING", or why not.
std::string HealthOf(const Endpoint& endpoint, const std::string& service, absl::Duration timeout) {
  const auto client = ConnectToHealth(endpoint);
  grpc::ClientContext context;
  SetDeadline(context, timeout);
  HealthCheckRequest request;
  request.set_service(service);
  HealthCheckResponse response;
  const grpc::Status status = client->Check(&context, request, &response);
  return status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status()) : status.error_message();
}

template <typename Client, typename Request, typename Response>
grpc::Status Ask(Client& client, grpc::Status (Client::*method)(grpc::ClientContext*, const Request&, Response*),
                 absl::Duration timeout, Response& response) {
  grpc::ClientContext context;
  SetDeadline(context, timeout);
  return (client.*method)(&context, Request(), &response);
}

void PrintReplayState(const v1::ReplayState& replay, std::ostream& out) {
  out << "  replay       " << (replay.running() ? "runs" : "ended") << (replay.dry_run() ? ", a dry run" : "") << ": "
      << replay.progress().done() << " of " << replay.progress().total() << " looked at, "
      << replay.progress().changed() << " changed, since " << RenderTime(replay.start_time()) << "\n";
}

void PrintIngestStatus(const v1::GetIngestStatusResponse& status, std::ostream& out) {
  out << "ingest-service " << status.version() << ", lineage " << status.lineage() << "\n"
      << "  articles     " << status.articles() << ", and " << status.tombstones() << " deleted\n"
      << "  sequence     " << status.archive_sequence() << " durable, " << status.index_sequence() << " to be found\n"
      << "  waiting      " << status.articles_in_flight() << " articles (" << status.bytes_in_flight() << " bytes), "
      << status.index_backlog() << " for the index, " << status.visible_waiters() << " calls to be VISIBLE\n"
      << "  disk         archive " << status.archive_bytes() << ", index " << status.index_bytes() << ", free "
      << status.free_bytes() << " bytes\n"
      << "  last commit  " << RenderTime(status.last_commit_time()) << "\n"
      << "  writes       " << (status.accepting() ? "taken" : "refused: " + Printable(status.refusing_because()))
      << "\n";
  if (status.has_replay()) {
    PrintReplayState(status.replay(), out);
  }
  for (const v1::OutcomeCount& count : status.outcomes()) {
    out << "  " << Fit(OutcomeWord(count.outcome()), 12) << " " << count.count() << "\n";
  }
}

void PrintIndexInfo(const v1::GetIndexInfoResponse& info, std::ostream& out) {
  out << "search-service " << info.version() << ", Xapian " << info.xapian_version() << ", lineage "
      << info.snapshot().lineage() << "\n"
      << "  articles     " << info.articles() << ", and " << info.tombstones() << " deletions remembered\n"
      << "  sequence     " << info.snapshot().sequence() << "\n"
      << "  published    " << RenderTime(info.earliest_published_time()) << " to "
      << RenderTime(info.latest_published_time()) << "\n";
  for (const v1::Shard& shard : info.shards()) {
    out << "  shard        " << shard.uuid() << ": " << shard.documents() << " documents, " << shard.bytes()
        << " bytes\n";
  }
}

}  // namespace

ExitCode RunPreview(const PreviewOptions& options, const Services& services, Colour colour, const Terminal& terminal) {
  auto source = ArticleSource::Open({options.path}, options.format, terminal.in);
  if (!source.ok()) {
    terminal.err << "broadsheet: " << std::string(source.status().message()) << "\n";
    return kWrongUsage;
  }
  const auto client = ConnectToIngest(services.ingest);
  ExitCode code = kAllWell;
  while (const auto item = source->Next()) {
    if (!item->status.ok() || !item->request.has_article()) {
      terminal.err << item->origin << ": "
                   << (item->status.ok() ? "no article to preview" : std::string(item->status.message())) << "\n";
      code = kSomeFailed;
      continue;
    }
    grpc::ClientContext context;
    SetDeadline(context, services.timeout);
    v1::PreviewArticleRequest request;
    *request.mutable_article() = item->request.article();
    v1::PreviewArticleResponse response;
    const grpc::Status status = client->PreviewArticle(&context, request, &response);
    if (!status.ok()) {
      terminal.err << Describe(FromGrpcStatus(status), services.ingest);
      return kServiceFailed;
    }
    if (options.json) {
      terminal.out << ToJson(response, JsonStyle::kIndented) << "\n";
    } else {
      PrintPreview(*item, response, colour, terminal.out);
    }
    code = response.result().outcome() == v1::OUTCOME_REJECTED ? kSomeFailed : code;
  }
  return code;
}

ExitCode RunStatus(bool json, const Services& services, const Terminal& terminal) {
  const auto ingest = ConnectToIngest(services.ingest);
  const auto search = ConnectToSearch(services.search);
  v1::GetIngestStatusResponse status;
  v1::GetIndexInfoResponse info;
  const grpc::Status asked = Ask(*ingest, &IngestClient::GetIngestStatus, services.timeout, status);
  const grpc::Status looked = Ask(*search, &SearchClient::GetIndexInfo, services.timeout, info);
  if (json) {
    terminal.out << "{\"ingest\": " << ToJson(status, JsonStyle::kIndented)
                 << ",\n\"search\": " << ToJson(info, JsonStyle::kIndented) << "}\n";
  } else {
    if (asked.ok()) {
      PrintIngestStatus(status, terminal.out);
    }
    if (looked.ok()) {
      PrintIndexInfo(info, terminal.out);
    }
  }
  if (!asked.ok()) {
    terminal.err << Describe(FromGrpcStatus(asked), services.ingest);
  }
  if (!looked.ok()) {
    terminal.err << Describe(FromGrpcStatus(looked), services.search);
  }
  return asked.ok() && looked.ok() ? kAllWell : kServiceFailed;
}

ExitCode RunHealth(const std::string& which, const Services& services, const Terminal& terminal) {
  ExitCode code = kAllWell;
  const auto check = [&](const Endpoint& endpoint, const std::string& service) {
    const std::string health = HealthOf(endpoint, service, services.timeout);
    terminal.out << endpoint.service << " at " << endpoint.address << ": " << health << "\n";
    code = health == "SERVING" ? code : kSomeFailed;
  };
  if (which != "search") {
    check(services.ingest, "broadsheet.v1.IngestService");
  }
  if (which != "ingest") {
    check(services.search, "broadsheet.v1.SearchService");
  }
  return code;
}

}  // namespace broadsheet::cli
