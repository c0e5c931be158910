#include "cli/formats/article_fields.h"

#include <regex>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/formats/markup.h"
#include "common/base/hash.h"
#include "common/base/timestamp.h"

namespace broadsheet::cli {
namespace {

// The limits of article.proto.
constexpr size_t kMaxIdBytes = 128;
constexpr size_t kMaxUrlBytes = 2048;
constexpr size_t kMaxNameBytes = 256;
constexpr int kMaxAuthors = 32;
constexpr int kMaxTags = 64;
constexpr size_t kMaxAttributes = 32;

constexpr size_t kMaxBylineBytes = 1024;
constexpr size_t kMaxSubtitleBytes = 1024;

std::string OneLine(std::string_view text) {
  std::string line(text);
  absl::RemoveExtraAsciiWhitespace(&line);
  return line;
}

std::string Shortened(std::string_view text) {
  std::string line = OneLine(text);
  size_t end = std::min(line.size(), kMaxNameBytes);
  while (end > 0 && end < line.size() && (line[end] & 0xC0) == 0x80) {
    --end;
  }
  line.resize(end);
  return line;
}

bool Fits(const std::string& text) {
  return !text.empty() && text.size() <= kMaxNameBytes;
}

bool HasScheme(std::string_view id) {
  const size_t colon = id.find(':');
  return colon != std::string_view::npos && colon > 1 && colon + 1 < id.size() && absl::ascii_isalpha(id[0]) &&
         id.substr(0, colon).find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-") ==
             std::string_view::npos;
}

std::string_view WithoutFragment(std::string_view url) {
  return url.substr(0, url.find('#'));
}

std::string AsId(std::string id) {
  for (const char c : id) {
    if (absl::ascii_iscntrl(c)) {
      return "feed-" + Hash128Hex(id);
    }
  }
  return id.size() > kMaxIdBytes || id.starts_with("bs-") ? "feed-" + Hash128Hex(id) : id;
}

void Mark(Fullness fullness, v1::RawArticle& article) {
  article.mutable_attributes()->erase("feed.content");
  if (fullness != Fullness::kWhole) {
    SetAttribute("feed.content",
                 fullness == Fullness::kSummary   ? "summary"
                 : fullness == Fullness::kCaption ? "caption"
                                                  : "title",
                 article);
  }
}

}  // namespace

bool IsWebAddress(std::string_view text) {
  return absl::StartsWithIgnoreCase(absl::string_view(text.data(), text.size()), "http://") ||
         absl::StartsWithIgnoreCase(absl::string_view(text.data(), text.size()), "https://");
}

std::string HostOf(std::string_view url) {
  if (!IsWebAddress(url)) {
    return "";
  }
  std::string_view host = url.substr(url.find("//") + 2);
  host = host.substr(0, host.find_first_of("/?#:"));
  return std::string(absl::StripPrefix(absl::AsciiStrToLower(std::string(host)), "www."));
}

void SetId(std::string_view id, std::string_view publisher, v1::RawArticle& article) {
  const std::string trimmed = OneLine(id);
  const bool is_address = IsWebAddress(trimmed) && WithoutFragment(trimmed) == WithoutFragment(article.url());
  if (trimmed.empty() || is_address) {
    return;
  }
  if (HasScheme(trimmed)) {
    article.set_id(AsId(trimmed));
  } else if (!publisher.empty()) {
    article.set_id(AsId(absl::StrCat(std::string(publisher), ":", trimmed)));
  }
}

void SetUrl(std::string_view url, v1::RawArticle& article) {
  std::string trimmed(url);
  absl::StripAsciiWhitespace(&trimmed);
  if (IsWebAddress(trimmed) && trimmed.size() <= kMaxUrlBytes && !HostOf(trimmed).empty() &&
      trimmed.find_first_of(" \t\r\n") == std::string::npos) {
    article.set_url(trimmed);
  }
}

void SetTitle(std::string_view title, v1::RawArticle& article) {
  const std::string line = OneLine(title);
  if (!line.empty()) {
    article.set_title(line);
  }
}

void SetSource(std::string_view source, v1::RawArticle& article) {
  const std::string line = OneLine(source);
  if (Fits(line)) {
    article.set_source(line);
  }
}

void SetSection(std::string_view section, v1::RawArticle& article) {
  const std::string line = OneLine(section);
  if (Fits(line)) {
    article.set_section(line);
  }
}

void SetLanguage(std::string_view language, v1::RawArticle& article) {
  const std::string line = OneLine(language);
  if (!line.empty() && line.size() <= 35 && line.find_first_of(" ,;") == std::string::npos) {
    article.set_language(line);
  }
}

void SetImage(std::string_view url, v1::RawArticle& article) {
  const std::string line = OneLine(url);
  if (article.image_url().empty() && IsWebAddress(line) && line.size() <= kMaxUrlBytes && !HostOf(line).empty()) {
    article.set_image_url(line);
  }
}

void SetSubtitle(std::string_view subtitle, v1::RawArticle& article) {
  const std::string line = OneLine(subtitle);
  if (!line.empty() && line.size() <= kMaxSubtitleBytes && line != article.title()) {
    article.set_subtitle(line);
  }
}

void AddAuthor(std::string_view author, v1::RawArticle& article) {
  const std::string line = OneLine(author);
  for (const std::string& known : article.authors()) {
    if (known == line) {
      return;
    }
  }
  if (Fits(line) && article.authors_size() < kMaxAuthors) {
    article.add_authors(line);
  }
}

void AddTag(std::string_view tag, v1::RawArticle& article) {
  const std::string line = OneLine(tag);
  for (const std::string& known : article.tags()) {
    if (known == line) {
      return;
    }
  }
  if (Fits(line) && article.tags_size() < kMaxTags) {
    article.add_tags(line);
  }
}

void AddTags(std::string_view list, v1::RawArticle& article) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(','), list.size());
    AddTag(list.substr(0, end), article);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

