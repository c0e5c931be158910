#include "ingest/parse/page_dates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/unicode.h"
#include "ingest/parse/html_node.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostFound = 256;
constexpr size_t kMostOfRank = 4;
constexpr size_t kLongestDate = 80;
constexpr size_t kLongestSentence = 250;  // that says when
constexpr size_t kLongestLabel = 30;
constexpr size_t kShortestHeadline = 12;
constexpr size_t kTextsBelow = 40;  // pieces of text below the headline that may hold its date
constexpr size_t kTextsAbove = 12;  // the same above it
constexpr auto kMostDigits = 14;    // a day, a year and a time
constexpr auto kFewestDigits = 5;   // a day and a year

enum class Kind { kPublication, kTime, kNamed, kLabelled, kText };

struct Found {
  Kind kind;
  size_t at;  // pieces of text before it
  std::string words;
};

// Likely ones first.
enum Rank { kPublication, kTimeBelow, kNamedBelow, kLabelled, kTextBelow, kTime, kNamed, kTextAbove, kRanks };

constexpr std::array<std::string_view, kRanks> kFrom = {
    "the element of its publication", "a time element below the headline", "the date line below the headline",
    "a line that says when",          "the text below the headline",       "a time element",
    "the page's date line",           "the text above the headline"};

absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

// Words before the date of publication in the folded form, whole or as the beginning of a word.
bool SaysPublished(std::string_view text) {
  return ContainsAny(FoldForMatch(text), {"publish",     "posted",       "veroffentlicht", "erschienen", "erstellt",
                                          "publie",      "mis en ligne", "publicad",       "pubblicat",  "gepubliceerd",
                                          "publicerad",  "publisert",    "opublikowan",    "datum:",     "date:",
                                          "опубликован", "公開日",       "掲載",           "发布",       "發布"});
}

// A day beside a year of our time, or three numbers.
bool MayBeDay(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), absl::ascii_isdigit);
  if (digits < kFewestDigits || digits > kMostDigits) return false;
  const bool has_year = text.find("20") != std::string_view::npos || text.find("19") != std::string_view::npos;
  return has_year || std::count_if(text.begin(), text.end(), [](char c) { return c == '.' || c == '/'; }) == 2;
}

bool IsHeading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '4';
}

// Collects what may be dates, and where the headline is.
class ShownDates {
 public:
  explicit ShownDates(std::string_view title) : title_(title) {}

  void Read(const xmlNode* root) {
    Walk(root, [this](const xmlNode* node) {
      if (node->type == XML_TEXT_NODE && !IsBlank(Content(node))) ReadText(Content(node));
      return node->type == XML_ELEMENT_NODE && Look(node);
    });
  }

  std::vector<Found>& found() { return found_; }
  std::optional<size_t> headline_at() const { return headline_at_; }

 private:
  // Whether to look inside.
  bool Look(const xmlNode* node) {
    const std::string_view name = Name(node);
    if (name == "svg" || name == "script" || name == "style" || name == "head") return false;
    if (IsHeading(name)) ReadHeading(node, name);
    if (name != "body" && name != "html") ReadNamed(node, name);
    return true;
  }

  void ReadNamed(const xmlNode* node, std::string_view name) {
    const std::string names = NamesOf(node);
    const std::string property = absl::AsciiStrToLower(Attribute(node, "itemprop"));
    if (name == "time") return ReadTime(node, names, property);
    if (absl::StrContains(property, "datepublished")) return KeepPublication(node);
    if (ContainsAny(names, {"date", "publi", "posted", "-time", "time-", "meta", "datum", "fecha"})) {
      KeepNamed(node, names);
    }
  }

  // The headline is the first heading that the title repeats, else the first of the first order.
  void ReadHeading(const xmlNode* node, std::string_view name) {
    std::string line = LineOf(node);
    const bool repeated = line.size() >= kShortestHeadline && absl::StrContains(Absl(title_), line);
    if (is_repeated_ || line.empty() || (!repeated && (headline_at_ || name != "h1"))) return;
    headline_ = std::move(line);
    headline_at_ = texts_;
    is_repeated_ = repeated;
  }

