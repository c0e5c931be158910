#include "ingest/parse/page_authors.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/unicode.h"
#include "ingest/parse/entity.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestName = 60;
constexpr size_t kMostWords = 6;
constexpr size_t kMostAuthors = 32;

using Text = absl::string_view;

// What leads a byline; the longer ones first.
constexpr std::array<Text, 53> kLeads = {"written by ",
                                         "reported by ",
                                         "reporting by ",
                                         "story by ",
                                         "posted by ",
                                         "published by ",
                                         "article by ",
                                         "words by ",
                                         "text by ",
                                         "by: ",
                                         "by ",
                                         "by\xC2\xA0",
                                         "author: ",
                                         "authors: ",
                                         "text: ",
                                         "ein artikel von ",
                                         "artikel von ",
                                         "ein beitrag von ",
                                         "beitrag von ",
                                         "text von ",
                                         "geschrieben von ",
                                         "verfasst von ",
                                         "veröffentlicht von ",
                                         "eingestellt von ",
                                         "gepostet von ",
                                         "erstellt von ",
                                         "autor: ",
                                         "autorin: ",
                                         "von: ",
                                         "von ",
                                         "vom ",
                                         "publié par ",
                                         "écrit par ",
                                         "rédigé par ",
                                         "un article de ",
                                         "auteur: ",
                                         "auteur : ",
                                         "par ",
                                         "escrito por ",
                                         "publicado por ",
                                         "postado por ",
                                         "texto de ",
                                         "texto: ",
                                         "autora: ",
                                         "por ",
                                         "scritto da ",
                                         "pubblicato da ",
                                         "a cura di ",
                                         "autore: ",
                                         "di ",
                                         "door ",
                                         "da redação",
                                         "from "};

// What follows the name.
constexpr std::array<Text, 7> kTails = {" alle artikel", " alle beiträge",     " view all posts", " all posts",
                                        " view profile", " tous les articles", " ver todos"};

// Words that say that a part of a byline is an office or a date, not a name.
constexpr std::array<Text, 52> kOffices = {
    "reporter",      "correspondent", "staff writer", "columnist",     "contributor",    "contributing",
    "updated",       "published",     "posted",       "photographer",  "producer",       "analyst",
    "critic",        "freelance",     "intern",       "anchor",        "professor",      "director",
    "fellow",        "senior",        "chief",        "manager",       "author at",      "view all",
    "read more",     "min read",      "follow",       "share",         "comments",       "subscribe",
    "profile",       "senior writer", "read full",    "bureau chief",  "veröffentlicht", "publiziert",
    "erschienen",    "aktualisiert",  "alle artikel", "alle beiträge", "redakteur",      "redakteurin",
    "korrespondent", "publié",        "mis à jour",   "rédacteur",     "publicado",      "actualizado",
    "redactor",      "pubblicato",    "aggiornato",   "redattore"};

bool HasDigit(Text text) {
  return std::any_of(text.begin(), text.end(), absl::ascii_isdigit);
}

bool HasWord(Text text, Text word) {
  for (size_t at = text.find(word); at != Text::npos; at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    const bool begins = at == 0 || !absl::ascii_isalpha(text[at - 1]);
    if (begins && (end == text.size() || !absl::ascii_isalpha(text[end]))) return true;
  }
  return false;
}

bool IsOffice(Text text) {
  const std::string lower = absl::AsciiStrToLower(text);
  return std::any_of(kOffices.begin(), kOffices.end(), [&lower](Text office) { return HasWord(lower, office); });
}

bool IsAddress(Text text) {
  return absl::StrContains(text, "://") || absl::StrContains(text, "www.") || absl::StrContains(text, '@') ||
         absl::StrContains(text, ".com/");
}

Text WithoutLead(Text name) {
  for (bool again = true; again;) {
    again = false;
    for (const Text lead : kLeads) {
      if (!absl::StartsWithIgnoreCase(name, lead)) continue;
      const Text rest = absl::StripLeadingAsciiWhitespace(name.substr(lead.size()));
      // "Von Anna Schreiber" is a byline, "Von Miller" a name.
      const bool is_particle = lead.size() <= 4 && lead[0] != 'b' && absl::ascii_isupper(name.front());
      if (is_particle && !absl::StrContains(rest, ' ')) continue;
      name = rest;
      again = true;
    }
  }
  return name;
}

// A byline of which the name is missing.
bool IsLead(Text words) {
  return std::any_of(kLeads.begin(), kLeads.end(), [words](Text lead) {
    return absl::EqualsIgnoreCase(words, lead.substr(0, lead.find_last_not_of(" :") + 1));
  });
}

// Particles and the like keep their small letters in a name.
bool IsCapital(Text word) {
  return !absl::ascii_islower(word.front()) || word.size() <= 3;
}

bool HasLetter(Text text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return absl::ascii_isalpha(c) || (c & 0x80) != 0; });
}

