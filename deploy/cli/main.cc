#include <unistd.h>

#include <iostream>

#include "cli/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);  // else standard input is read one character at a time
  const broadsheet::cli::Terminal terminal{std::cin, std::cout, std::cerr, isatty(STDOUT_FILENO) == 1,
                                           isatty(STDERR_FILENO) == 1};
  return broadsheet::cli::RunCommandLine(argc, argv, terminal);
}
