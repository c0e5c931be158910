#include "ingest/enrich/structure.h"

#include <algorithm>
#include <utility>

#include "ingest/enrich/byline.h"
#include "ingest/enrich/date.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestHeadLine = 80;  // bytes; a longer line above the title says something

// The rule by which a line of the head goes; empty when it stays.
std::string_view RuleFor(std::string_view line, const HeadLine& place, const HeadLine* title, bool is_dated,
                         Structure& structure) {
  if (&place == title) return "title";
  if (place.kind != LineKind::kFurniture) return {};
  if (std::vector<std::string> authors = ReadByline(line); !authors.empty()) {
    if (structure.authors.empty()) {
      structure.authors = std::move(authors);
      structure.byline = std::string(line);
    }
    return "byline";
  }
  if (IsDateOrTimeLine(line)) return is_dated ? "date-line" : std::string_view();
  return title != nullptr && &place < title && line.size() <= kLongestHeadLine ? "head-line" : std::string_view();
}

// A line goes with the line ends behind it; at the end of the text with those before it.
Change CutLine(std::string_view text, const HeadLine& line, std::string_view rule) {
  const size_t next = text.find_first_not_of('\n', line.end);
  if (next != std::string_view::npos) return {line.begin, next, "", rule};
  const size_t before = line.begin == 0 ? 0 : text.find_last_not_of('\n', line.begin - 1) + 1;
  return {before, text.size(), "", rule};
}

void ReadFirstParagraph(const std::vector<HeadLine>& head, std::string_view text, Structure& structure) {
  const auto body =
      std::find_if(head.begin(), head.end(), [](const HeadLine& line) { return line.kind == LineKind::kBody; });
  if (body == head.end()) return;
  std::string_view paragraph = text.substr(body->begin, body->end - body->begin);
  paragraph.remove_prefix(FindRunTogetherTitle(paragraph));
  structure.dateline = ReadDateline(paragraph);
  structure.dateline_words = std::string(paragraph.substr(0, structure.dateline.end));
}

}  // namespace

Structure TakeStructure(const std::vector<HeadLine>& head, const FoundTitle& title, bool is_dated, EditedText& body) {
  Structure structure;
  const std::string& text = body.text();
  ReadFirstParagraph(head, text, structure);
  std::vector<Change> changes;
  size_t kept = 0;
  for (const HeadLine& line : head) {
    const std::string_view words = std::string_view(text).substr(line.begin, line.end - line.begin);
    const std::string_view rule = RuleFor(words, line, title.line, is_dated, structure);
    if (rule.empty()) {
      ++kept;
      if (title.end > title.begin && line.begin == title.begin)
        changes.push_back({title.begin, title.end, "", "title"});
    } else if (kept + 1 < head.size() || text.find_first_not_of('\n', line.end) != std::string::npos) {
      changes.push_back(CutLine(text, line, rule));
    }
  }
  if (const auto note = FindWriterNote(text)) {
    if (structure.byline.empty()) {
      structure.authors = note->authors;
      structure.byline = note->words;
    }
    if (changes.empty() || changes.back().end <= note->begin) changes.push_back({note->begin, note->end, "", "byline"});
  }
  body.Apply("title", changes);
  return structure;
}

}  // namespace broadsheet::ingest
