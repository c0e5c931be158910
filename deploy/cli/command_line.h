#pragma once

#include "cli/exit_code.h"
#include "cli/ingest.h"

namespace broadsheet::cli {

// Runs one command line from flags to exit code.
ExitCode RunCommandLine(int argc, const char* const* argv, const Terminal& terminal);

}  // namespace broadsheet::cli
