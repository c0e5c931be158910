#include "common/index/superseded.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/schema/index_metadata.h"

namespace broadsheet {
namespace {

constexpr char kMark[] = "1";  // the engine keeps no empty values

std::string PrefixOf(const std::string& uuid) {
  return absl::StrCat(kSupersededPrefix, uuid, ":");
}

}  // namespace

void MarkSuperseded(Xapian::WritableDatabase& database, const std::string& uuid, Xapian::docid docid) {
  database.set_metadata(absl::StrCat(PrefixOf(uuid), absl::StrFormat("%010d", docid)), kMark);
}

void DropSupersededMarks(Xapian::WritableDatabase& database, const std::string& uuid) {
  const std::string prefix = PrefixOf(uuid);
  std::vector<std::string> keys;
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key)
    keys.push_back(*key);
  for (const std::string& key : keys)
    database.set_metadata(key, "");
}

SupersededDocids ReadSupersededMarks(const Xapian::Database& database) {
  SupersededDocids marks;
  const std::string prefix(kSupersededPrefix);
  for (auto place = database.metadata_keys_begin(prefix); place != database.metadata_keys_end(prefix); ++place) {
    const std::string key = *place;
    const size_t colon = key.rfind(':');
    Xapian::docid docid = 0;
    std::from_chars(key.data() + colon + 1, key.data() + key.size(), docid);
    if (colon <= prefix.size() || docid == 0) continue;
    marks[key.substr(prefix.size(), colon - prefix.size())].push_back(docid);
  }
  return marks;
}

void MergeDocids(const std::vector<Xapian::docid>& more, std::vector<Xapian::docid>& docids) {
  std::vector<Xapian::docid> all;
  all.reserve(docids.size() + more.size());
  std::set_union(docids.begin(), docids.end(), more.begin(), more.end(), std::back_inserter(all));
  docids = std::move(all);
}

}  // namespace broadsheet
