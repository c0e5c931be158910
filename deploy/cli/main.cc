#include <unistd.h>

#include <iostream>

#include "cli/command_line.h"

int main(int argc, char** argv) {
  const broadsheet::cli::Terminal terminal{std::cin, std::cout, std::cerr, isatty(STDOUT_FILENO) == 1,
                                           isatty(STDERR_FILENO) == 1};
  return broadsheet::cli::RunCommandLine(argc, argv, terminal);
}
