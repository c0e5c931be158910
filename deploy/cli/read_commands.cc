// search and get.
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/text.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet::cli {
namespace {

ExitCode GetRaw(const GetOptions& options, const Services& services, const Terminal& terminal) {
  const auto client = ConnectToIngest(services.ingest);
  grpc::ClientContext context;
  SetDeadline(context, services.timeout);
  v1::GetRawArticleRequest request;
  request.set_id(options.id);
  v1::GetRawArticleResponse response;
  const grpc::Status status = client->GetRawArticle(&context, request, &response);
  return status.ok() ? PrintJson(response.article(), terminal) : Fail(status, services.ingest, terminal);
}

// The title, or what else there is to say of an event.
std::string WhatHappened(const v1::Revision& revision) {
  if (revision.kind() == v1::EVENT_KIND_DELETION) {
    return revision.reason().empty() ? "deleted" : absl::StrCat("deleted: ", Printable(revision.reason()));
  }
  std::string text = Printable(revision.title());
  if (revision.kind() == v1::EVENT_KIND_DERIVATION) {
    absl::StrAppend(&text, " (made again by rules ", revision.normaliser_version(), ")");
  }
  if (revision.has_embargo_time()) {
    absl::StrAppend(&text, " (embargo until ", RenderTime(revision.embargo_time()), ")");
  }
  return absl::StrCat(text, revision.withheld() ? " (withheld)" : "", revision.corrected() ? " (correction)" : "");
}

ExitCode ListRevisions(const GetOptions& options, const Services& services, const Terminal& terminal) {
  const auto client = ConnectToIngest(services.ingest);
  v1::ListRevisionsRequest request;
  request.set_id(options.id);
  do {
    grpc::ClientContext context;
    SetDeadline(context, services.timeout);
    v1::ListRevisionsResponse response;
    const grpc::Status status = client->ListRevisions(&context, request, &response);
    if (!status.ok()) {
      return Fail(status, services.ingest, terminal);
    }
    for (const v1::Revision& revision : response.revisions()) {
      if (options.json) {
        terminal.out << ToJson(revision, JsonStyle::kOneLine) << "\n";
      } else {
        terminal.out << revision.sequence() << "  " << RenderTime(revision.received_time()) << "  "
                     << WhatHappened(revision) << "\n";
      }
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return kAllWell;
}

}  // namespace

ExitCode Fail(const grpc::Status& status, const Endpoint& endpoint, const Terminal& terminal) {
  const absl::Status error = FromGrpcStatus(status);
  terminal.err << Printable(Describe(error, endpoint));
  return absl::IsNotFound(error) ? kSomeFailed : absl::IsInvalidArgument(error) ? kWrongUsage : kServiceFailed;
}

ExitCode PrintJson(const google::protobuf::Message& message, const Terminal& terminal) {
  terminal.out << ToJson(message, JsonStyle::kIndented) << "\n";
  return kAllWell;
}

ExitCode RunSearch(const SearchOptions& options, const Services& services, Colour colour, const Terminal& terminal) {
  const auto request = MakeSearchRequest(options);
  if (!request.ok()) {
    terminal.err << "broadsheet: " << std::string(request.status().message()) << "\n";
    return kWrongUsage;
  }
  const auto client = ConnectToSearch(services.search);
  grpc::ClientContext context;
  SetDeadline(context, services.timeout);
  v1::SearchResponse response;
  const absl::Time start = absl::Now();
  const grpc::Status status = client->Search(&context, *request, &response);
  if (!status.ok()) {
    return Fail(status, services.search, terminal);
  }
  if (options.json) {
    return PrintJson(response, terminal);
  }
  terminal.out << RenderSearch(response, absl::Now() - start, colour);
  return kAllWell;
}

ExitCode RunGet(const GetOptions& options, const Services& services, Colour colour, const Terminal& terminal) {
  if (options.raw) {
    return GetRaw(options, services, terminal);
  }
  if (options.revisions) {
    return ListRevisions(options, services, terminal);
  }
  const auto client = ConnectToSearch(services.search);
  grpc::ClientContext context;
  SetDeadline(context, services.timeout);
  v1::GetArticleRequest request;
  request.set_id(options.id);
  v1::GetArticleResponse response;
  const grpc::Status status = client->GetArticle(&context, request, &response);
  if (!status.ok()) {
    return Fail(status, services.search, terminal);
  }
  if (options.json) {
    return PrintJson(response.article(), terminal);
  }
  terminal.out << RenderArticle(response.article(), colour);
  return kAllWell;
}

}  // namespace broadsheet::cli
