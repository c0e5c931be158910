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

void CutLearned(const LearnedLines& learned, CleanArticle& article) {
  article.boilerplate_version = learned.version();
  const LearnedLines::Lines* lines = learned.Find(SourceKey(article.raw.source(), article.raw.url()));
  if (lines == nullptr) return;
  const std::string& title = article.raw.title().empty() ? article.markup.title : article.raw.title();
  LearnedCuts cuts = FindLearnedLines(article.body.text(), title, *lines);
  article.body.Apply(kLearnedRule, cuts.changes);
  article.boilerplate_lines = std::move(cuts.lines);
}

}  // namespace

CleanArticle Clean(ParsedArticle parsed, const LearnedLines* learned) {
  EditedText body(std::move(parsed.text));
  ApplyPasses(CleaningPasses(), body);
  CleanArticle clean{std::move(parsed.raw), std::move(body), std::move(parsed.markup)};
  if (learned != nullptr) CutLearned(*learned, clean);
  return clean;
}

std::string CleanLine(std::string_view text) {
  if (IsCleanLine(text)) return std::string(text);
  EditedText line{std::string(text)};
  ApplyPasses(CharacterPasses(), line);
  std::string one_line = line.text();
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  EditedText result(std::move(one_line));
  result.Apply("whitespace", FindWhitespace(result.text()));
  return result.text();
}

}  // namespace broadsheet::ingest
