#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"

// The document data of an article in the index. Layout, never to change within a version:
//   byte 0       version (1)
//   bytes 1-4    CRC32C of everything after it, little endian
//   bytes 5-8    size of the card, little endian
//   then         the card: an Article without body, attributes, origins, figures and edits
//   then         the rest: zstd of an Article with only those five
namespace broadsheet {

std::string EncodeStoredArticle(const v1::Article& article);

// The same stored article with another card. Errors as DecodeCard.
absl::StatusOr<std::string> ReplaceCard(std::string_view data, const v1::Article& card);

// The card only: what a list of hits needs. DATA_LOSS when the checksum does not fit, FAILED_PRECONDITION for an
// unknown version.
absl::StatusOr<v1::Article> DecodeCard(std::string_view data);

// Card and body: what a list of hits with snippets needs. Errors as DecodeCard.
absl::StatusOr<v1::Article> DecodeCardAndBody(std::string_view data);

// Card and rest. Errors as DecodeCard.
absl::StatusOr<v1::Article> DecodeFullArticle(std::string_view data);

}  // namespace broadsheet
