#include "ingest/enrich/figures.h"

#include <algorithm>
#include <string>

#include "common/figure/figure.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostFigures = 64;
constexpr size_t kContextBytes = 60;  // on each side

v1::FigureKind KindOf(FigureKind kind) {
  switch (kind) {
    case FigureKind::kPercent:
      return v1::FIGURE_KIND_PERCENT;
    case FigureKind::kMoney:
      return v1::FIGURE_KIND_MONEY;
    case FigureKind::kMeasure:
      return v1::FIGURE_KIND_MEASURE;
    case FigureKind::kCount:
      return v1::FIGURE_KIND_COUNT;
  }
  return v1::FIGURE_KIND_UNSPECIFIED;
}

bool IsTrail(char c) {
  return (c & 0xC0) == 0x80;
}

// The words around a figure on its line: whole words where there are spaces, whole characters anywhere.
std::string Context(std::string_view text, size_t begin, size_t end) {
  const size_t line_begin = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
  const size_t line_end = std::min(text.find('\n', end), text.size());
  size_t from = line_begin;
  if (begin - line_begin > kContextBytes) {
    from = begin - kContextBytes;
    const size_t space = text.find(' ', from);
    if (space < begin) from = space + 1;
    while (from < begin && IsTrail(text[from]))
      ++from;
  }
  size_t to = line_end;
  if (line_end - end > kContextBytes) {
    to = end + kContextBytes;
    const size_t space = text.rfind(' ', to);
    if (space != std::string_view::npos && space >= end) to = space;
    while (to > end && IsTrail(text[to]))
      --to;
  }
  return std::string(text.substr(from, to - from));
}

void Add(std::string_view text, const char* field, const FigureContext& context, v1::Article& article) {
  const size_t room = kMostFigures - static_cast<size_t>(article.figures_size());
  for (const Figure& figure : ReadFigures(text, context, room)) {
    v1::Figure& added = *article.add_figures();
    added.set_kind(KindOf(figure.kind));
    added.set_value(figure.value.ToDouble());
    added.set_unit(figure.unit);
    added.set_key(FigureKey(figure));
    added.set_text(std::string(text.substr(figure.begin, figure.end - figure.begin)));
    added.set_field(field);
    added.set_begin(static_cast<int32_t>(figure.begin));
    added.set_end(static_cast<int32_t>(figure.end));
    added.set_context(Context(text, figure.begin, figure.end));
  }
}

}  // namespace

void AddFigures(std::string_view region, v1::Article& article) {
  const bool unknown = article.language() == "und" || article.language() == "mul";
  const FigureContext context{unknown ? "" : article.language(), std::string(region)};
  Add(article.title(), "title", context, article);
  Add(article.body(), "body", context, article);
}

}  // namespace broadsheet::ingest
