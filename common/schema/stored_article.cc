#include "common/schema/stored_article.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <zstd.h>

#include <memory>
#include <utility>

#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet {
namespace {

constexpr char kVersion = 1;
constexpr size_t kChecksumAt = 1;
constexpr size_t kCardSizeAt = 5;
constexpr size_t kCardAt = 9;
constexpr int kZstdLevel = 3;

struct Parts {
  std::string_view card;
  std::string_view rest;
};

std::string Encode32(uint32_t number) {
  std::string bytes(4, '\0');
  for (int i = 0; i < 4; ++i, number >>= 8)
    bytes[i] = static_cast<char>(number & 0xff);
  return bytes;
}

uint32_t Decode32(std::string_view bytes) {
  uint32_t number = 0;
  for (int i = 3; i >= 0; --i)
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

absl::Status Damaged(std::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "STORED_ARTICLE_DAMAGED", what);
}

absl::StatusOr<Parts> Split(std::string_view data) {
  if (data.size() < kCardAt) return Damaged("a stored article is too short");
  if (data[0] != kVersion) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "STORED_ARTICLE_VERSION",
                           "a stored article has an unknown version: rebuild the index");
  }
  if (Crc32c(data.substr(kCardSizeAt)) != Decode32(data.substr(kChecksumAt))) {
    return Damaged("the checksum of a stored article does not fit");
  }
  size_t card_size = Decode32(data.substr(kCardSizeAt));
  if (card_size > data.size() - kCardAt) return Damaged("a stored article is cut");
  return Parts{data.substr(kCardAt, card_size), data.substr(kCardAt + card_size)};
}

absl::StatusOr<v1::Article> ParseCard(std::string_view card) {
  v1::Article article;
  if (!article.ParseFromArray(card.data(), static_cast<int>(card.size()))) return Damaged("a card cannot be read");
  return article;
}

std::string Compress(const std::string& bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), kZstdLevel));
  return packed;
}

absl::StatusOr<std::string> Decompress(std::string_view packed) {
  // Making one takes longer than using it.
  thread_local const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) return Damaged("a body cannot be read");
  std::string bytes(size, '\0');
  const size_t read = ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(read)) return Damaged("a body cannot be read");
  return bytes;
}

// The body out of a serialised Article, without what else it has.
bool ReadBody(const std::string& article, std::string& body) {
  using google::protobuf::internal::WireFormatLite;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(article.data()),
                                            static_cast<int>(article.size()));
  const uint32_t body_tag =
      WireFormatLite::MakeTag(v1::Article::kBodyFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  while (const uint32_t tag = in.ReadTag()) {
    const bool read = tag == body_tag ? WireFormatLite::ReadBytes(&in, &body) : WireFormatLite::SkipField(&in, tag);
    if (!read) return false;
  }
  return in.ConsumedEntireMessage();
}

std::string Join(const std::string& card, std::string_view rest) {
  std::string payload = Encode32(static_cast<uint32_t>(card.size())) + card;
  payload += rest;
  return std::string(1, kVersion) + Encode32(Crc32c(payload)) + payload;
}

struct Unpacked {
  v1::Article card;
  std::string rest;  // serialised
};

absl::StatusOr<Unpacked> Unpack(std::string_view data) {
  auto parts = Split(data);
  if (!parts.ok()) return parts.status();
  auto card = ParseCard(parts->card);
  if (!card.ok()) return card.status();
  auto rest = Decompress(parts->rest);
  if (!rest.ok()) return rest.status();
  return Unpacked{*std::move(card), *std::move(rest)};
}

}  // namespace

std::string EncodeStoredArticle(const v1::Article& article) {
  v1::Article card = article;
  v1::Article rest;
  rest.mutable_body()->swap(*card.mutable_body());
  rest.mutable_attributes()->swap(*card.mutable_attributes());
  rest.mutable_origins()->Swap(card.mutable_origins());
  rest.mutable_figures()->Swap(card.mutable_figures());
  rest.mutable_edits()->Swap(card.mutable_edits());
  return Join(card.SerializeAsString(), Compress(rest.SerializeAsString()));
}

absl::StatusOr<std::string> ReplaceCard(std::string_view data, const v1::Article& card) {
  auto parts = Split(data);
  if (!parts.ok()) return parts.status();
  return Join(card.SerializeAsString(), parts->rest);
}

absl::StatusOr<v1::Article> DecodeCard(std::string_view data) {
  auto parts = Split(data);
  if (!parts.ok()) return parts.status();
  return ParseCard(parts->card);
}

absl::StatusOr<v1::Article> DecodeCardAndBody(std::string_view data) {
  auto unpacked = Unpack(data);
  if (!unpacked.ok()) return unpacked.status();
  if (!ReadBody(unpacked->rest, *unpacked->card.mutable_body())) return Damaged("a body cannot be read");
  return std::move(unpacked->card);
}

absl::StatusOr<v1::Article> DecodeFullArticle(std::string_view data) {
  auto unpacked = Unpack(data);
  if (!unpacked.ok()) return unpacked.status();
  if (!unpacked->card.MergeFromString(unpacked->rest)) return Damaged("a body cannot be read");
  return std::move(unpacked->card);
}

}  // namespace broadsheet
