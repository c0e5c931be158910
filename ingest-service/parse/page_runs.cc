#include "ingest/parse/page_runs.h"

#include <algorithm>
#include <string_view>

#include "ingest/parse/html_node.h"

namespace broadsheet::ingest {
namespace {

constexpr int kShortRun = 40;       // weight; below it only a sentence in a paragraph is prose
constexpr int kLongRun = 90;        // prose even without a stop
constexpr int kMostJunk = 120;      // of one run
constexpr double kFewLinks = 0.45;  // share of a run
constexpr double kLabelJunk = 6;    // of any run that is no prose, however short

// Counts the weight and the stops of a piece of text.
class Meter {
 public:
  void Read(std::string_view text, bool linked, TextRun& run) {
    for (size_t at = 0; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte <= ' ') continue;
      if (byte < 0x80) {
        Count(1, linked, run);
        ReadAscii(byte, run);
      } else if (byte >= 0xC0) {
        ReadWide(text.substr(at, 3), byte, linked, run);
      }
    }
  }

 private:
  static void Count(int weight, bool linked, TextRun& run) {
    run.weight += weight;
    if (linked) run.linked += weight;
  }

  static void ReadAscii(unsigned char c, TextRun& run) {
    const bool ends = c == '.' || c == '!' || c == '?' || c == ':';
    if (ends || c == ',' || c == ';') ++run.stops;
    // Quotes and brackets may close after the stop.
    if (c != '"' && c != '\'' && c != ')' && c != ']' && c != '*') run.ends_sentence = ends;
  }

  static void ReadWide(std::string_view text, unsigned char byte, bool linked, TextRun& run) {
    const bool ideograph = byte >= 0xE3 && byte <= 0xED;
    Count(ideograph ? 2 : 1, linked, run);
    const bool quote = text == "\u201D" || text == "\u2019" || text == "」" || text == "』" || text == "）" ||
                       text.substr(0, 2) == "»";
    if (quote) return;
    const bool ends = text == "。" || text == "！" || text == "？" || text == "…" || text == "।" ||
                      text.substr(0, 2) == "؟" || text.substr(0, 2) == "۔";
    const bool comma =
        text == "、" || text == "，" || text == "；" || text.substr(0, 2) == "،" || text.substr(0, 2) == "؛";
    if (ends || comma) ++run.stops;
    run.ends_sentence = ends;
  }
};

class RunReader {
 public:
  explicit RunReader(const PageTree& tree) : tree_(tree) {}

  std::vector<TextRun> Read() {
    const auto size = static_cast<int32_t>(tree_.size());
    std::vector<int32_t> open;
    for (int32_t at = 0; at < size;) {
      while (!open.empty() && tree_[open.back()].end <= at) {
        Leave(open.back());
        open.pop_back();
      }
      const PageNode& node = tree_[at];
      if (node.dropped) {
        if (IsBlockTag(node.tag)) Close();
        at = node.end;
        continue;
      }
      if (node.tag == Tag::kText) {
        AddText(at);
      } else {
        Enter(at);
        open.push_back(at);
      }
      ++at;
    }
    Close();
    return std::move(runs_);
  }

 private:
  void Enter(int32_t at) {
    if (tree_[at].tag == Tag::kLink) ++links_;
    if (!IsBlockTag(tree_[at].tag)) return;
    Close();
    block_ = at;
  }

  void Leave(int32_t at) {
    if (tree_[at].tag == Tag::kLink) --links_;
    if (!IsBlockTag(tree_[at].tag)) return;
    Close();
    for (block_ = tree_[at].parent; block_ > 0 && !IsBlockTag(tree_[block_].tag);)
      block_ = tree_[block_].parent;
    block_ = std::max(block_, 0);
  }

  void AddText(int32_t at) {
    const std::string_view text = Content(tree_[at].xml);
    if (IsBlank(text)) return;
    if (run_.weight == 0) run_.begin = at;
    run_.block = block_;
    run_.end = at + 1;
    Meter().Read(text, links_ > 0, run_);
  }

  void Close() {
    if (run_.weight > 0) runs_.push_back(run_);
    run_ = TextRun();
  }

  const PageTree& tree_;
  std::vector<TextRun> runs_;
  TextRun run_;
  int32_t block_ = 0;
  int links_ = 0;
};

void Add(const Gain& part, Gain& whole) {
  whole.prose += part.prose;
  whole.junk += part.junk;
  whole.paragraphs += part.paragraphs;
}

}  // namespace

std::vector<TextRun> ReadRuns(const PageTree& tree) {
  return RunReader(tree).Read();
}

Gain GainOf(const TextRun& run, const PageTree& tree) {
  const double link_share = static_cast<double>(run.linked) / run.weight;
  const Tag tag = tree[run.block].tag;
  const double junk = kLabelJunk + std::min(run.weight, kMostJunk);
  if (tag == Tag::kHeading || tag == Tag::kTerm) return {0, link_share > kFewLinks ? junk : 0};
  if (link_share > kFewLinks) return {0, junk};
  const bool in_paragraph = tag == Tag::kParagraph || tag == Tag::kQuote;
  const bool is_prose = run.weight >= kLongRun || (run.weight >= kShortRun && run.stops > 0);
  if (is_prose) return {std::max(run.weight - 2.0 * run.linked, 0.0), 0, tag == Tag::kParagraph ? 1 : 0};
  if (in_paragraph && run.ends_sentence) return {0.5 * run.weight, 0};
  return {0, in_paragraph ? kLabelJunk : junk / 2};
}

std::vector<Gain> SumGains(const std::vector<TextRun>& runs, const PageTree& tree) {
  std::vector<Gain> sums(tree.size());
  for (const TextRun& run : runs) {
    const Gain gain = GainOf(run, tree);
    Add(gain, sums[run.block]);
  }
  for (auto at = static_cast<int32_t>(tree.size()) - 1; at > 0; --at) {
    Add(sums[at], sums[tree[at].parent]);
  }
  return sums;
}

}  // namespace broadsheet::ingest
