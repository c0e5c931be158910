#pragma once

#include <xapian.h>

#include <map>
#include <string>
#include <vector>

// An article is written again, or deleted, while its document is in a shard that is written no more: then the new
// document goes into the hot shard, and so does, in the same transaction, a mark that the old one is superseded. Marks
// are metadata of the shard they were written into, under kSupersededPrefix, the uuid of the shard that the document is
// in, and its docid, fixed in width; so a mark and the document it makes room for become visible in one revision. What
// is superseded in a shard is the union of what all shards of the manifest say.
//
// Xapian's exceptions pass through.
namespace broadsheet {

// Ascending docids by uuid of the shard that they are in.
using SupersededDocids = std::map<std::string, std::vector<Xapian::docid>>;

// Marks a document of another shard, as part of the open transaction.
void MarkSuperseded(Xapian::WritableDatabase& database, const std::string& uuid, Xapian::docid docid);

// Takes off what the database itself holds of marks of documents in a shard.
void DropSupersededMarks(Xapian::WritableDatabase& database, const std::string& uuid);

// All marks that one database holds.
SupersededDocids ReadSupersededMarks(const Xapian::Database& database);

// Adds docids that ascend to others that do.
void MergeDocids(const std::vector<Xapian::docid>& more, std::vector<Xapian::docid>& docids);

}  // namespace broadsheet
