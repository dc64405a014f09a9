/*
 * The backend of TensorFlow Lite Micro. Its own profiler is silent in release builds (TF_LITE_STRIP_ERROR_STRINGS), and no inference can be
 * stopped after an operator; so each registered kernel is called by way of a function that tells the agent when it has returned. That
 * takes a pointer for each operator code, beside the 4 bytes for each operator of PROFILE.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../agent.h"
#include "../board.h"
#include "../firmware.h"
#include "agent-model.h"
#include "tensorflow/lite/micro/memory_helpers.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

#ifndef WHERRY_RUNTIME_COMMIT
#define WHERRY_RUNTIME_COMMIT "unknown"
#endif

namespace {

/* What RUN_FAILED has as its detail: these, or what Invoke returned. */
enum Failure : uint32_t { kNone = 0, kSchemaVersion = 101, kSubgraphs = 102, kCounts = 103, kOperatorMissing = 104, kArenaTooSmall = 105 };

typedef TfLiteStatus (*Kernel)(TfLiteContext *context, TfLiteNode *node);

alignas(16) uint8_t arena[WHERRY_MODEL_ARENA];
uint32_t ticks_of_operators[WHERRY_MODEL_OPERATORS];
#if WHERRY_KEEPS_INPUTS
uint8_t kept[WHERRY_MODEL_INPUT_BYTES];
#define WHERRY_KEPT {kept, WHERRY_MODEL_INPUT_BYTES}
#else
#define WHERRY_KEPT {nullptr, 0}
#endif
Kernel kernels[WHERRY_MODEL_OPERATOR_CODES];
wherry_agent *running;
/* That of the operator that was executed last: GetTensor of the interpreter gives nothing of tensors that share memory. */
TfLiteContext *executing;
unsigned next_operator;

const tflite::Model *Model() { return tflite::GetModel(WHERRY_MODEL_DATA); }

const tflite::SubGraph *Graph() { return Model()->subgraphs()->Get(0); }

const tflite::Operator *OperatorAt(unsigned position) { return Graph()->operators()->Get(position); }

/* Operators are executed in the order of the file. */
TfLiteStatus InvokeAndTell(TfLiteContext *context, TfLiteNode *node) {
  const unsigned position = next_operator++;
  const TfLiteStatus status = kernels[OperatorAt(position)->opcode_index()](context, node);
  executing = context;
  if (status == kTfLiteOk) wherry_agent_after_operator(running, position);
  return status;
}

/* Files may list codes that no operator has, and that nothing registers. */
bool IsUsed(unsigned code) {
  for (unsigned position = 0; position < WHERRY_MODEL_OPERATORS; ++position) {
    if (static_cast<unsigned>(OperatorAt(position)->opcode_index()) == code) return true;
  }
  return false;
}

/* The resolver is an object of this file, and no constant: what it hands out may be written to. */
bool Hook(const tflite::MicroOpResolver &resolver) {
  const auto *codes = Model()->operator_codes();
  const TFLMRegistration *registration = nullptr;
  unsigned at;
  /* Two codes of a file can have one kernel. */
  for (at = 0; at < codes->size(); ++at) {
    if (!IsUsed(at)) continue;
    if (tflite::GetRegistrationFromOpCode(codes->Get(at), resolver, &registration) != kTfLiteOk) return false;
    kernels[at] = registration->invoke;
  }
  for (at = 0; at < codes->size(); ++at) {
    if (!IsUsed(at)) continue;
    if (tflite::GetRegistrationFromOpCode(codes->Get(at), resolver, &registration) != kTfLiteOk) return false;
    const_cast<TFLMRegistration *>(registration)->invoke = InvokeAndTell;
  }
  return true;
}

Failure Check() {
  if (Model()->version() != TFLITE_SCHEMA_VERSION) return kSchemaVersion;
  /* Those of other subgraphs have no place in the order. */
  if (Model()->subgraphs()->size() != 1) return kSubgraphs;
  if (Graph()->operators()->size() != WHERRY_MODEL_OPERATORS || Model()->operator_codes()->size() != WHERRY_MODEL_OPERATOR_CODES)
    return kCounts;
  return kNone;
}

struct Runtime {
  Failure failure;
  tflite::MicroInterpreter *interpreter;
};

/* Made as it is asked for first. */
const Runtime &Made() {
  static Runtime made = {kNone, nullptr};
  static WHERRY_MODEL_RESOLVER resolver;
  if (made.interpreter != nullptr || made.failure != kNone) return made;
  made.failure = Check();
  if (made.failure != kNone) return made;
  if (WHERRY_MODEL_REGISTER(resolver) != kTfLiteOk || !Hook(resolver)) {
    made.failure = kOperatorMissing;
    return made;
  }
  static tflite::MicroInterpreter interpreter(Model(), resolver, arena, sizeof arena);
  if (interpreter.AllocateTensors() != kTfLiteOk) {
    made.failure = kArenaTooSmall;
  } else {
    made.interpreter = &interpreter;
  }
  return made;
}

