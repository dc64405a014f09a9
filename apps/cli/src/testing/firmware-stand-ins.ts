// What the firmware of the README and the exported headers call of TensorFlow Lite Micro and of ESP-IDF, by the paths they
// include: declarations of the same form, no more than is called.

const interpreter = `#pragma once
#include <stddef.h>
#include <stdint.h>
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"
#define TFLITE_SCHEMA_VERSION (3)
struct TfLiteTensor { union { int8_t* int8; char* raw; } data; size_t bytes; };
namespace tflite {
class MicroInterpreter {
 public:
  template <typename Resolver> MicroInterpreter(const Model*, const Resolver&, uint8_t*, size_t) {}
  TfLiteStatus AllocateTensors() { return kTfLiteOk; }
  TfLiteStatus Invoke() { return kTfLiteOk; }
  TfLiteTensor* input(size_t) { return &tensor_; }
  TfLiteTensor* output(size_t) { return &tensor_; }
 private:
  TfLiteTensor tensor_ = {};
};
}
`;

const resolver = `#pragma once
typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
namespace tflite {
template <unsigned int tOpCount> class MicroMutableOpResolver {
 public:
  TfLiteStatus AddConv2D() { return kTfLiteOk; }
  TfLiteStatus AddDepthwiseConv2D() { return kTfLiteOk; }
  TfLiteStatus AddFullyConnected() { return kTfLiteOk; }
  TfLiteStatus AddSoftmax() { return kTfLiteOk; }
};
}
`;

/** The compiler checks the format of a log line as it does for the real one. */
const log = `#pragma once
#ifdef __cplusplus
extern "C" {
#endif
void esp_log_stand_in(const char* tag, const char* format, ...) __attribute__((format(printf, 2, 3)));
#ifdef __cplusplus
}
#endif
#define ESP_LOGE(tag, ...) esp_log_stand_in(tag, __VA_ARGS__)
`;

const heap = `#pragma once
#include <stddef.h>
#include <stdint.h>
#define MALLOC_CAP_8BIT (1 << 2)
#define MALLOC_CAP_INTERNAL (1 << 11)
#ifdef __cplusplus
extern "C" {
#endif
void* heap_caps_aligned_alloc(size_t alignment, size_t size, uint32_t caps);
size_t heap_caps_get_largest_free_block(uint32_t caps);
#ifdef __cplusplus
}
#endif
`;

export const firmwareStandIns: Readonly<Record<string, string>> = {
  'tensorflow/lite/micro/micro_mutable_op_resolver.h': resolver,
  'tensorflow/lite/micro/micro_interpreter.h': interpreter,
  'tensorflow/lite/schema/schema_generated.h': `#pragma once
#include <stdint.h>
namespace tflite {
struct Model { uint32_t version() const; };
const Model* GetModel(const void*);
}
`,
  'esp_log.h': log,
  'esp_heap_caps.h': heap,
};
