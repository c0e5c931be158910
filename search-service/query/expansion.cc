#include "search/query/expansion.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace broadsheet::search {
namespace {

bool BeginsTooMany(const std::string& prefix, const Xapian::Database& database) {
  Xapian::termcount words = 0;
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    if (++words > kMaxPrefixWords) return true;
  }
  return false;
}

void Visit(const QueryNode& node, const TermLookup& lookup, const Xapian::Database& database,
           std::vector<Note>& notes) {
  for (const QueryNode& child : node.children)
    Visit(child, lookup, database, notes);
  if (node.kind != NodeKind::kPrefix) return;
  if (!BeginsTooMany(IndexTerm(lookup.Terms(node).front(), node.field), database)) return;
  notes.push_back({node.range, absl::StrCat("more than ", kMaxPrefixWords, " words begin with \"",
                                            node.words.front().text, "\": the ", kMaxPrefixWords,
                                            " most frequent were looked for; more letters find them all")});
}

}  // namespace

std::vector<Note> NoteCutPrefixes(const ParsedQuery& query, const TermLookup& lookup,
                                  const Xapian::Database& database) {
  std::vector<Note> notes;
  if (query.root.has_value()) Visit(*query.root, lookup, database, notes);
  return notes;
}

}  // namespace broadsheet::search
