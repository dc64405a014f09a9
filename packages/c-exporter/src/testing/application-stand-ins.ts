// What the examples for applications call of LiteRT, TensorFlow Lite, libedgetpu and LiteRT.js: declarations of the same form,
// no more than is called. Behind them is a model that copies the bytes of input i to output i.

const litert = `#pragma once
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>
namespace litert {
template <typename T> class Span {
 public:
  Span(T* data, size_t size) : data_(data), size_(size) {}
  template <typename C> Span(C& all) : data_(all.data()), size_(all.size()) {}
  T* data() const { return data_; }
  size_t size() const { return size_; }
 private:
  T* data_;
  size_t size_;
};
class Error {
 public:
  const std::string& Message() const { return message_; }
 private:
  std::string message_ = "stand-in";
};
template <typename T> class Expected {
 public:
  Expected(T value) : value_(std::move(value)) {}
  explicit operator bool() const { return true; }
  T& operator*() { return value_; }
  const litert::Error& Error() const { return error_; }
 private:
  T value_;
  litert::Error error_;
};
template <typename T> class Expected<T&> {
 public:
  Expected(T& value) : value_(&value) {}
  explicit operator bool() const { return true; }
  T& operator*() { return *value_; }
 private:
  T* value_;
};
template <> class Expected<void> {
 public:
  Expected() = default;
  explicit operator bool() const { return true; }
  const litert::Error& Error() const { return error_; }
 private:
  litert::Error error_;
};
enum class HwAccelerators : int { kNone = 0, kCpu = 1, kGpu = 2 };
class Environment {
 public:
  struct Option {};
  static Expected<Environment> Create(std::initializer_list<Option>) { return Environment(); }
};
class CpuOptions {
 public:
  Expected<void> SetNumThreads(int) { return {}; }
};
class Options {
 public:
  static Expected<Options> Create() { return Options(); }
  Expected<void> SetHardwareAccelerators(HwAccelerators) { return {}; }
  Expected<CpuOptions&> GetCpuOptions() { return cpu_; }
 private:
  CpuOptions cpu_;
};
class TensorBuffer {
 public:
  template <typename T> Expected<void> Write(Span<const T> data) {
    bytes_.resize(data.size() * sizeof(T));
    std::memcpy(bytes_.data(), data.data(), bytes_.size());
    return {};
  }
  template <typename T> Expected<void> Read(Span<T> data) {
    bytes_.resize(data.size() * sizeof(T));
    std::memcpy(data.data(), bytes_.data(), bytes_.size());
    return {};
  }
  std::vector<char> bytes_;
};
class CompiledModel {
 public:
  static Expected<CompiledModel> Create(Environment&, const std::string&, Options&) { return CompiledModel(); }
  Expected<std::vector<TensorBuffer>> CreateInputBuffers() const { return std::vector<TensorBuffer>(4); }
  Expected<std::vector<TensorBuffer>> CreateOutputBuffers() const { return std::vector<TensorBuffer>(4); }
  Expected<void> Run(std::vector<TensorBuffer>& inputs, std::vector<TensorBuffer>& outputs) const {
    outputs = inputs;
    return {};
  }
};
}
#define STAND_IN_JOIN_(a, b) a##b
#define STAND_IN_JOIN(a, b) STAND_IN_JOIN_(a, b)
#define LITERT_RETURN_IF_ERROR(...) do { auto done_ = (__VA_ARGS__); if (!done_) return {}; } while (0)
#define LITERT_ASSIGN_OR_RETURN_(TMP, DECL, ...) auto TMP = (__VA_ARGS__); if (!TMP) return {}; DECL = *TMP
#define LITERT_ASSIGN_OR_RETURN(DECL, ...) LITERT_ASSIGN_OR_RETURN_(STAND_IN_JOIN(tmp_, __LINE__), DECL, __VA_ARGS__)
`;

const litertHeaders = ['common', 'compiled_model', 'environment', 'expected', 'macros', 'options', 'tensor_buffer'];
const onlyIncludes = '#pragma once\n#include "litert/cc/stand_in.h"\n';

