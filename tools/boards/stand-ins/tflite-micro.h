/*
 * What the agent calls of TensorFlow Lite Micro, with the names and types of its public headers, around a model of three operators in
 * plain code: enough to compile the backend, and to see that it tells the agent of each operator.
 */
#ifndef STAND_IN_TFLITE_MICRO_H
#define STAND_IN_TFLITE_MICRO_H

#include <cstddef>
#include <cstdint>

#define TFLITE_SCHEMA_VERSION (3)

typedef enum TfLiteStatus { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;

typedef enum {
  kTfLiteNoType = 0,
  kTfLiteFloat32 = 1,
  kTfLiteInt32 = 2,
  kTfLiteUInt8 = 3,
  kTfLiteInt64 = 4,
  kTfLiteInt16 = 7,
  kTfLiteInt8 = 9
} TfLiteType;

typedef struct TfLiteIntArray {
  int size;
  int data[4];
} TfLiteIntArray;

typedef union TfLitePtrUnion {
  int8_t *int8;
  uint8_t *uint8;
  void *data;
} TfLitePtrUnion;

typedef struct TfLiteQuantizationParams {
  float scale;
  int32_t zero_point;
} TfLiteQuantizationParams;

typedef struct TfLiteTensor {
  TfLiteType type;
  TfLitePtrUnion data;
  TfLiteQuantizationParams params;
  size_t bytes;
} TfLiteTensor;

typedef struct TfLiteEvalTensor {
  TfLitePtrUnion data;
  TfLiteIntArray *dims;
  TfLiteType type;
} TfLiteEvalTensor;

typedef struct TfLiteContext {
  void *impl_;
  TfLiteEvalTensor *(*GetEvalTensor)(const struct TfLiteContext *context, int tensor);
} TfLiteContext;

typedef struct TfLiteNode {
  int8_t *input;
  int8_t *output;
} TfLiteNode;

struct TFLMRegistration {
  TfLiteStatus (*invoke)(TfLiteContext *context, TfLiteNode *node);
};

namespace tflite {

/* As a vector of FlatBuffers is read. */
template <typename T>
struct Vector {
  const T *items;
  uint32_t count;
  uint32_t size() const { return count; }
  T Get(uint32_t at) const { return items[at]; }
};

struct OperatorCode {
  int kind;
};

struct Operator {
  uint32_t code;
  Vector<int32_t> written;
  uint32_t opcode_index() const { return code; }
  const Vector<int32_t> *outputs() const { return &written; }
};

struct SubGraph {
  Vector<const Operator *> executed;
  Vector<int32_t> taken, given;
  const Vector<const Operator *> *operators() const { return &executed; }
  const Vector<int32_t> *inputs() const { return &taken; }
  const Vector<int32_t> *outputs() const { return &given; }
};

struct Model {
  uint32_t schema;
  Vector<const SubGraph *> graphs;
  Vector<const OperatorCode *> codes;
  uint32_t version() const { return schema; }
  const Vector<const SubGraph *> *subgraphs() const { return &graphs; }
  const Vector<const OperatorCode *> *operator_codes() const { return &codes; }
};

inline const Model *GetModel(const void *data) { return static_cast<const Model *>(data); }

class MicroOpResolver {
 public:
  virtual const TFLMRegistration *FindOp(int kind) const = 0;
  virtual ~MicroOpResolver() {}
};

inline TfLiteStatus GetRegistrationFromOpCode(const OperatorCode *code, const MicroOpResolver &resolver,
                                              const TFLMRegistration **registration) {
  *registration = resolver.FindOp(code->kind);
  return *registration == nullptr ? kTfLiteError : kTfLiteOk;
}

inline TfLiteStatus TfLiteEvalTensorByteLength(const TfLiteEvalTensor *tensor, size_t *bytes) {
  *bytes = 1;
  for (int at = 0; at < tensor->dims->size; ++at) *bytes *= static_cast<size_t>(tensor->dims->data[at]);
  return kTfLiteOk;
}

/* Tensor 0 is the input, each operator writes the tensor behind the one that it reads; all of 4 bytes, in two places by turns. */
class MicroInterpreter {
 public:
  MicroInterpreter(const Model *model, const MicroOpResolver &resolver, uint8_t *arena, size_t bytes)
      : model_(model), resolver_(resolver), arena_(reinterpret_cast<int8_t *>(arena)), bytes_(bytes) {}

  TfLiteStatus AllocateTensors() {
    if (bytes_ < 8) return kTfLiteError;
    context_.impl_ = this;
    context_.GetEvalTensor = [](const TfLiteContext *context, int tensor) {
      return &static_cast<MicroInterpreter *>(context->impl_)->tensors_[tensor];
    };
    for (int at = 0; at < 4; ++at) {
      tensors_[at].data.int8 = Place(at);
      tensors_[at].dims = &dims_;
      tensors_[at].type = kTfLiteInt8;
    }
    for (int which = 0; which < 2; ++which) {
      ends_[which].type = kTfLiteInt8;
      ends_[which].data.int8 = Place(which == 0 ? 0 : 3);
      ends_[which].params.scale = 0.5f;
      ends_[which].params.zero_point = -1;
      ends_[which].bytes = 4;
    }
    return kTfLiteOk;
  }

  TfLiteStatus Invoke() {
    const SubGraph *graph = model_->subgraphs()->Get(0);
    for (uint32_t at = 0; at < graph->operators()->size(); ++at) {
      const OperatorCode *code = model_->operator_codes()->Get(graph->operators()->Get(at)->opcode_index());
      TfLiteNode node = {Place(static_cast<int>(at)), Place(static_cast<int>(at) + 1)};
      const TfLiteStatus status = resolver_.FindOp(code->kind)->invoke(&context_, &node);
      if (status != kTfLiteOk) return status;
    }
    return kTfLiteOk;
  }

  TfLiteTensor *input(size_t) { return &ends_[0]; }
  TfLiteTensor *output(size_t) { return &ends_[1]; }
  size_t inputs_size() const { return 1; }
  size_t outputs_size() const { return 1; }
  /* As the real one, which has to be made to give every tensor memory of its own. */
  TfLiteEvalTensor *GetTensor(int) { return nullptr; }
  TfLiteStatus Reset() { return kTfLiteOk; }
  size_t arena_used_bytes() const { return 8; }

 private:
  int8_t *Place(int tensor) { return arena_ + 4 * (tensor % 2); }

  const Model *model_;
  const MicroOpResolver &resolver_;
  int8_t *arena_;
  size_t bytes_;
  TfLiteContext context_ = {};
  TfLiteIntArray dims_ = {2, {2, 2, 0, 0}};
  TfLiteEvalTensor tensors_[4] = {};
  TfLiteTensor ends_[2] = {};
};

}  // namespace tflite

#endif
