#pragma once

#include <string>

#include "broadsheet/v1/ingest.pb.h"

namespace broadsheet::ingest {

// Why an article is not taken.
struct Rejection {
  v1::Reason reason;
  std::string field;    // path from the article; empty when it is none
  std::string message;  // for people: the limit and the way out
};

}  // namespace broadsheet::ingest
