#include "cli/resume_file.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/durable_file.h"

namespace broadsheet::cli {

absl::Status ResumeFile::Load() {
  if (path_.empty()) return absl::OkStatus();
  auto content = ReadFile(path_);
  if (absl::IsNotFound(content.status())) return absl::OkStatus();
  if (!content.ok()) return content.status();
  token_ = std::string(absl::StripAsciiWhitespace(*content));
  kept_ = token_;
  return absl::OkStatus();
}

absl::Status ResumeFile::Save(absl::Time now) {
  if (path_.empty() || token_ == kept_) return absl::OkStatus();
  absl::Status written = ReplaceFile(path_, absl::StrCat(token_, "\n"));
  if (written.ok()) kept_ = token_;
  saved_ = now;
  return written;
}

}  // namespace broadsheet::cli
