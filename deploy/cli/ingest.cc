#include "cli/ingest.h"

#include <mutex>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/ingest_report.h"
#include "cli/ingest_stream.h"
#include "cli/progress.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet::cli {
namespace {

constexpr absl::Duration kStartPatience = absl::Seconds(5);  // nobody likes to wait for a service that was not started

constexpr absl::Duration kLookInterval = absl::Milliseconds(50);
constexpr absl::Duration kSayInterval = absl::Seconds(5);

// The service's limits; asking also shows at once whether it is there.
absl::StatusOr<v1::IngestLimits> AskLimits(IngestClient& client) {
  grpc::ClientContext context;
  SetDeadline(context, kStartPatience);
  context.set_wait_for_ready(true);
  v1::GetIngestStatusResponse response;
  const grpc::Status status = client.GetIngestStatus(&context, v1::GetIngestStatusRequest(), &response);
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    return absl::UnavailableError(absl::StrCat("not reached within ", absl::FormatDuration(kStartPatience)));
  }
  if (!status.ok()) {
    return FromGrpcStatus(status);
  }
  return response.limits();
}

// Waits until a search can find what has this sequence, and says how far it is; a long load is ahead of its index.
absl::Status WaitUntilVisible(IngestClient& client, int64_t sequence, std::ostream& progress) {
  absl::Time said = absl::Now();
  while (true) {
    grpc::ClientContext context;
    SetDeadline(context, kStartPatience);
    v1::GetIngestStatusResponse response;
    const grpc::Status status = client.GetIngestStatus(&context, v1::GetIngestStatusRequest(), &response);
    if (!status.ok()) return FromGrpcStatus(status);
    if (response.index_sequence() >= sequence) return absl::OkStatus();
    if (absl::Now() - said > kSayInterval) {
      progress << "all are durable; the index has " << response.index_backlog() << " to go\n";
      said = absl::Now();
    }
    absl::SleepFor(kLookInterval);
  }
}

// One run of the command: what is read goes to the stream, what comes back to the report.
class Load {
 public:
  Load(const IngestOptions& options, v1::IngestLimits limits, IngestClient& client, ArticleSource& source,
       IngestReport& report, Terminal terminal)
      : options_(options),
        limits_(std::move(limits)),
        source_(source),
        report_(report),
        progress_(terminal.err, terminal.err_is_terminal, source.total_bytes()),
        stream_(client, StreamOptions(options), [this](const Item& item, const v1::IngestResult& result) {
          const std::lock_guard lock(mutex_);
          progress_.Clear();
          report_.Count(item, result);
        }) {}

  absl::Status Run() {
    std::optional<Item> held;  // the last article waits here, so that it alone can ask to be VISIBLE
    while (std::optional<Item> item = Next()) {
      if (held.has_value()) {
        if (absl::Status sent = stream_.Send(*std::move(held)); !sent.ok()) {
          return Ended(sent);
        }
      }
      held = std::move(item);
    }
    if (held.has_value()) {
      if (options_.visible) {
        held->request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
      }
      if (absl::Status sent = stream_.Send(*std::move(held)); !sent.ok()) {
        return Ended(sent);
      }
    }
    return Ended(stream_.Finish());
  }

 private:
  static IngestStreamOptions StreamOptions(const IngestOptions& options) {
    IngestStreamOptions stream;
    stream.patience = options.patience;
    return stream;
  }

  // The next item that can be sent; the others are counted as rejected.
  std::optional<Item> Next() {
    while (std::optional<Item> item = source_.Next()) {
      const std::lock_guard lock(mutex_);
      progress_.Update(absl::Now(), source_.read_bytes(), report_.total(), report_.failed());
      if (!item->status.ok()) {
        progress_.Clear();
        report_.CountUnsent(*item, v1::REASON_UNSPECIFIED, item->status);
      } else if (limits_.request_bytes() > 0 &&
                 static_cast<int64_t>(item->request.ByteSizeLong()) > limits_.request_bytes()) {
        progress_.Clear();
        report_.CountUnsent(*item, v1::REASON_CONTENT_TOO_LARGE,
                            absl::InvalidArgumentError(absl::StrCat(item->request.ByteSizeLong(),
                                                                    " bytes; the service takes requests of at most ",
                                                                    limits_.request_bytes(), " bytes")));
      } else {
        return item;
      }
    }
    return std::nullopt;
  }

  absl::Status Ended(absl::Status status) {
    const std::lock_guard lock(mutex_);
    progress_.Clear();
    return status;
  }

  const IngestOptions& options_;
  const v1::IngestLimits limits_;
  ArticleSource& source_;
  std::mutex mutex_;  // guards report_ and progress_: results come on the stream's thread
  IngestReport& report_;
  Progress progress_;
  IngestStream stream_;
};

}  // namespace

ExitCode RunIngest(const IngestOptions& options, const Endpoint& endpoint, IngestClient& client, Terminal terminal) {
  auto source = ArticleSource::Open(options.paths, options.format, terminal.in);
  if (!source.ok()) {
    terminal.err << "broadsheet: " << std::string(source.status().message()) << "\n";
    return kWrongUsage;
  }
  IngestReport report(terminal.err);
  for (const absl::Status& opened :
       {options.rejected_file.empty() ? absl::OkStatus() : report.WriteRejectedTo(options.rejected_file),
        options.results_file.empty() ? absl::OkStatus() : report.WriteResultsTo(options.results_file)}) {
    if (!opened.ok()) {
      terminal.err << "broadsheet: " << std::string(opened.message()) << "\n";
      return kWrongUsage;
    }
  }
  auto limits = AskLimits(client);
  if (!limits.ok()) {
    terminal.err << Describe(limits.status(), endpoint);
    return kServiceFailed;
  }
  const absl::Time start = absl::Now();
  absl::Status done = Load(options, *limits, client, *source, report, terminal).Run();
  if (done.ok() && options.visible && report.visible_sequence() < report.last_sequence()) {
    done = WaitUntilVisible(client, report.last_sequence(), terminal.err);
  }
  terminal.out << report.Summary(absl::Now() - start) << "\n";
  if (source->left_out() > 0) {
    terminal.out << source->left_out() << " files of other kinds were left out\n";
  }
  if (source->left_out_items() > 0) {
    terminal.out << source->left_out_items() << " things in them that are no articles were left out\n";
  }
  if (report.failed() > 0 && !options.rejected_file.empty()) {
    terminal.out << report.failed() << " rejected ones are in " << options.rejected_file << "\n";
  }
  if (!done.ok()) {
    terminal.err << Describe(done, endpoint) << "  not everything was sent; the same command again is safe\n";
    return kServiceFailed;
  }
  return report.failed() == 0 ? kAllWell : kSomeFailed;
}

}  // namespace broadsheet::cli
