#pragma once

// The headers that cost the tests most of their time to compile, read once for all of them. Nothing includes this file;
// the build hands it to every test program.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <ranges>
#include <string>
#include <thread>
#include <vector>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "broadsheet/v1/search.grpc.pb.h"