const tflite = `#pragma once
#include <cstddef>
#include <memory>
#include <vector>
typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
struct TfLiteDelegate {};
struct TfLiteTensor { size_t bytes; };
namespace tflite {
class FlatBufferModel {
 public:
  static std::unique_ptr<FlatBufferModel> BuildFromFile(const char*) { return std::unique_ptr<FlatBufferModel>(new FlatBufferModel); }
};
class Interpreter {
 public:
  using TfLiteDelegatePtr = std::unique_ptr<TfLiteDelegate, void (*)(TfLiteDelegate*)>;
  TfLiteStatus ModifyGraphWithDelegate(TfLiteDelegatePtr) { return kTfLiteOk; }
  TfLiteStatus AllocateTensors() { return kTfLiteOk; }
  TfLiteStatus Invoke() { return kTfLiteOk; }
  template <typename T> T* typed_input_tensor(int at) { return reinterpret_cast<T*>(memory_[at]); }
  template <typename T> T* typed_output_tensor(int at) { return reinterpret_cast<T*>(memory_[at]); }
  TfLiteTensor* output_tensor(size_t) { return &tensor_; }
 private:
  TfLiteTensor tensor_ = {4};
  alignas(16) char memory_[4][1024] = {};
};
namespace ops { namespace builtin { class BuiltinOpResolver {}; } }
class InterpreterBuilder {
 public:
  InterpreterBuilder(const FlatBufferModel&, const ops::builtin::BuiltinOpResolver&) {}
  TfLiteStatus operator()(std::unique_ptr<Interpreter>* made) {
    made->reset(new Interpreter);
    return kTfLiteOk;
  }
};
}
`;

const edgetpu = `#pragma once
#include <cstddef>
#include "tensorflow/lite/interpreter.h"
extern "C" {
enum edgetpu_device_type { EDGETPU_APEX_PCI = 0, EDGETPU_APEX_USB = 1 };
struct edgetpu_device { enum edgetpu_device_type type; const char* path; };
struct edgetpu_option { const char* name; const char* value; };
inline struct edgetpu_device* edgetpu_list_devices(size_t* count) {
  static edgetpu_device one = {EDGETPU_APEX_USB, "stand-in"};
  *count = 1;
  return &one;
}
inline void edgetpu_free_devices(struct edgetpu_device*) {}
inline TfLiteDelegate* edgetpu_create_delegate(enum edgetpu_device_type, const char*, const struct edgetpu_option*, size_t) { return nullptr; }
inline void edgetpu_free_delegate(TfLiteDelegate*) {}
}
`;

/** By the path that is included. */
export const cppStandIns: ReadonlyMap<string, string> = new Map([
  ['litert/cc/stand_in.h', litert],
  ...litertHeaders.map((name) => [`litert/cc/litert_${name}.h`, onlyIncludes] as const),
  ['litert/cc/options/litert_cpu_options.h', onlyIncludes],
  ['tensorflow/lite/interpreter.h', tflite],
  ['tensorflow/lite/kernels/register.h', '#pragma once\n#include "tensorflow/lite/interpreter.h"\n'],
  ['tensorflow/lite/model.h', '#pragma once\n#include "tensorflow/lite/interpreter.h"\n'],
  ['edgetpu_c.h', edgetpu],
]);

const liteRtJs = `
export const calls = [];
export function getGlobalLiteRtPromise() { return undefined; }
export async function loadLiteRt(path) { calls.push(['loadLiteRt', path]); }
export class Tensor {
  constructor(values, shape) { Object.assign(this, { values, shape }); }
  async moveTo(where) { if (where !== 'wasm') throw new Error(where); return this; }
  toTypedArray() { return this.values; }
  delete() { calls.push(['delete', this.shape]); }
}
export async function loadAndCompile(url, options) {
  calls.push(['loadAndCompile', url, options]);
  return { run: async (inputs) => inputs.map(({ values, shape }) => new Tensor(values, shape)), delete() {} };
}
`;

/** A folder in which a module can import `@litertjs/core`. */
export const liteRtJsStandIn: ReadonlyMap<string, string> = new Map([
  ['package.json', '{ "type": "module" }'],
  ['node_modules/@litertjs/core/package.json', '{ "name": "@litertjs/core", "type": "module", "main": "index.js" }'],
  ['node_modules/@litertjs/core/index.js', liteRtJs],
]);
