// A library needs a source for its precompiled headers to be built.
