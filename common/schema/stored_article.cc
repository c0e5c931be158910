#include "common/schema/stored_article.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <utility>

#include "common/base/compress.h"
#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet {
namespace {

constexpr char kAlone = 1;
constexpr char kWithDictionary = 2;
constexpr size_t kChecksumAt = 1;
constexpr size_t kCardSizeAt = 5;
constexpr size_t kCardAt = 9;

// As they are stored.
struct Packed {
  const ArticleDictionary* dictionary = nullptr;  // null in version 1
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

absl::StatusOr<Packed> Split(std::string_view data, const ArticleDictionary* dictionary) {
  if (data.size() < kCardAt) return Damaged("a stored article is too short");
  if (data[0] != kAlone && data[0] != kWithDictionary) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "STORED_ARTICLE_VERSION",
                           "a stored article has an unknown version: rebuild the index");
  }
  if (Crc32c(data.substr(kCardSizeAt)) != Decode32(data.substr(kChecksumAt))) {
    return Damaged("the checksum of a stored article does not fit");
  }
  size_t card_size = Decode32(data.substr(kCardSizeAt));
  if (card_size > data.size() - kCardAt) return Damaged("a stored article is cut");
  const bool alone = data[0] == kAlone;
  if (!alone && dictionary == nullptr) return Damaged("the shard of a stored article has lost its dictionary");
  return Packed{alone ? nullptr : dictionary, data.substr(kCardAt, card_size), data.substr(kCardAt + card_size)};
}

absl::StatusOr<std::string> Unpack(std::string_view frame, const ArticleDictionary* dictionary) {
  auto bytes = dictionary == nullptr ? Decompress(frame) : dictionary->Decompress(frame);
  if (!bytes.ok()) return Damaged("a part of a stored article cannot be decompressed");
  return bytes;
}

absl::StatusOr<std::string> CardOf(const Packed& packed) {
  if (packed.dictionary == nullptr) return std::string(packed.card);
  return Unpack(packed.card, packed.dictionary);
}

absl::StatusOr<v1::Article> ParseCard(std::string_view card) {
  v1::Article article;
  if (!article.ParseFromArray(card.data(), static_cast<int>(card.size()))) return Damaged("a card cannot be read");
  return article;
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

std::string Join(char version, std::string_view card, std::string_view rest) {
  std::string payload = Encode32(static_cast<uint32_t>(card.size()));
  payload.append(card).append(rest);
  return std::string(1, version) + Encode32(Crc32c(payload)) + payload;
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
  return StoreParts({card.SerializeAsString(), rest.SerializeAsString()});
}

absl::StatusOr<std::string> ReplaceCard(std::string_view data, const v1::Article& card,
                                        const ArticleDictionary* dictionary) {
  auto packed = Split(data, dictionary);
  if (!packed.ok()) return packed.status();
  if (packed->dictionary == nullptr) return Join(kAlone, card.SerializeAsString(), packed->rest);
  auto rest = Unpack(packed->rest, packed->dictionary);
  if (!rest.ok()) return rest.status();
  return StoreParts({card.SerializeAsString(), *std::move(rest)});
}

absl::StatusOr<v1::Article> DecodeCard(std::string_view data, const ArticleDictionary* dictionary) {
  auto packed = Split(data, dictionary);
  if (!packed.ok()) return packed.status();
  auto card = CardOf(*packed);
  if (!card.ok()) return card.status();
  return ParseCard(*card);
}

absl::StatusOr<v1::Article> DecodeCardAndBody(std::string_view data, const ArticleDictionary* dictionary) {
  auto parts = ReadParts(data, dictionary);
  if (!parts.ok()) return parts.status();
  auto article = ParseCard(parts->card);
  if (article.ok() && !ReadBody(parts->rest, *article->mutable_body())) return Damaged("a body cannot be read");
  return article;
}

absl::StatusOr<v1::Article> DecodeFullArticle(std::string_view data, const ArticleDictionary* dictionary) {
  auto parts = ReadParts(data, dictionary);
  if (!parts.ok()) return parts.status();
  auto article = ParseCard(parts->card);
  if (article.ok() && !article->MergeFromString(parts->rest)) return Damaged("a body cannot be read");
  return article;
}

absl::StatusOr<StoredParts> ReadParts(std::string_view data, const ArticleDictionary* dictionary) {
  auto packed = Split(data, dictionary);
  if (!packed.ok()) return packed.status();
  auto card = CardOf(*packed);
  if (!card.ok()) return card.status();
  auto rest = Unpack(packed->rest, packed->dictionary);
  if (!rest.ok()) return rest.status();
  return StoredParts{*std::move(card), *std::move(rest)};
}

std::string StoreParts(const StoredParts& parts) {
  return Join(kAlone, parts.card, Compress(parts.rest));
}

std::string StoreParts(const StoredParts& parts, const ArticlePacker& packer) {
  return Join(kWithDictionary, packer.Compress(parts.card), packer.Compress(parts.rest));
}

}  // namespace broadsheet
