#include "ingest/clean/list_rules.h"

#include <algorithm>
#include <array>
#include <string>

#include "ingest/clean/line.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"list-mark", "Bullets of all kinds become a hyphen and a space, on the line of their item."}};

constexpr std::array<std::string_view, 10> kBullets = {"•", "·", "▪", "●", "‣", "⦁", "◦", "■", "►", "∙"};

std::string_view Content(std::string_view text, const Line& line) {
  return text.substr(line.begin, line.end - line.begin);
}

// How many bytes the bullet at the beginning of a line takes; 0 when there is none.
size_t BulletBytes(std::string_view line) {
  for (const std::string_view bullet : kBullets) {
    if (line.starts_with(bullet)) return bullet.size();
  }
  return 0;
}

bool IsLoneMark(std::string_view line) {
  return line == "-" || (!line.empty() && BulletBytes(line) == line.size());
}

// "* Item": an asterisk is a bullet only beside another one, as in a list.
bool IsStarred(std::string_view line) {
  return line.size() > 2 && line.starts_with("* ") && line[2] != '*';
}

}  // namespace

std::span<const CleaningRule> ListRules() {
  return kRules;
}

std::vector<Change> FindListMarks(std::string_view text) {
  std::vector<Change> changes;
  const std::vector<Line> lines = FindLines(text);
  const auto starred = [&](size_t i) { return i < lines.size() && IsStarred(Content(text, lines[i])); };
  const auto lone =
      std::count_if(lines.begin(), lines.end(), [&text](const Line& line) { return IsLoneMark(Content(text, line)); });
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = Content(text, lines[i]);
    if (IsLoneMark(line)) {
      const bool has_item = i + 1 < lines.size() && !IsLoneMark(Content(text, lines[i + 1]));
      if (lone < 2 || !has_item) continue;
      changes.push_back({lines[i].begin, lines[i + 1].begin, "- "});
      ++i;
      continue;
    }
    size_t mark = BulletBytes(line);
    if (mark == 0 && starred(i) && ((i > 0 && starred(i - 1)) || starred(i + 1))) mark = 1;
    if (mark == 0 || BulletBytes(line.substr(mark)) > 0) continue;
    while (mark < line.size() && BlankBytes(line, mark) > 0)
      mark += BlankBytes(line, mark);
    // "• • •" separates sections.
    if (mark < line.size() && BulletBytes(line.substr(mark)) == 0) {
      changes.push_back({lines[i].begin, lines[i].begin + mark, "- "});
    }
  }
  return changes;
}

}  // namespace broadsheet::ingest
