#include "ingest/clean/clean.h"

#include <algorithm>
#include <utility>

#include "ingest/clean/layout.h"
#include "ingest/clean/rule.h"

namespace broadsheet::ingest {
namespace {

// Printable ASCII with single spaces inside and no '&' needs nothing done.
bool IsCleanLine(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ') || text.find("  ") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F && c != '&'; });
}

}  // namespace

CleanArticle Clean(ParsedArticle parsed) {
  EditedText body(std::move(parsed.text));
  ApplyRules(CleaningRules(), body);
  return {std::move(parsed.raw), std::move(body), std::move(parsed.markup)};
}

std::string CleanLine(std::string_view text) {
  if (IsCleanLine(text)) return std::string(text);
  EditedText line{std::string(text)};
  ApplyRules(CharacterRules(), line);
  std::string one_line = line.text();
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  EditedText result(std::move(one_line));
  result.Apply("whitespace", FindWhitespace(result.text()));
  return result.text();
}

}  // namespace broadsheet::ingest
