//! Writing: text to stdout, files whole or not at all.
