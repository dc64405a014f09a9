// A stand-in for TensorFlow Lite Micro: what generated files call of it, with an interpreter that knows the answers of one model.
import { textOf, type LibraryFiles } from './library-files.js';

const schema = `#pragma once
#include <stdint.h>
#define TFLITE_SCHEMA_VERSION (3)
namespace tflite {
struct Model {
  uint32_t version() const { return STAND_IN_FAULT == 3 ? 2u : 3u; }
};
inline const Model *GetModel(const void *bytes) { return static_cast<const Model *>(bytes); }
}  // namespace tflite
`;

const resolver = (methods: readonly string[]): string => `#pragma once
#ifndef STAND_IN_FAULT
#define STAND_IN_FAULT 0
#endif
typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
namespace tflite {
template <unsigned int tOpCount>
class MicroMutableOpResolver {
 public:
${methods.map((method) => `  TfLiteStatus ${method}() { return STAND_IN_FAULT != 4 && ++added_ <= tOpCount ? kTfLiteOk : kTfLiteError; }`).join('\n')}
  unsigned int added() const { return added_; }

 private:
  unsigned int added_ = 0;
};
}  // namespace tflite
`;

/** Faults by the number that the example gives them. */
const interpreter = (name: string): string => `#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "${name}/${name}_selftest.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"
struct TfLiteTensor {
  union {
    void *raw;
  } data;
  size_t bytes;
};
namespace tflite {
class MicroInterpreter {
 public:
  template <typename Resolver>
  MicroInterpreter(const Model *, const Resolver &resolver, uint8_t *arena, size_t bytes)
      : arena_(arena), bytes_(bytes), registered_(resolver.added() > 0) {}
  TfLiteStatus AllocateTensors() {
    const size_t needed = sizeof g_${name}_selftest_input_0[0] + sizeof g_${name}_selftest_output_0[0];
    if (STAND_IN_FAULT == 5 || !registered_ || bytes_ < needed || reinterpret_cast<uintptr_t>(arena_) % 16u != 0u) return kTfLiteError;
    input_.data.raw = arena_;
    input_.bytes = sizeof g_${name}_selftest_input_0[0] - (STAND_IN_FAULT == 2 ? 1u : 0u);
    output_.data.raw = arena_ + sizeof g_${name}_selftest_input_0[0];
    output_.bytes = sizeof g_${name}_selftest_output_0[0];
    return kTfLiteOk;
  }
  TfLiteStatus Invoke() {
    for (const auto &known : g_${name}_selftest_input_0) {
      if (memcmp(input_.data.raw, known, sizeof known) != 0) continue;
      memcpy(output_.data.raw, g_${name}_selftest_output_0[&known - g_${name}_selftest_input_0], output_.bytes);
      if (STAND_IN_FAULT == 1) memset(output_.data.raw, 99, 1);
      return kTfLiteOk;
    }
    return kTfLiteError;
  }
  TfLiteTensor *input(size_t) { return &input_; }
  TfLiteTensor *output(size_t) { return &output_; }

 private:
  uint8_t *arena_;
  size_t bytes_;
  bool registered_;
  TfLiteTensor input_ = {};
  TfLiteTensor output_ = {};
};
}  // namespace tflite
`;

/** Its headers by path, for the model of a library. */
export function tfliteMicro(library: LibraryFiles, name: string): ReadonlyMap<string, string> {
  const ops = [...library.files.keys()].find((path) => path.endsWith(`${name}_ops.h`))!;
  const methods = [...textOf(library, ops).matchAll(/resolver\.(Add\w+)\(/g)].map(([, method]) => method!);
  return new Map([
    ['tensorflow/lite/micro/micro_interpreter.h', interpreter(name)],
    ['tensorflow/lite/micro/micro_mutable_op_resolver.h', resolver(methods)],
    ['tensorflow/lite/schema/schema_generated.h', schema],
  ]);
}

/** Paths of files, put into a folder. */
export function inFolder(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): ReadonlyMap<string, string | Uint8Array> {
  return new Map([...files].map(([path, content]) => [`${folder}/${path}`, content]));
}
