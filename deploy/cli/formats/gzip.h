#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/formats/byte_stream.h"

struct z_stream_s;

namespace broadsheet::cli {

// What a gzip file of one or many members holds. Damaged data end the stream, and damage() says so; SkipDamage() goes
// on with the next member. Not thread-safe.
class GunzipBytes : public ByteStream {
 public:
  // `compressed` must outlive it and be read by nobody else.
  explicit GunzipBytes(ByteStream& compressed);
  ~GunzipBytes() override;

  // Where the member begins in the compressed bytes that holds the byte at `position`. Positions asked for must not go
  // back.
  int64_t MemberOffset(int64_t position);

  // INVALID_ARGUMENT with the place, once the data cannot be read.
  const absl::Status& damage() const { return damage_; }

  // Looks for the next member. False when there is none.
  bool SkipDamage();

 protected:
  size_t Fill(char* to, size_t room) override;

 private:
  struct Member {
    int64_t begin;   // in what is read
    int64_t offset;  // in the compressed bytes
  };

  bool BeginMember();
  void Damaged(std::string_view why);

  ByteStream& compressed_;
  std::unique_ptr<z_stream_s> inflater_;
  std::deque<Member> members_;
  int64_t produced_ = 0;
  bool inside_ = false;  // a member
  absl::Status damage_;
};

enum class Compression { kGzip, kDeflate };

// Unpacks what an HTTP server packed. "deflate" may be with or without its zlib wrapper, as servers send both.
// INVALID_ARGUMENT when it is damaged, cut short, or larger than `max_bytes`.
absl::StatusOr<std::string> Unpack(std::string_view bytes, Compression compression, size_t max_bytes);

}  // namespace broadsheet::cli