bool LooksLikeName(Text name) {
  static constexpr std::array<Text, 14> kNoNames = {"admin",  "author",       "authors", "null",    "undefined",
                                                    "staff",  "editor",       "name",    "autoren", "auteurs",
                                                    "autori", "contributors", "autores", "da"};
  if (name.size() < 2 || name.size() > kLongestName || !HasLetter(name) || IsAddress(name)) return false;
  const std::vector<Text> words = absl::StrSplit(name, ' ', absl::SkipEmpty());
  if (words.size() > kMostWords || HasDigit(name) || IsOffice(name)) return false;
  if (words.size() > 1 && !std::all_of(words.begin(), words.end(), IsCapital)) return false;
  if (IsLead(name)) return false;
  return std::none_of(kNoNames.begin(), kNoNames.end(),
                      [name](Text other) { return absl::EqualsIgnoreCase(name, other); });
}

bool IsOutlet(Text name, const std::vector<std::string>& sites) {
  const auto fold = [](Text text) {
    std::string folded = FoldForMatch({text.data(), text.size()});
    folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
    return std::string(absl::StripPrefix(folded, "the"));
  };
  if (sites.empty()) return false;
  const bool web = absl::EndsWithIgnoreCase(name, ".com") && name.find(' ') == Text::npos;
  if (web || absl::StartsWith(name, "The ")) return true;
  const std::string own = fold(name);
  return std::any_of(sites.begin(), sites.end(),
                     [&](const std::string& site) { return !site.empty() && own == fold(site); });
}

// "O&#039;Writer" -> "O'Writer"
std::string WithoutEntities(const std::string& text) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    const auto entity = text[at] == '&' ? ReadEntity(std::string_view(text).substr(at)) : std::nullopt;
    plain += entity ? entity->text : std::string(1, text[at]);
    at += entity ? entity->length : 1;
  }
  return plain;
}

// "A Writer, B Writer and C Writer" -> three; "Writer, Jr." stays.
std::vector<std::string> Split(std::string line) {
  // After a bar stands where somebody works.
  line.resize(std::min(line.find(" | "), line.size()));
  line = absl::StrReplaceAll(line, {{" and ", "\n"},
                                    {" & ", "\n"},
                                    {" | ", "\n"},
                                    {";", "\n"},
                                    {" with ", "\n"},
                                    {" und ", "\n"},
                                    {" et ", "\n"},
                                    {"、", "\n"},
                                    {" / ", "\n"},
                                    {" • ", "\n"},
                                    {" · ", "\n"},
                                    {" – ", "\n"},
                                    {" — ", "\n"},
                                    {"\xC2\xA0", " "}});
  line = absl::StrReplaceAll(
      line,
      {{", Jr", " Jr"}, {", Sr", " Sr"}, {", MD", ""}, {", M.D.", ""}, {", Ph.D.", ""}, {", PhD", ""}, {", RD", ""}});
  line = absl::StrReplaceAll(line, {{", and ", "\n"}, {",", "\n"}});
  return absl::StrSplit(line, '\n', absl::SkipEmpty());
}

// "Jr.", "C.J.": the full stop belongs to the name.
bool IsShortened(Text name) {
  if (name.back() != '.' || name.size() < 4) return false;
  return absl::EndsWith(name, "Jr.") || absl::EndsWith(name, "Sr.") || name[name.size() - 3] == '.' ||
         name[name.size() - 3] == ' ';
}

// "by A Writer (Agency) -" -> "A Writer"
std::string CleanName(Text part) {
  Text name = WithoutLead(absl::StripAsciiWhitespace(part));
  const size_t end = std::min({name.find_first_of("(["), name.find("   "), name.find('\t')});
  if (end != Text::npos && end > 0) name = name.substr(0, end);
  name = absl::StripTrailingAsciiWhitespace(name);
  for (const Text tail : kTails) {
    if (absl::EndsWithIgnoreCase(name, tail)) name.remove_suffix(tail.size());
  }
  while (!name.empty() && std::string_view(".:-*").find(name.back()) != std::string_view::npos && !IsShortened(name))
    name.remove_suffix(1);
  std::vector<Text> words = absl::StrSplit(name, ' ', absl::SkipEmpty());
  return absl::StrJoin(words, " ");
}

}  // namespace

std::vector<std::string> CleanAuthors(const std::vector<std::string>& bylines, const std::vector<std::string>& sites) {
  absl::flat_hash_set<std::string> seen;
  std::vector<std::string> authors;
  for (const std::string& byline : bylines) {
    const std::string line = WithoutEntities(byline);
    if (IsOutlet(line, sites) || (IsAddress(line) && line.find(' ') == std::string::npos)) continue;
    for (const std::string& part : Split(line)) {
      const std::string name = CleanName(part);
      if (!LooksLikeName(name) || IsOutlet(name, sites) || authors.size() >= kMostAuthors) continue;
      if (seen.insert(FoldForMatch(name)).second) authors.push_back(name);
    }
  }
  return authors;
}

}  // namespace broadsheet::ingest
