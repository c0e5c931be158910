#include "cli/formats/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/formats/format.h"

namespace broadsheet::cli {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, gzip framing
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

Bytef* Bytes(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
}

}  // namespace

GunzipBytes::GunzipBytes(ByteStream& compressed) : compressed_(compressed), inflater_(std::make_unique<z_stream_s>()) {
  inflateInit2(inflater_.get(), kGzipWindow);
}

GunzipBytes::~GunzipBytes() {
  inflateEnd(inflater_.get());
}

int64_t GunzipBytes::MemberOffset(int64_t position) {
  while (members_.size() > 1 && members_[1].begin <= position) {
    members_.pop_front();
  }
  return members_.empty() ? 0 : members_.front().offset;
}

void GunzipBytes::Damaged(std::string_view why) {
  damage_ = absl::InvalidArgumentError(
      absl::StrCat("damaged gzip data before byte ", compressed_.position(), ": ", std::string(why)));
  inside_ = false;
}

// Zeros after the last member are padding, as tapes and block devices leave it.
bool GunzipBytes::BeginMember() {
  while (!compressed_.AtEnd() && produced_ > 0 && compressed_.Window().front() == '\0') {
    compressed_.Skip(1);
  }
  if (compressed_.AtEnd()) {
    return false;
  }
  members_.push_back({produced_, compressed_.position()});
  inflateReset(inflater_.get());
  inside_ = true;
  return true;
}

size_t GunzipBytes::Fill(char* to, size_t room) {
  while (damage_.ok() && (inside_ || BeginMember())) {
    if (compressed_.AtEnd()) {
      Damaged("the file ends in the middle of a member");
      return 0;
    }
    const std::string_view input = compressed_.Window();
    inflater_->next_in = Bytes(input);
    inflater_->avail_in = static_cast<uInt>(input.size());
    inflater_->next_out = reinterpret_cast<Bytef*>(to);
    inflater_->avail_out = static_cast<uInt>(room);
    const int result = inflate(inflater_.get(), Z_NO_FLUSH);
    const std::string why = inflater_->msg == nullptr ? "not gzip data" : inflater_->msg;
    compressed_.Skip(static_cast<int64_t>(input.size()) - inflater_->avail_in);
    const size_t made = room - inflater_->avail_out;
    produced_ += static_cast<int64_t>(made);
    inside_ = result != Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      Damaged(why);
    }
    if (made > 0) {
      return made;
    }
  }
  return 0;
}

bool GunzipBytes::SkipDamage() {
  while (!compressed_.AtEnd()) {
    const std::string_view window = compressed_.Window();
    const size_t found = window.find('\x1f');
    if (found == std::string_view::npos) {
      compressed_.Skip(static_cast<int64_t>(window.size()));
      continue;
    }
    compressed_.Skip(static_cast<int64_t>(found));
    while (compressed_.Window().size() < 3 && compressed_.Extend()) {
    }
    const bool is_new = members_.empty() || compressed_.position() > members_.back().offset;
    if (is_new && IsGzip(compressed_.Window())) {
      damage_ = absl::OkStatus();
      return true;
    }
    compressed_.Skip(1);
  }
  return false;
}

absl::StatusOr<std::string> Unpack(std::string_view bytes, Compression compression, size_t max_bytes) {
  const bool wrapped = bytes.size() >= 2 && (bytes[0] & 0x0f) == 8 &&
                       (static_cast<uint8_t>(bytes[0]) * 256 + static_cast<uint8_t>(bytes[1])) % 31 == 0;
  z_stream_s inflater{};
  inflateInit2(&inflater, compression == Compression::kGzip ? kGzipWindow : wrapped ? kZlibWindow : kRawWindow);
  inflater.next_in = Bytes(bytes);
  inflater.avail_in = static_cast<uInt>(bytes.size());
  std::string unpacked;
  int result = Z_OK;
  while (result == Z_OK && unpacked.size() <= max_bytes) {
    const size_t begin = unpacked.size();
    unpacked.resize(std::min(std::max(begin * 2, 4 * bytes.size() + 1024), max_bytes + 1));
    inflater.next_out = reinterpret_cast<Bytef*>(unpacked.data() + begin);
    inflater.avail_out = static_cast<uInt>(unpacked.size() - begin);
    result = inflate(&inflater, Z_NO_FLUSH);
    unpacked.resize(unpacked.size() - inflater.avail_out);
  }
  inflateEnd(&inflater);
  if (unpacked.size() > max_bytes) {
    return absl::InvalidArgumentError(absl::StrCat("larger than ", max_bytes, " bytes once unpacked, the limit"));
  }
  if (result != Z_STREAM_END) {
    return absl::InvalidArgumentError("its compressed content is damaged or cut short");
  }
  return unpacked;
}

}  // namespace broadsheet::cli
