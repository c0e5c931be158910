#pragma once

#include <xapian.h>

#include <functional>
#include <string>
#include <vector>

namespace broadsheet::ingest {

// The positions of the words of some documents, in memory. The engine keeps them by word: to copy one document after
// the other reads several blocks for each word of each, twice; read word by word for many documents, they come in the
// order in which they are stored.
class DocumentPositions {
 public:
  // Of `docids`, which ascend. `look` is called once for each term of the shard, and may throw. Xapian's exceptions
  // pass through.
  DocumentPositions(const Xapian::Database& shard, std::vector<Xapian::docid> docids,
                    const std::function<void()>& look);

  // Gives a document, read from the shard and one of `docids`, the same terms with the same positions, all in memory.
  // StatusException (DATA_LOSS) when the shard is damaged so that its tables disagree.
  void PutInto(Xapian::docid docid, Xapian::Document& document) const;

 private:
  void ReadTerm(const Xapian::Database& shard, const std::string& term);

  std::vector<Xapian::docid> docids_;
  // Of each: for each of its terms that may have positions, in their order, how many and the distances between them.
  std::vector<std::string> packed_;
};

}  // namespace broadsheet::ingest
