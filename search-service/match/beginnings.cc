#include "search/match/beginnings.h"

namespace broadsheet::search {

void Beginnings::Add(std::string_view beginning) {
  if (beginning.empty()) {
    rests_.fill({std::string()});
  } else {
    rests_[static_cast<unsigned char>(beginning.front())].emplace_back(beginning.substr(1));
  }
}

}  // namespace broadsheet::search
