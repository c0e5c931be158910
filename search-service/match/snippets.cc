#include "search/match/snippets.h"

#include <algorithm>
#include <string>

#include "search/match/passage.h"

namespace broadsheet::search {
namespace {

// The body is read in chunks that end at paragraphs, to stop early.
constexpr size_t kChunkBytes = 1024;

bool ByBegin(const Mark& left, const Mark& right) {
  return left.begin < right.begin;
}

// One past the next chunk that begins at `from`.
size_t ChunkEnd(std::string_view body, size_t from) {
  if (body.size() - from <= kChunkBytes) return body.size();
  size_t line = body.find('\n', from + kChunkBytes);
  return line == std::string_view::npos ? body.size() : line + 1;
}

// Whether some window that reaches into the text from `from` on has all parts of the query.
bool HasAllParts(const std::vector<Mark>& marks, size_t from, int terms, uint32_t bytes) {
  size_t first = marks.size();
  while (first > 0 && marks[first - 1].begin + bytes >= from)
    --first;
  std::vector<Mark> recent(marks.begin() + static_cast<std::ptrdiff_t>(first), marks.end());
  std::sort(recent.begin(), recent.end(), ByBegin);
  return BestWindow(recent, bytes).distinct == terms;
}

std::vector<Mark> FindMarks(std::string_view body, MarkFinder& finder, int terms, const SnippetLimits& limits) {
  std::vector<Mark> marks;
  if (terms == 0) return marks;
  finder.StartText();
  for (size_t from = 0; from < body.size();) {
    size_t end = ChunkEnd(body, from);
    size_t known = marks.size();
    finder.Find(body.substr(from, end - from), static_cast<uint32_t>(from), marks);
    bool enough = limits.count == 1 && marks.size() > known && HasAllParts(marks, from, terms, limits.bytes);
    if (enough) break;
    from = end;
  }
  std::sort(marks.begin(), marks.end(), ByBegin);
  return marks;
}

void Fill(const char* field, std::string_view text, Piece piece, const std::vector<Mark>& marks,
          v1::Highlight& highlight) {
  highlight.set_field(field);
  highlight.set_text(std::string(text.substr(piece.begin, piece.end - piece.begin)));
  highlight.set_offset(static_cast<int32_t>(piece.begin));
  auto shown = [](char c) { return c != ' ' && c != '\n' && c != '\t' && c != '\r'; };
  highlight.set_cut_before(std::any_of(text.begin(), text.begin() + piece.begin, shown));
  highlight.set_cut_after(std::any_of(text.begin() + piece.end, text.end(), shown));
  std::vector<Mark> merged;
  for (const Mark& mark : marks) {
    Mark clipped{std::max(mark.begin, piece.begin), std::min(mark.end, piece.end), mark.term};
    if (clipped.begin < clipped.end) merged.push_back(clipped);
  }
  MergeMarks(merged);
  for (const Mark& mark : merged) {
    auto* span = highlight.add_spans();
    span->set_begin(static_cast<int32_t>(mark.begin - piece.begin));
    span->set_end(static_cast<int32_t>(mark.end - piece.begin));
  }
}

// A window that leaves room for the sentence around it reads better, unless a full one shows more parts of the query.
Window WindowToShow(const std::vector<Mark>& marks, uint32_t bytes) {
  Window roomy = BestWindow(marks, bytes * 3 / 5);
  Window full = BestWindow(marks, bytes);
  return full.distinct > roomy.distinct ? full : roomy;
}

// Pieces do not overlap: what a piece shows is taken out of `left` before the next is looked for.
std::vector<Piece> ChoosePieces(std::string_view body, std::vector<Mark> left, const SnippetLimits& limits) {
  std::vector<Piece> pieces;
  while (static_cast<int>(pieces.size()) < limits.count) {
    Window window = WindowToShow(left, limits.bytes);
    if (window.empty()) break;
    uint32_t begin = left[window.first].begin;
    uint32_t end = begin;
    for (size_t i = window.first; i < window.last; ++i)
      end = std::max(end, left[i].end);
    Piece piece = PieceAround(body, begin, end, limits.bytes);
    for (const Piece& other : pieces) {
      if (other.end <= begin) piece.begin = std::max(piece.begin, other.end);
      if (other.begin >= end) piece.end = std::min(piece.end, other.begin);
    }
    pieces.push_back(piece);
    std::erase_if(left, [&](const Mark& mark) { return mark.begin < piece.end && mark.end > piece.begin; });
  }
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
  return pieces;
}

}  // namespace

void HighlightTitle(std::string_view title, MarkFinder& finder, Highlights& highlights) {
  std::vector<Mark> marks;
  finder.StartText();
  finder.Find(title, 0, marks);
  if (marks.empty()) return;
  Fill("title", title, {0, static_cast<uint32_t>(title.size())}, marks, *highlights.Add());
}

void HighlightBody(std::string_view body, MarkFinder& finder, int terms, const SnippetLimits& limits,
                   Highlights& highlights) {
  if (body.empty()) return;
  std::vector<Mark> marks = FindMarks(body, finder, terms, limits);
  std::vector<Piece> pieces = ChoosePieces(body, marks, limits);
  if (pieces.empty()) pieces.push_back(PieceAround(body, 0, 0, limits.bytes));
  for (const Piece& piece : pieces)
    Fill("body", body, piece, marks, *highlights.Add());
}

}  // namespace broadsheet::search
