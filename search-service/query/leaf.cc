#include "search/query/leaf.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/figure/figure.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace broadsheet::search {
namespace {

constexpr char kStar = '*';
constexpr std::string_view kClosingPunctuation = ".,;:!?'";

// The words of tokens that stand in one piece. A second reading of a place tells more than the first: "3.5%" wins over
// 3.5, and a pair of characters is kept beside its first one.
std::vector<QueryWord> WordsOf(std::span<const OwnedToken> tokens) {
  std::vector<QueryWord> words;
  for (const OwnedToken& token : tokens) {
    bool ngram = token.kind == TokenKind::kNgram;
    if (!token.overlay || words.empty()) {
      words.push_back({token.text, "", ngram});
    } else if (ngram) {
      words.back().pair = token.text;
    } else {
      words.back().text = token.text;
    }
  }
  return words;
}

bool IsApostrophe(std::string_view text) {
  constexpr std::string_view kApostrophes[] = {"'", "\u2018", "\u2019", "\u02bc", "\uff07", "`", "\u00b4"};
  return std::find(std::begin(kApostrophes), std::end(kApostrophes), text) != std::end(kApostrophes);
}

// "l'Iran" is about Iran: outside of quotation marks the elided article goes.
void DropElidedArticles(std::string_view text, std::vector<OwnedToken>& tokens) {
  for (size_t i = tokens.size(); i-- > 1;) {
    const OwnedToken& article = tokens[i - 1];
    if (article.end > tokens[i].begin || absl::ascii_isdigit(static_cast<unsigned char>(article.text[0]))) continue;
    bool elided = IsApostrophe(text.substr(article.end, tokens[i].begin - article.end));
    if (elided) tokens.erase(tokens.begin() + static_cast<ptrdiff_t>(i) - 1);
  }
}

void NoteLostWords(std::span<const OwnedToken> tokens, ByteRange range, std::vector<Note>& notes) {
  for (size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].position > tokens[i - 1].position + 1) {
      notes.push_back({range, "a word of more than 64 bytes was left out"});
      return;
    }
  }
}

size_t CountLetters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

// Pieces that the tokenizer reads as one, with what it found there.
struct Group {
  size_t first_piece = 0;
  size_t last_piece = 0;
  std::vector<OwnedToken> tokens;
};

std::vector<Group> GroupTokens(std::vector<OwnedToken> tokens, std::span<const Lexeme> run) {
  uint32_t base = run.front().range.begin;
  auto piece_at = [&](uint32_t offset) {
    size_t piece = 0;
    while (piece + 1 < run.size() && run[piece + 1].range.begin <= base + offset)
      ++piece;
    return piece;
  };
  std::vector<Group> groups;
  for (OwnedToken& token : tokens) {
    size_t first = piece_at(token.begin);
    size_t last = token.end > token.begin ? piece_at(token.end - 1) : first;
    if (groups.empty() || first > groups.back().last_piece) groups.push_back({first, last, {}});
    groups.back().last_piece = std::max(groups.back().last_piece, last);
    groups.back().tokens.push_back(std::move(token));
  }
  return groups;
}

// Whether a piece ends in a star, and what keeps it from being a prefix.
void ReadStar(std::string_view piece, QueryNode& leaf, std::vector<Note>& notes) {
  size_t star = piece.find(kStar);
  if (star == std::string_view::npos) return;
  std::string_view before = piece.substr(0, piece.find_last_not_of(kClosingPunctuation) + 1);
  size_t last_letter = before.find_last_not_of(kStar);
  if (last_letter == std::string_view::npos || last_letter > star || !before.ends_with(kStar)) {
    notes.push_back({leaf.range, "* means something at the end of a word only and was left out"});
  } else if (leaf.words.size() != 1) {
    notes.push_back({leaf.range, "* goes with a single word only and was left out"});
  } else if (leaf.words[0].ngram) {
    notes.push_back({leaf.range, "* is not needed in this script and was left out"});
  } else if (CountLetters(leaf.words[0].text) < kMinPrefixLetters) {
    notes.push_back(
        {leaf.range, absl::StrCat("* needs at least ", kMinPrefixLetters, " letters before it and was left out")});
  } else {
    leaf.kind = NodeKind::kPrefix;
  }
}

