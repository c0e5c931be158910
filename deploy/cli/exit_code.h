#pragma once

namespace broadsheet::cli {

// What the process says to the shell.
enum ExitCode {
  kAllWell = 0,        // everything was taken; the services are healthy
  kSomeFailed = 1,     // some articles were rejected or could not be read; not found; not healthy
  kWrongUsage = 2,     // the command line makes no sense
  kServiceFailed = 3,  // the service was not reached, or refused the call
};

}  // namespace broadsheet::cli
