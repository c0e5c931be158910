#include "cli/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>

namespace broadsheet::cli {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
constexpr std::string_view kFullCell = "█";

// Calls visit(code point, its bytes); ill-formed bytes come as U+FFFD.
template <typename Visit>
void ForEachCodePoint(std::string_view text, Visit visit) {
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    const int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), i, length, c);
    if (!visit(c, text.substr(begin, i - begin))) {
      return;
    }
  }
}

int CellsOf(UChar32 c) {
  const int8_t category = u_charType(c);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) {
    return 0;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  ForEachCodePoint(text, [&](UChar32 c, std::string_view bytes) {
    const bool steers = u_charType(c) == U_CONTROL_CHAR && c != '\n';
    printable += steers ? std::string_view(" ") : bytes;
    return true;
  });
  return printable;
}

int Cells(std::string_view text) {
  int cells = 0;
  ForEachCodePoint(text, [&](UChar32 c, std::string_view) {
    cells += CellsOf(c);
    return true;
  });
  return cells;
}

std::string Fit(std::string_view text, int cells) {
  const bool cut = Cells(text) > cells;
  const int room = cut ? cells - 1 : cells;
  std::string fitted;
  int used = 0;
  ForEachCodePoint(text, [&](UChar32 c, std::string_view bytes) {
    if (used + CellsOf(c) > room) {
      return false;
    }
    fitted += bytes;
    used += CellsOf(c);
    return true;
  });
  if (cut) {
    fitted += kEllipsis;
    ++used;
  }
  return fitted.append(std::max(0, cells - used), ' ');
}

std::string Bar(int64_t value, int64_t largest, int cells) {
  if (value <= 0 || largest <= 0) {
    return "";
  }
  const double share = static_cast<double>(value) / static_cast<double>(largest);
  const auto eighths = std::clamp<int64_t>(std::llround(share * cells * 8), 1, cells * 8);
  std::string bar;
  for (int64_t i = 0; i < eighths / 8; ++i) {
    bar += kFullCell;
  }
  bar += kEighths[eighths % 8];
  return bar;
}

}  // namespace broadsheet::cli
