#include "cli/streams.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/resume_file.h"
#include "cli/text.h"
#include "common/base/error.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet::cli {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(5);

bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsResourceExhausted(status);
}

// Reads a stream to its end, and once more from its last token whenever the service was away, as long as the patience
// lasts. `open` (context, token) begins a call; `take` (message) returns what is wrong with the output.
template <typename Open, typename Take>
absl::Status ReadStream(const Open& open, const Take& take, ResumeFile& place, absl::Duration patience) {
  absl::Time heard = absl::Now();
  for (absl::Duration pause = kFirstPause;; pause = std::min(2 * pause, kLongestPause)) {
    grpc::ClientContext context;
    auto stream = open(&context, place.token());
    for (typename Take::Message message; stream->Read(&message);) {
      heard = absl::Now();
      pause = kFirstPause;
      if (absl::Status taken = take(message); !taken.ok()) {
        context.TryCancel();
        stream->Finish();
        return taken;
      }
    }
    const absl::Status status = FromGrpcStatus(stream->Finish());
    if (!MayPass(status) || absl::Now() - heard > patience) return status;
    std::this_thread::sleep_for(absl::ToChronoMilliseconds(std::max(pause, RetryDelayOf(status))));
  }
}

// Takes messages with `act`, and keeps the place once what came before it is written.
template <typename MessageType, typename Act>
struct Taker {
  using Message = MessageType;
  const Act& act;
  ResumeFile& place;
  std::ostream& out;

  absl::Status operator()(const Message& message) const {
    act(message);
    place.Set(message.resume_token());
    return place.due(absl::Now()) ? Keep() : absl::OkStatus();
  }
  absl::Status Keep() const {
    out.flush();
    if (!out) return ErrorWithReason(absl::StatusCode::kInternal, "OUTPUT", "the output cannot be written");
    return place.Save(absl::Now());
  }
};

ExitCode Usage(const absl::Status& status, const Terminal& terminal) {
  terminal.err << "broadsheet: " << std::string(status.message()) << "\n";
  return kWrongUsage;
}

ExitCode Judge(const absl::Status& read, const absl::Status& kept, const Services& services, const Terminal& terminal) {
  if (!kept.ok() || ReasonOf(read) == "OUTPUT") {
    terminal.err << "broadsheet: " << std::string((kept.ok() ? read : kept).message()) << "\n";
    return kSomeFailed;
  }
  if (read.ok()) return kAllWell;
  terminal.err << Printable(Describe(read, services.search));
  return absl::IsInvalidArgument(read) ? kWrongUsage : kServiceFailed;
}

// What both requests take over from the options of a search.
template <typename Request>
absl::StatusOr<Request> MakeRequest(const StreamOptions& options) {
  auto search = MakeSearchRequest(options.search);
  if (!search.ok()) return search.status();
  Request request;
  request.set_query(search->query());
  if (search->has_query_options()) *request.mutable_query_options() = search->query_options();
  if (search->has_filter()) *request.mutable_filter() = search->filter();
  request.set_copies(search->copies());
  return request;
}

}  // namespace

absl::StatusOr<v1::ExportArticlesRequest> MakeExportRequest(const StreamOptions& options) {
  auto request = MakeRequest<v1::ExportArticlesRequest>(options);
  if (request.ok() && options.card) request->set_view(v1::ARTICLE_VIEW_CARD);
  return request;
}

absl::StatusOr<v1::WatchArticlesRequest> MakeWatchRequest(const StreamOptions& options) {
  return MakeRequest<v1::WatchArticlesRequest>(options);
}

ExitCode RunExport(const StreamOptions& options, const Services& services, const Terminal& terminal) {
  auto request = MakeExportRequest(options);
  if (!request.ok()) return Usage(request.status(), terminal);
  ResumeFile place(options.resume_file);
  if (absl::Status loaded = place.Load(); !loaded.ok()) return Usage(loaded, terminal);
  const auto client = ConnectToSearch(services.search);
  const bool draw = terminal.err_is_terminal && !terminal.out_is_terminal;
  Progress progress(terminal.err, true, 0);
  int64_t articles = 0;
  const auto act = [&](const v1::ExportArticlesResponse& message) {
    if (!message.has_article()) return;
    terminal.out << ToJson(message.article(), JsonStyle::kOneLine) << "\n";
    ++articles;
    if (draw) progress.Update(absl::Now(), 0, articles, 0);
  };
  const auto open = [&](grpc::ClientContext* context, const std::string& token) {
    request->set_resume_token(token);
    return client->ExportArticles(context, *request);
  };
  const Taker<v1::ExportArticlesResponse, decltype(act)> take{act, place, terminal.out};
  const absl::Status read = ReadStream(open, take, place, absl::Seconds(options.patience_seconds));
  const absl::Status kept = take.Keep();
  progress.Clear();
  const ExitCode code = Judge(read, kept, services, terminal);
  if (terminal.err_is_terminal || code != kAllWell) {
    terminal.err << articles << " articles" << (code == kAllWell ? "\n" : ", not all\n");
  }
  return code;
}

ExitCode RunWatch(const StreamOptions& options, const Services& services, Colour colour, const Terminal& terminal) {
  auto request = MakeWatchRequest(options);
  if (!request.ok()) return Usage(request.status(), terminal);
  ResumeFile place(options.resume_file);
  if (absl::Status loaded = place.Load(); !loaded.ok()) return Usage(loaded, terminal);
  const auto client = ConnectToSearch(services.search);
  const auto act = [&](const v1::WatchArticlesResponse& event) {
    if (event.has_heartbeat()) return;
    terminal.out << (options.json ? ToJson(event, JsonStyle::kOneLine) + "\n" : RenderEvent(event, colour))
                 << std::flush;
  };
  const auto open = [&](grpc::ClientContext* context, const std::string& token) {
    request->set_resume_token(token);
    return client->WatchArticles(context, *request);
  };
  const Taker<v1::WatchArticlesResponse, decltype(act)> take{act, place, terminal.out};
  const absl::Status read = ReadStream(open, take, place, absl::Seconds(options.patience_seconds));
  return Judge(read, take.Keep(), services, terminal);
}

std::string RenderEvent(const v1::WatchArticlesResponse& event, Colour colour) {
  if (event.has_lagged()) {
    return Dim(absl::StrCat("... ", event.lagged().sequences_behind(), " sequences behind\n"), colour);
  }
  if (event.has_withdrawn()) {
    const v1::WatchWithdrawal& withdrawn = event.withdrawn();
    const bool deleted = withdrawn.reason() == v1::WITHDRAWAL_REASON_DELETED;
    std::string text = absl::StrCat("- ", Printable(withdrawn.id()), deleted ? ": deleted" : ": no longer matches");
    if (!withdrawn.message().empty()) absl::StrAppend(&text, ", ", Printable(withdrawn.message()));
    return text + "\n";
  }
  if (!event.has_matched() && !event.has_changed()) return "";
  const v1::Article& article = event.has_matched() ? event.matched().article() : event.changed().article();
  std::string text = absl::StrCat(event.has_matched() ? "+ " : "~ ", Bold(Printable(article.title()), colour), "\n    ",
                                  RenderTime(article.published_time()));
  if (!article.source().empty()) absl::StrAppend(&text, "  ", Printable(article.source()));
  return absl::StrCat(text, "  ", Dim(Printable(article.id()), colour), "\n");
}

}  // namespace broadsheet::cli
