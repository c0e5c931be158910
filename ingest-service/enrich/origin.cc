#include "ingest/enrich/origin.h"

#include <string>

#include "common/text/unicode.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kEvidenceBytes = 200;

}  // namespace

void AddOrigin(std::string_view field, v1::Origin origin, std::string_view evidence, v1::Article& article) {
  v1::FieldOrigin* entry = article.add_origins();
  entry->set_field(std::string(field));
  entry->set_origin(origin);
  entry->set_evidence(std::string(TruncateUtf8(evidence, kEvidenceBytes)));
}

}  // namespace broadsheet::ingest
