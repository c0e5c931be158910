#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// The hashes of an article: 32 hex digits each. They are stored: a change of any needs a new version byte in it.

// Over the writer's fields without fetched_time. `raw` is changed during the call only.
std::string RawHash(v1::RawArticle& raw);

// Over the body with case, accents and spacing folded.
std::string TextHash(std::string_view body);

// Over the content as sent, so that newer rules of cleaning do not change an article's identity.
std::string ContentKey(const v1::RawArticle& raw);

}  // namespace broadsheet::ingest
