#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "broadsheet/v1/ingest.pb.h"

namespace broadsheet::cli {

// One thing to send, or the reason why it cannot be.
struct Item {
  std::string origin;                 // where it stands: "ferry.jsonl:3", "wire.xml:41 (item 2)", or the file's name
  v1::StreamArticlesRequest request;  // empty when status is not OK
  absl::Status status;                // INVALID_ARGUMENT: unreadable, and why
};

// The items of one input, one after the other. Not thread-safe.
class ItemReader {
 public:
  virtual ~ItemReader() = default;

  // The next item, or nothing at the end.
  virtual std::optional<Item> Next() = 0;

  // What was well formed and is no article so far: pictures without words, other records of a WARC file.
  int64_t left_out() const { return left_out_; }

 protected:
  int64_t left_out_ = 0;
};

}  // namespace broadsheet::cli