void AddByline(std::string_view byline, v1::RawArticle& article) {
  static const std::regex separators(R"(\s+(?:and|und|et|y|e)\s+|\s*[,;&]\s*)");
  static const std::regex several(R"(\s(?:and|und|et|y|e)\s)");
  std::string line = OneLine(byline.substr(0, kMaxBylineBytes));
  if (absl::StartsWithIgnoreCase(line, "by ")) {
    line = line.substr(3);
  }
  if (!std::regex_search(line, several)) {
    line = line.substr(0, line.find_first_of(",;"));  // what follows one name is a desk or a place
  }
  std::sregex_token_iterator names(line.begin(), line.end(), separators, -1);
  for (; names != std::sregex_token_iterator(); ++names) {
    AddAuthor(names->str(), article);
  }
}

void SetAttribute(std::string_view key, std::string_view value, v1::RawArticle& article) {
  const std::string line = Shortened(value);
  if (!line.empty() && article.attributes().size() < kMaxAttributes) {
    (*article.mutable_attributes())[std::string(key)] = line;
  }
}

std::optional<absl::Time> ParseInstant(std::string_view text) {
  static constexpr const char* kFormats[] = {"%E4Y-%m-%dT%H:%M:%E*S%Ez", "%E4Y-%m-%dT%H:%M%Ez",
                                             "%E4Y-%m-%d %H:%M:%E*S%Ez", "%E4Y%m%dT%H%M%E*S%Ez", "%E4Y%m%dT%H%M%Ez"};
  std::string trimmed(text);
  absl::StripAsciiWhitespace(&trimmed);
  std::string error;
  absl::Time time;
  for (const char* format : kFormats) {
    if (absl::ParseTime(format, trimmed, &time, &error)) {
      return time;
    }
  }
  return std::nullopt;
}

void SetPublished(std::string_view text, v1::RawArticle& article) {
  const std::string line = OneLine(text);
  if (line.empty() || article.has_published_time() || !article.published().empty()) {
    return;
  }
  if (const auto instant = ParseInstant(line)) {
    *article.mutable_published_time() = ToTimestamp(*instant);
  } else if (Fits(line)) {
    article.set_published(line);
  }
}

void SetUpdated(std::string_view text, v1::RawArticle& article) {
  if (const auto instant = ParseInstant(text)) {
    *article.mutable_updated_time() = ToTimestamp(*instant);
  }
}

void SetHtml(std::string_view html, Fullness fullness, v1::RawArticle& article) {
  if (html.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    article.set_html(std::string(html));
    Mark(fullness, article);
  }
}

void SetText(std::string_view text, Fullness fullness, v1::RawArticle& article) {
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    article.set_text(std::string(text));
    Mark(fullness, article);
  }
}

void SetContent(std::string_view content, Fullness fullness, v1::RawArticle& article) {
  if (LooksLikeHtml(content)) {
    SetHtml(content, fullness, article);
  } else {
    SetText(content, fullness, article);
  }
}

absl::StatusOr<State> ReadState(std::string_view word) {
  std::string name = absl::AsciiStrToLower(OneLine(word));
  name = name.substr(name.find_last_of(":/") + 1);  // npos + 1 is 0
  if (name.empty() || name == "usable" || name == "embargoed" || name == "published") {
    return State::kUsable;
  }
  if (name == "withheld") {
    return State::kWithheld;
  }
  if (name == "canceled" || name == "cancelled" || name == "withdrawn" || name == "retracted" || name == "killed") {
    return State::kCancelled;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("its state is \"", name.substr(0, 40), "\", which is none of usable, withheld and canceled"));
}

void SetEmbargo(std::string_view until, v1::RawArticle& article) {
  if (const auto instant = ParseInstant(until)) {
    *article.mutable_embargo_time() = ToTimestamp(*instant);
  } else {
    article.set_withheld(true);
    SetAttribute("embargo", OneLine(until).empty() ? "until further notice" : until, article);
  }
}

Reading Finish(State state, std::string_view reason, v1::RawArticle article) {
  v1::StreamArticlesRequest request;
  if (state == State::kCancelled) {
    v1::Deletion& deletion = *request.mutable_deletion();
    if (article.id().empty() && article.url().empty()) {
      return absl::InvalidArgumentError("it is cancelled, but has neither an id nor an address to say what is");
    }
    if (!article.id().empty()) {
      deletion.set_id(article.id());
    } else {
      deletion.set_url(article.url());
    }
    if (article.has_updated_time()) {
      *deletion.mutable_updated_time() = article.updated_time();
    }
    deletion.set_reason(Shortened(reason));
    return request;
  }
  if (state == State::kWithheld) {
    article.set_withheld(true);
  }
  if (article.content_case() == v1::RawArticle::CONTENT_NOT_SET) {
    SetText(article.title(), Fullness::kTitle, article);
  }
  if (article.content_case() == v1::RawArticle::CONTENT_NOT_SET) {
    return absl::InvalidArgumentError("it has nothing to read: no text, no summary and no title");
  }
  *request.mutable_article() = std::move(article);
  return request;
}

}  // namespace broadsheet::cli
