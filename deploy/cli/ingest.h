#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/exit_code.h"
#include "cli/source.h"

namespace broadsheet::cli {

// Where a command reads and writes.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

struct IngestOptions {
  std::vector<std::string> paths;
  Format format = Format::kAuto;
  std::string rejected_file;  // empty: none
  std::string results_file;   // empty: none
  bool visible = false;       // wait until the last article can be found
  absl::Duration patience = absl::Minutes(1);
};

// Sends everything that `options.paths` name, and says what became of it. kAllWell only when every article was taken.
ExitCode RunIngest(const IngestOptions& options, const Endpoint& endpoint, IngestClient& client, Terminal terminal);

}  // namespace broadsheet::cli
