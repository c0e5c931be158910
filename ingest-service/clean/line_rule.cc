#include "ingest/clean/line_rule.h"

#include <algorithm>
#include <array>

#include "ingest/clean/fold.h"
#include "ingest/clean/line.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kLongestFurniture = 640;  // bytes; longer lines are running text
constexpr size_t kSentence = 200;          // of a sentence; it is only furniture if it begins as a pattern does
constexpr size_t kTelling = 12;
constexpr size_t kRunningText = 160;  // a line of so many bytes, or a sentence of half of them, is running text

constexpr CleaningRule kSeparator = {"separator", "A line without letters and figures is cut."};

struct Entry {
  std::string_view pattern;
  const LineRule* rule;
};

// All patterns by the first byte of the lines that they can match.
class PatternIndex {
 public:
  PatternIndex() {
    for (const auto list : {PromotionRules(), ReaderRules(), MediaRules(), LinkRules(), NoticeRules()}) {
      for (const LineRule& rule : list)
        Add(rule);
    }
    rules_.push_back(kSeparator);
  }

  const LineRule* Find(const ShortLine& line) const {
    const LineRule* found = FindIn(by_first_byte_[static_cast<unsigned char>(line.folded[0])], line);
    if (found == nullptr) found = FindIn(anywhere_, line);
    if (found != nullptr) return found;
    const auto matching = std::find_if(functions_.begin(), functions_.end(), [&line](const LineRule* rule) {
      return line.folded.size() <= rule->longest && rule->matches(line);
    });
    return matching == functions_.end() ? nullptr : *matching;
  }

  // Whether a pattern begins as the line does, as far as a few bytes can tell. For long lines, which folding costs
  // most.
  bool MayBegin(std::string_view line) const {
    const std::string folded = FoldLine(line.substr(0, 3 * kTelling));
    if (folded.empty()) return true;
    const auto& entries = by_first_byte_[static_cast<unsigned char>(folded[0])];
    return std::any_of(entries.begin(), entries.end(), [&folded](const Entry& entry) {
      const std::string_view begin = entry.pattern.substr(0, std::min(entry.pattern.find('*'), kTelling));
      return std::string_view(folded).starts_with(begin);
    });
  }

  std::span<const CleaningRule> rules() const { return rules_; }

 private:
  void Add(const LineRule& rule) {
    rules_.push_back(rule.rule);
    for (const std::string_view pattern : rule.patterns) {
      auto& entries = pattern[0] == '*' ? anywhere_ : by_first_byte_[static_cast<unsigned char>(pattern[0])];
      entries.push_back({pattern, &rule});
    }
    if (rule.matches != nullptr) functions_.push_back(&rule);
  }

  static const LineRule* FindIn(const std::vector<Entry>& entries, const ShortLine& line) {
    for (const Entry& entry : entries) {
      if (line.folded.size() <= entry.rule->longest && MatchesPattern(line.folded, entry.pattern)) return entry.rule;
    }
    return nullptr;
  }

  std::array<std::vector<Entry>, 256> by_first_byte_;
  std::vector<Entry> anywhere_;
  std::vector<const LineRule*> functions_;
  std::vector<CleaningRule> rules_;
};

const PatternIndex& Index() {
  static const PatternIndex* const kIndex = new PatternIndex();
  return *kIndex;
}

// What a person says or writes is no furniture, whatever the words.
bool IsQuoted(std::string_view line) {
  return line.starts_with('"') || line.starts_with("“") || line.starts_with("„") || line.starts_with("«");
}

bool IsRunningText(std::string_view line) {
  return line.size() >= kRunningText || (line.size() >= kRunningText / 2 && EndsSentence(line));
}

}  // namespace

const LineRule* FindLineRule(const ShortLine& line) {
  return line.folded.empty() || IsQuoted(line.text) ? nullptr : Index().Find(line);
}

std::span<const CleaningRule> FurnitureRules() {
  return Index().rules();
}

std::vector<Change> FindFurnitureLines(std::string_view text) {
  std::vector<Change> changes;
  const std::vector<Line> lines = FindLines(text);
  const auto content = [&text](const Line& line) { return text.substr(line.begin, line.end - line.begin); };
  size_t first = 0, last = lines.size();
  while (first < lines.size() && !IsRunningText(content(lines[first])))
    ++first;
  while (last > first && !IsRunningText(content(lines[last - 1])))
    --last;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = content(lines[i]);
    if (line.size() > kLongestFurniture) continue;
    if (line.size() > kSentence && EndsSentence(line) && !Index().MayBegin(line)) continue;
    const std::string folded = FoldLine(line);
    const LineRule* rule = FindLineRule({line, folded, i < first, i >= last});
    if (rule == nullptr && !folded.empty()) continue;
    const size_t end = i + 1 < lines.size() ? lines[i + 1].begin : lines[i].end;
    changes.push_back({lines[i].begin, end, "", rule == nullptr ? kSeparator.id : rule->rule.id});
  }
  return changes;
}

}  // namespace broadsheet::ingest
