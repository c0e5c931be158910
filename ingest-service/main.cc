#include "ingest/app.h"

int main(int argc, char** argv) {
  return broadsheet::ingest::RunIngestService(argc, argv);
}
