#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <streambuf>
#include <string_view>
#include <vector>

namespace broadsheet::cli {

// Bytes read once, front to back, that can be looked at before they are read. Never waits for more bytes than the
// reader asked for, so that a slow pipe is read as it comes. Not thread-safe.
class ByteStream : public std::streambuf {
 public:
  // The bytes that are in memory and not yet read.
  std::string_view Window() const { return {gptr(), static_cast<size_t>(egptr() - gptr())}; }

  // Adds some bytes to the window. False at the end.
  bool Extend();

  // Whether nothing is left.
  bool AtEnd() { return Window().empty() && !Extend(); }

  // The place of the next byte, from 0 on.
  int64_t position() const { return base_ + (gptr() - eback()); }

  // Reads past `count` bytes; false when there are fewer.
  bool Skip(int64_t count);

 protected:
  // Writes 1 to `room` bytes to `to` and returns how many; 0 at the end.
  virtual size_t Fill(char* to, size_t room) = 0;

  int_type underflow() override;

 private:
  std::vector<char> buffer_;
  int64_t base_ = 0;  // place of eback()
};

// The bytes of a stream that the caller owns.
class StreamBytes : public ByteStream {
 public:
  explicit StreamBytes(std::istream& stream) : stream_(stream) {}

 protected:
  size_t Fill(char* to, size_t room) override;

 private:
  std::istream& stream_;
};

}  // namespace broadsheet::cli