// Pieces in which no word was found, if a person may have meant something by them.
void NoteEmptyPiece(std::string_view piece, ByteRange range, std::vector<Note>& notes) {
  if (piece.size() > 64) {
    notes.push_back({range, "a word of more than 64 bytes was left out"});
  } else if (piece.find(kStar) != std::string_view::npos) {
    notes.push_back({range, "* without a word before it was left out"});
  }
}

std::string_view Slice(std::string_view query, ByteRange range) {
  return query.substr(range.begin, range.end - range.begin);
}

// A figure in the words that a query gives: one leaf whose word is its key.
std::optional<QueryNode> LeafOfFigure(std::string_view words, const Field* field, ByteRange range,
                                      std::vector<Note>& notes) {
  const auto key = FigureKeyOf(words);
  if (!key) {
    notes.push_back({range, "no figure was found in it, so it was left out; a figure is a number with its unit"});
    return std::nullopt;
  }
  QueryNode leaf;
  leaf.kind = NodeKind::kPhrase;
  leaf.words = {{*key, "", false}};
  leaf.field = field;
  leaf.range = range;
  return leaf;
}

bool IsFigures(const Field* field) {
  return field != nullptr && field->id == FieldId::kFigures;
}

}  // namespace

std::vector<QueryNode> LeavesOfRun(std::string_view query, std::span<const Lexeme> run, const Field* field,
                                   std::vector<Note>& notes) {
  ByteRange whole{run.front().range.begin, run.back().range.end};
  std::vector<QueryNode> leaves;
  if (IsFigures(field)) {
    if (auto leaf = LeafOfFigure(Slice(query, whole), field, whole, notes)) leaves.push_back(std::move(*leaf));
    return leaves;
  }
  std::vector<bool> used(run.size(), false);
  std::vector<OwnedToken> tokens = Tokenize(Slice(query, whole));
  DropElidedArticles(Slice(query, whole), tokens);
  for (const Group& group : GroupTokens(std::move(tokens), run)) {
    std::fill(used.begin() + static_cast<ptrdiff_t>(group.first_piece),
              used.begin() + static_cast<ptrdiff_t>(group.last_piece) + 1, true);
    QueryNode leaf;
    leaf.words = WordsOf(group.tokens);
    leaf.kind = leaf.words.size() == 1 ? NodeKind::kWord : NodeKind::kPhrase;
    leaf.field = field;
    leaf.range = {run[group.first_piece].range.begin, run[group.last_piece].range.end};
    NoteLostWords(group.tokens, leaf.range, notes);
    ReadStar(Slice(query, leaf.range), leaf, notes);
    leaves.push_back(std::move(leaf));
  }
  for (size_t i = 0; i < run.size(); ++i) {
    if (!used[i]) NoteEmptyPiece(Slice(query, run[i].range), run[i].range, notes);
  }
  return leaves;
}

std::optional<QueryNode> LeafOfPhrase(std::string_view query, const Lexeme& phrase, const Field* field,
                                      std::vector<Note>& notes) {
  std::string_view inner = Slice(query, phrase.inner);
  if (IsFigures(field)) return LeafOfFigure(inner, field, phrase.range, notes);
  std::vector<OwnedToken> tokens = Tokenize(inner);
  if (tokens.empty()) {
    notes.push_back({phrase.range, "quotation marks without a word between them were left out"});
    return std::nullopt;
  }
  if (inner.find(kStar) != std::string_view::npos) {
    notes.push_back({phrase.range, "* means nothing inside quotation marks and was left out"});
  }
  NoteLostWords(tokens, phrase.range, notes);
  QueryNode leaf;
  leaf.kind = NodeKind::kPhrase;
  leaf.quoted = true;
  leaf.words = WordsOf(tokens);
  leaf.field = field;
  leaf.range = phrase.range;
  leaf.distance = leaf.words.size() > 1 ? phrase.distance : 0;
  return leaf;
}

std::optional<QueryNode> LeafOfPattern(std::string_view query, const Lexeme& pattern, const Field* field,
                                       std::vector<Note>& notes) {
  if (IsFigures(field)) {
    notes.push_back({pattern.range, "figures have no patterns, so it was left out"});
    return std::nullopt;
  }
  std::string text = FoldForMatch(Slice(query, pattern.range));
  text.resize(text.find_last_not_of(kClosingPunctuation) + 1);
  QueryNode leaf;
  leaf.kind = NodeKind::kWildcard;
  leaf.words = {{text, "", false}};
  leaf.field = field;
  leaf.range = pattern.range;
  return leaf;
}

}  // namespace broadsheet::search
