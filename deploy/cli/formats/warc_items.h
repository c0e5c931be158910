#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/formats/article_fields.h"
#include "cli/formats/gzip.h"
#include "cli/formats/http_message.h"
#include "cli/formats/item.h"

namespace broadsheet::cli {

inline constexpr int64_t kMaxWarcRecordBytes = 16 << 20;

// The pages of a WARC file (0.17 to 1.1), read record by record: never more than one in memory. Pages are HTML and
// plain text in responses of status 200, in resources and in conversions; other records are left out and counted. A
// broken record is an item with a status, and reading goes on at the next that can be found.
class WarcItems : public ItemReader {
 public:
  // `bytes` is what the file holds, unpacked; `gunzip` the same stream where it was packed, else nullptr. Places are
  // given in bytes of the file, for a packed one where the record's gzip member begins.
  WarcItems(std::string origin, ByteStream& bytes, GunzipBytes* gunzip);

  std::optional<Item> Next() override;

 private:
  bool FindRecord();
  absl::StatusOr<Headers> ReadHeaders();
  Reading ReadRecord();
  Reading ReadPage(const Headers& record, std::string_view block);
  absl::StatusOr<std::string> ReadBlock(int64_t bytes);
  bool BeginsRecord();
  void SkipLine();
  absl::Status CutShort() const;

  const std::string origin_;
  ByteStream& bytes_;
  GunzipBytes* const gunzip_;
  int64_t record_ = 0;
  bool finished_ = false;  // by damage after which there is nothing to find
};

}  // namespace broadsheet::cli