  void ReadText(std::string_view text) {
    const std::string_view before = std::exchange(last_text_, text);
    const size_t at = texts_++;
    if (headline_at_ && absl::StrContains(headline_, absl::StripAsciiWhitespace(Absl(text)))) return;
    if (text.size() > kLongestSentence || !MayBeDay(text)) return;
    const bool labelled = SaysPublished(text) || (before.size() <= kLongestLabel && SaysPublished(before));
    if (labelled || text.size() <= kLongestDate) Keep(labelled ? Kind::kLabelled : Kind::kText, std::string(text), at);
  }

  void ReadTime(const xmlNode* node, const std::string& names, const std::string& property) {
    const bool published = xmlHasProp(node, reinterpret_cast<const xmlChar*>("pubdate")) != nullptr ||
                           absl::StrContains(property, "publi");
    const bool updated = ContainsAny(property, {"modif", "updat"}) || ContainsAny(names, {"modif", "updat"});
    if (updated && !published && !absl::StrContains(names, "publi")) return;
    std::string when = Attribute(node, "datetime");
    Keep(published ? Kind::kPublication : Kind::kTime, when.empty() ? LineOf(node) : std::move(when));
  }

  void KeepPublication(const xmlNode* node) {
    for (std::string words :
         {Attribute(node, "datetime"), Attribute(node, "content"), Attribute(node, "title"), LineOf(node)})
      Keep(Kind::kPublication, std::move(words));
  }

  void KeepNamed(const xmlNode* node, const std::string& names) {
    if (absl::StrContains(names, "comment")) return;
    std::string line = LineOf(node);
    if (line.size() <= kLongestDate && MayBeDay(line)) Keep(Kind::kNamed, std::move(line));
  }

  void Keep(Kind kind, std::string words) { Keep(kind, std::move(words), texts_); }

  void Keep(Kind kind, std::string words, size_t at) {
    if (!words.empty() && found_.size() < kMostFound) found_.push_back({kind, at, std::move(words)});
  }

  const std::string_view title_;
  std::string headline_;
  std::optional<size_t> headline_at_;
  bool is_repeated_ = false;  // in the title
  std::string_view last_text_;
  size_t texts_ = 0;
  std::vector<Found> found_;
};

// kRanks when it is too far from the headline.
Rank RankOf(const Found& found, std::optional<size_t> headline_at) {
  const bool below = headline_at && found.at > *headline_at;
  const bool near =
      headline_at && (below ? found.at - *headline_at <= kTextsBelow : *headline_at - found.at <= kTextsAbove);
  switch (found.kind) {
    case Kind::kPublication:
      return kPublication;
    case Kind::kTime:
      return below && near ? kTimeBelow : kTime;
    case Kind::kNamed:
      return below && near ? kNamedBelow : kNamed;
    case Kind::kLabelled:
      return kLabelled;
    case Kind::kText:
      return !near ? kRanks : below ? kTextBelow : kTextAbove;
  }
  return kRanks;
}

}  // namespace

std::vector<PageDate> FindShownDates(const xmlNode* root, std::string_view title) {
  ShownDates reader(title);
  reader.Read(root);
  std::array<std::vector<PageDate>, kRanks> ranked;
  for (Found& found : reader.found()) {
    const Rank rank = RankOf(found, reader.headline_at());
    if (rank == kRanks) continue;
    ranked[rank].push_back({.words = std::move(found.words),
                            .from = kFrom[rank],
                            .firm = rank == kPublication,
                            .may_be_clock = rank > kTextBelow});
  }
  std::reverse(ranked[kTextAbove].begin(), ranked[kTextAbove].end());  // the nearest first
  std::vector<PageDate> dates;
  for (std::vector<PageDate>& of_rank : ranked) {
    if (of_rank.size() > kMostOfRank) of_rank.resize(kMostOfRank);
    std::move(of_rank.begin(), of_rank.end(), std::back_inserter(dates));
  }
  return dates;
}

}  // namespace broadsheet::ingest
