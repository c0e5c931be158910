#include "search/app.h"

int main(int argc, char** argv) {
  return broadsheet::search::RunSearchService(argc, argv);
}
