#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"

// Writing what feeds say into a RawArticle. Nothing that is beside the text can cost an item: what is empty, over the
// limits of article.proto or no value of its kind is left out. Pure functions, thread-safe.
namespace broadsheet::cli {

// What becomes of an item: a request; nothing when it is no article; INVALID_ARGUMENT when it is a broken one.
using Reading = absl::StatusOr<std::optional<v1::StreamArticlesRequest>>;

// A host's name out of an http or https URL, without "www."; empty when it is none.
std::string HostOf(std::string_view url);

bool IsWebAddress(std::string_view text);

// An id that is an IRI ("tag:...", "urn:...") stands as it is; one that is the article's own address is left out, since
// the address names the article already; any other is told apart by `publisher` ("tidewire.example:4711") and left
// out when there is none. Ids over 128 bytes become a hash.
void SetId(std::string_view id, std::string_view publisher, v1::RawArticle& article);

void SetUrl(std::string_view url, v1::RawArticle& article);
void SetTitle(std::string_view title, v1::RawArticle& article);
void SetSource(std::string_view source, v1::RawArticle& article);
void SetSection(std::string_view section, v1::RawArticle& article);
void SetLanguage(std::string_view language, v1::RawArticle& article);
void SetImage(std::string_view url, v1::RawArticle& article);
void SetSubtitle(std::string_view subtitle, v1::RawArticle& article);
void AddAuthor(std::string_view author, v1::RawArticle& article);
void AddTag(std::string_view tag, v1::RawArticle& article);

// A list with commas.
void AddTags(std::string_view list, v1::RawArticle& article);

// "By Ada Lind and Bo Reyes, Staff" is two authors.
void AddByline(std::string_view byline, v1::RawArticle& article);

// Values over 256 bytes are cut, at a character. Empty ones are left out.
void SetAttribute(std::string_view key, std::string_view value, v1::RawArticle& article);

// Instants as XML, JSON and news formats write them: "2025-06-21T10:00:00Z", "20250621T1000+0200". Nothing for others,
// those without a zone included.
std::optional<absl::Time> ParseInstant(std::string_view text);

// The first one given counts; words that are no instant are left for the service to read.
void SetPublished(std::string_view text, v1::RawArticle& article);
void SetUpdated(std::string_view text, v1::RawArticle& article);

// How full an item's text is; said in the attribute "feed.content" unless it is whole.
enum class Fullness { kWhole, kSummary, kCaption, kTitle };

// Text of any kind: as HTML when it has tags or character references, else as plain text. An empty one changes nothing.
void SetContent(std::string_view content, Fullness fullness, v1::RawArticle& article);
void SetHtml(std::string_view html, Fullness fullness, v1::RawArticle& article);
void SetText(std::string_view text, Fullness fullness, v1::RawArticle& article);

// The state that an item is in; see ReadState.
enum class State { kUsable, kWithheld, kCancelled };

// "usable", "withheld", "canceled" and other words for them, with a prefix as in "stat:usable" or an address before it.
// INVALID_ARGUMENT for a state that is none of them: what is not known to be fit for publication is not sent.
absl::StatusOr<State> ReadState(std::string_view word);

// An embargo until an instant; withheld without end when `until` is none, as news formats say "until further notice".
void SetEmbargo(std::string_view until, v1::RawArticle& article);

// What is sent: the article; when it is cancelled its deletion, for `reason`. An article with a title and no words else
// has its title as its text. INVALID_ARGUMENT when there is nothing to read, or nothing that says what to delete.
Reading Finish(State state, std::string_view reason, v1::RawArticle article);

}  // namespace broadsheet::cli
