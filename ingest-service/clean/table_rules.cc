#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ingest/clean/line.h"
#include "ingest/clean/list_rules.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kRules[] = {
    {"table-row", "A row of a table loses its outer bars and empty outer cells."},
    {"table-rule", "The ruling line between the head of a table and its rows is cut."},
    {"table-double", "A row that a table has had already is cut."},
    {"table-broken", "A row into which a second heading or another row has run is cut."}};

struct Row {
  size_t begin = 0;  // of the line, in the text
  size_t end = 0;
  size_t next = 0;  // where the next line begins
  std::vector<std::string_view> cells;
};

bool IsBlankOrBar(char c) {
  return c == ' ' || c == '\t' || c == '|';
}

std::string_view Trim(std::string_view cell) {
  while (!cell.empty() && IsBlankOrBar(cell.front()))
    cell.remove_prefix(1);
  while (!cell.empty() && IsBlankOrBar(cell.back()))
    cell.remove_suffix(1);
  return cell;
}

Row ReadRow(std::string_view text, const Line& line, size_t next) {
  Row row{line.begin, line.end, next, {}};
  std::string_view rest = Trim(text.substr(line.begin, line.end - line.begin));
  while (!rest.empty()) {
    const size_t bar = std::min(rest.find('|'), rest.size());
    row.cells.push_back(Trim(rest.substr(0, bar)));
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return row;
}

bool IsRuling(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](std::string_view cell) {
    return cell.find_first_not_of("-:= ") == std::string_view::npos && cell.find("--") != std::string_view::npos;
  });
}

bool IsTableLine(std::string_view line) {
  return IsTableRow(line) || (line.size() > 1 && line.starts_with('|') && line.ends_with('|'));
}

using FirstCells = absl::flat_hash_map<std::string_view, int>;

// How many rows below the heading begin with each cell.
FirstCells CountFirstCells(const std::vector<Row>& table) {
  FirstCells counts;
  for (size_t i = 1; i < table.size(); ++i) {
    if (!table[i].cells.empty()) ++counts[table[i].cells[0]];
  }
  return counts;
}

// A second heading inside a row, or a row longer than the heading that begins as another one does.
bool IsBroken(const Row& row, const std::vector<Row>& table, const FirstCells& first_cells) {
  const auto& head = table.front().cells;
  if (&row == &table.front() || head.size() < 2 || row.cells.size() < 2) return false;
  for (size_t i = 1; i + 1 < row.cells.size(); ++i) {
    if (row.cells[i] == head[0] && row.cells[i + 1] == head[1]) return true;
  }
  return row.cells.size() > head.size() && first_cells.at(row.cells[0]) > 1;
}

std::string Key(const Row& row) {
  std::string key;
  for (const std::string_view cell : row.cells)
    key.append(cell).push_back('|');
  return key;
}

// A table has a ruling line, or bars at an outer side of every row.
bool IsTable(std::string_view text, const std::vector<Row>& table) {
  if (table.size() < 2) return false;
  if (std::any_of(table.begin(), table.end(), IsRuling)) return true;
  return std::all_of(table.begin(), table.end(),
                     [&text](const Row& row) { return text[row.begin] == '|' || text[row.end - 1] == '|'; });
}

void MendTable(std::string_view text, const std::vector<Row>& table, std::vector<Change>& changes) {
  const FirstCells first_cells = CountFirstCells(table);
  absl::flat_hash_set<std::string> seen;
  for (const Row& row : table) {
    std::string_view rule;
    if (IsRuling(row)) {
      rule = kRules[1].id;
    } else if (!seen.insert(Key(row)).second) {
      rule = kRules[2].id;
    } else if (IsBroken(row, table, first_cells)) {
      rule = kRules[3].id;
    }
    if (!rule.empty()) {
      changes.push_back({row.begin, row.next, "", rule});
      continue;
    }
    const size_t first = row.cells.front().data() - text.data();
    const size_t last = row.cells.back().data() + row.cells.back().size() - text.data();
    if (first > row.begin) changes.push_back({row.begin, first, ""});
    if (last < row.end) changes.push_back({last, row.end, ""});
  }
}

}  // namespace

std::span<const CleaningRule> TableRules() {
  return kRules;
}

std::vector<Change> FindTables(std::string_view text) {
  std::vector<Change> changes;
  if (text.find('|') == std::string_view::npos) return changes;
  const std::vector<Line> lines = FindLines(text);
  std::vector<Row> table;
  for (size_t i = 0; i <= lines.size(); ++i) {
    const bool is_row = i < lines.size() && IsTableLine(text.substr(lines[i].begin, lines[i].end - lines[i].begin));
    if (is_row) {
      table.push_back(ReadRow(text, lines[i], i + 1 < lines.size() ? lines[i + 1].begin : lines[i].end));
      continue;
    }
    if (IsTable(text, table)) MendTable(text, table, changes);
    table.clear();
  }
  return changes;
}

}  // namespace broadsheet::ingest
