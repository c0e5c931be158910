#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/schema/article_dictionary.h"

namespace broadsheet::support {

// A dictionary of invented texts; that of another subject is another one.
inline std::string SampleDictionary(const std::string& subject) {
  std::vector<std::string> samples;
  for (int i = 0; i < 2'000; ++i)
    samples.push_back(absl::StrCat("The ", subject, " of day ", i, " sails from Nordhaven to Iwaya at ", i * 7));
  return TrainDictionary(samples);
}

}  // namespace broadsheet::support
