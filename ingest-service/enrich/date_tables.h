#pragma once

#include <span>
#include <string_view>

#include "ingest/enrich/date_words.h"

// The words of dates that ICU does not know, a table a language. Internal to date_words.cc.
namespace broadsheet::ingest {

// Words that mean the same, separated by '|'. The values of a row begin with `first` and go on by `step`.
struct DateWordRow {
  DateWord meaning;
  int first;
  int step;
  std::string_view words;
};

std::span<const std::span<const DateWordRow>> DateTables();

}  // namespace broadsheet::ingest
