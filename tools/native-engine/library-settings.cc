// What the library reads while it is being loaded, set before: this object is the first to be initialized (-z initfirst).
// The engine sets the same in its process; a program that loads the package by itself, and a test whose environment is a copy,
// would not.
#include <cstdlib>

#include "absl/base/log_severity.h"
#include "absl/log/globals.h"

namespace {

const bool set = [] {
  // With oneDNN, TensorFlow 2.21 reads past the window of convolutions that give one column of one channel.
  setenv("TF_ENABLE_ONEDNN_OPTS", "0", 1);
  setenv("TF_CPP_MIN_LOG_LEVEL", "3", 0);
  // What is logged while devices are looked for goes through Abseil, which does not ask that variable.
  absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(std::getenv("TF_CPP_MIN_LOG_LEVEL"))));
  return true;
}();

}  // namespace