wherry_room Input(unsigned position) {
  wherry_room place = {nullptr, 0};
  tflite::MicroInterpreter *interpreter = Made().interpreter;
  if (interpreter == nullptr || position >= interpreter->inputs_size()) return place;
  place.data = interpreter->input(position)->data.uint8;
  place.length = static_cast<uint32_t>(interpreter->input(position)->bytes);
  return place;
}

wherry_bytes Output(unsigned position) {
  wherry_bytes place = {nullptr, 0};
  tflite::MicroInterpreter *interpreter = Made().interpreter;
  if (interpreter == nullptr || position >= interpreter->outputs_size()) return place;
  place.data = interpreter->output(position)->data.uint8;
  place.length = static_cast<uint32_t>(interpreter->output(position)->bytes);
  return place;
}

wherry_format Format(unsigned position) {
  wherry_format format = {0, true, false, 1.0f, 0};
  tflite::MicroInterpreter *interpreter = Made().interpreter;
  if (interpreter == nullptr || position >= interpreter->outputs_size()) return format;
  const TfLiteTensor *output = interpreter->output(position);
  switch (output->type) {
    case kTfLiteInt8: format.bytes = 1; break;
    case kTfLiteUInt8: format.bytes = 1; format.is_signed = false; break;
    case kTfLiteInt16: format.bytes = 2; break;
    case kTfLiteInt32: format.bytes = 4; break;
    case kTfLiteFloat32: format.bytes = 4; format.is_real = true; break;
    default: break;
  }
  if (output->params.scale != 0.0f) {
    format.scale = output->params.scale;
    format.zero_point = output->params.zero_point;
  }
  return format;
}

/* The operator that writes the tensor of a position, and which of its outputs that is; past all operators there is none. */
struct Writer {
  unsigned operator_position;
  unsigned output;
};

Writer WriterOf(unsigned tensor) {
  Writer writer = {0, tensor};
  while (writer.operator_position < WHERRY_MODEL_OPERATORS) {
    const unsigned outputs = OperatorAt(writer.operator_position)->outputs()->size();
    if (writer.output < outputs) break;
    writer.output -= outputs;
    ++writer.operator_position;
  }
  return writer;
}

unsigned OperatorOf(unsigned tensor) { return WriterOf(tensor).operator_position; }

unsigned CountTensors() {
  unsigned count = 0;
  for (unsigned position = 0; position < WHERRY_MODEL_OPERATORS; ++position) count += OperatorAt(position)->outputs()->size();
  return count;
}

wherry_bytes Tensor(unsigned position) {
  const Writer writer = WriterOf(position);
  const int index = OperatorAt(writer.operator_position)->outputs()->Get(writer.output);
  const TfLiteEvalTensor *tensor = executing->GetEvalTensor(executing, index);
  wherry_bytes place = {nullptr, 0};
  size_t bytes = 0;
  if (tensor == nullptr || tflite::TfLiteEvalTensorByteLength(tensor, &bytes) != kTfLiteOk) return place;
  place.data = tensor->data.uint8;
  place.length = static_cast<uint32_t>(bytes);
  return place;
}

void Reset() {
  if (Made().interpreter != nullptr) (void)Made().interpreter->Reset();
}

uint32_t Invoke(wherry_agent *agent) {
  const Runtime &made = Made();
  if (made.interpreter == nullptr) return made.failure;
  running = agent;
  next_operator = 0;
  return static_cast<uint32_t>(made.interpreter->Invoke());
}

uint32_t WhyNot() { return Made().failure; }

void Memory(wherry_memory_record *record) {
  wherry_board_memory(record);
  record->arena_bytes = WHERRY_MODEL_ARENA;
  record->arena_used =
      Made().interpreter == nullptr ? 0xffffffffu : static_cast<uint32_t>(Made().interpreter->arena_used_bytes());
}

const wherry_identity_record *Identity() {
  static wherry_identity_record record;
  record.firmware = WHERRY_FIRMWARE;
  record.chip = wherry_board_chip;
  record.runtime = WHERRY_MODEL_RUNTIME;
  record.runtime_commit = WHERRY_RUNTIME_COMMIT;
  record.profile = WHERRY_MODEL_PROFILE;
  record.model = wherry_model_hash;
  record.arena_bytes = WHERRY_MODEL_ARENA;
  record.clock_hz = wherry_board_clock_hz;
  record.data_bytes = WHERRY_AGENT_DATA;
  record.window_bytes = wherry_board_window;
  record.inputs = static_cast<uint8_t>(Graph()->inputs()->size());
  record.outputs = static_cast<uint8_t>(Graph()->outputs()->size());
  record.operators = WHERRY_MODEL_OPERATORS;
  record.tensors = static_cast<uint16_t>(CountTensors());
  return &record;
}

}  // namespace

const wherry_backend wherry_linked_backend = {
    Identity, WhyNot, ticks_of_operators, Input, WHERRY_KEPT, Output, Format, Tensor, OperatorOf, Reset, Invoke, wherry_board_ticks, Memory,
};
