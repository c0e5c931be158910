#pragma once

#include <string>
#include <utility>

#include "ingest/clean/clean.h"

namespace broadsheet::ingest {

// What all rules make of a body.
inline EditedText CleanText(std::string text) {
  return Clean({{}, std::move(text), {}}).body;
}

}  // namespace broadsheet::ingest
