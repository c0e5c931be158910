#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace broadsheet::cli {

// The file that says where a stream goes on. Replaced whole, so that a crash leaves the old place or the new one; at
// most a few times a second. Not thread-safe.
class ResumeFile {
 public:
  // Without a path nothing is kept.
  explicit ResumeFile(std::string path) : path_(std::move(path)) {}

  // Reads the token that is kept; none when there is no file yet.
  absl::Status Load();

  // The last token that came.
  const std::string& token() const { return token_; }

  void Set(const std::string& token) { token_ = token; }

  // Whether it is time to keep the token.
  bool due(absl::Time now) const { return now - saved_ >= absl::Milliseconds(500) && token_ != kept_; }

  absl::Status Save(absl::Time now);

 private:
  const std::string path_;
  std::string token_;
  std::string kept_;
  absl::Time saved_ = absl::InfinitePast();
};

}  // namespace broadsheet::cli
