# cmake -D INPUT=descriptors.binpb -D OUTPUT=descriptor_set.cc -P embed_descriptor_set.cmake
# Writes the C++ behind broadsheet/descriptor_set.h. Every byte is an escape, so none can run into the next.
file(READ ${INPUT} bytes HEX)
string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
string(LENGTH "${bytes}" length)
set(lines "")
foreach(start RANGE 0 ${length} 112)
  string(SUBSTRING "${bytes}" ${start} 112 line)
  string(APPEND lines "    \"${line}\"\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"broadsheet/descriptor_set.h\"

namespace broadsheet {
namespace {
constexpr char kBytes[] =
${lines};
}  // namespace

std::string_view DescriptorSet() {
  return {kBytes, sizeof(kBytes) - 1};
}

}  // namespace broadsheet
")
