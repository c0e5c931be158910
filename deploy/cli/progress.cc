#include "cli/progress.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace broadsheet::cli {
namespace {

constexpr absl::Duration kRedraw = absl::Milliseconds(100);
constexpr absl::Duration kNextLine = absl::Seconds(5);
constexpr int kProgressCells = 24;

}  // namespace

Progress::Progress(std::ostream& out, bool terminal, int64_t total_bytes)
    : out_(out), terminal_(terminal), total_bytes_(total_bytes), start_(absl::Now()), last_drawn_(start_) {}

void Progress::Update(absl::Time now, int64_t bytes, int64_t articles, int64_t failed) {
  if (now - last_drawn_ < (terminal_ ? kRedraw : kNextLine)) {
    return;
  }
  last_drawn_ = now;
  std::string text;
  if (total_bytes_ > 0) {
    const double share = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(total_bytes_));
    const int full = static_cast<int>(share * kProgressCells);
    if (terminal_) {
      text = absl::StrFormat("[%s%s] ", std::string(full, '#'), std::string(kProgressCells - full, ' '));
    }
    text += absl::StrFormat("%3.0f %%  ", share * 100);
  }
  const double seconds = std::max(0.001, absl::ToDoubleSeconds(now - start_));
  text += absl::StrFormat("%d articles, %.0f a second", articles, static_cast<double>(articles) / seconds);
  if (failed > 0) {
    text += absl::StrFormat(", %d failed", failed);
  }
  if (terminal_) {
    out_ << "\r\x1b[K" << text << std::flush;
    drawn_ = true;
  } else {
    out_ << text << std::endl;
  }
}

void Progress::Clear() {
  if (drawn_) {
    out_ << "\r\x1b[K" << std::flush;
    drawn_ = false;
  }
}

}  // namespace broadsheet::cli
