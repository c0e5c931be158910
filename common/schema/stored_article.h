#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "common/schema/article_dictionary.h"

// The document data of an article in the index. Layout, never to change within a version:
//   byte 0       version (1 or 2)
//   bytes 1-4    CRC32C of everything after it, little endian
//   bytes 5-8    size of the card, little endian
//   then         the card: an Article without body, attributes, origins, figures and edits
//   then         the rest: an Article with only those five
// Version 1: the rest is compressed by zstd. Version 2, in sealed shards: both are, with the dictionary of the shard.
//
// `dictionary` is that of the shard that the data is in, null when it has none. Errors of all that read: DATA_LOSS when
// the checksum does not fit or the dictionary is not the one, FAILED_PRECONDITION for an unknown version.
namespace broadsheet {

std::string EncodeStoredArticle(const v1::Article& article);

// The same stored article with another card, in version 1.
absl::StatusOr<std::string> ReplaceCard(std::string_view data, const v1::Article& card,
                                        const ArticleDictionary* dictionary);

// The card only: what a list of hits needs.
absl::StatusOr<v1::Article> DecodeCard(std::string_view data, const ArticleDictionary* dictionary);

// Card and body: what a list of hits with snippets needs.
absl::StatusOr<v1::Article> DecodeCardAndBody(std::string_view data, const ArticleDictionary* dictionary);

// Card and rest.
absl::StatusOr<v1::Article> DecodeFullArticle(std::string_view data, const ArticleDictionary* dictionary);

// Card and rest, serialised: what dictionaries are made of, and the same article is stored anew from.
struct StoredParts {
  std::string card;
  std::string rest;
};
absl::StatusOr<StoredParts> ReadParts(std::string_view data, const ArticleDictionary* dictionary);

std::string StoreParts(const StoredParts& parts);                               // in version 1
std::string StoreParts(const StoredParts& parts, const ArticlePacker& packer);  // in version 2

}  // namespace broadsheet
