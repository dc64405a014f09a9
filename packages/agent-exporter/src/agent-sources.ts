// The files of apps/device-agent/src, put here by `npm run generate`; not to be edited.
/* eslint max-lines: off */

/** By path. */
export const agentSources: { readonly [path: string]: string } = {
  'agent.c': `/* The answers of the agent, as docs/protocol.md says. */
#include "agent.h"

#include "mlperf.h"
#include "reply.h"
#include "run.h"

void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port) {
  agent->backend = backend;
  agent->line.port = port;
#if WHERRY_MLPERF_BYTES > 0
  wherry_mlperf_greet(agent);
#endif
}

static void hello(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  uint8_t record[WHERRY_IDENTITY_RECORD_LENGTH];
  struct wherry_hello_request request;
  struct wherry_hello_reply reply;
  size_t bytes;
  wherry_read_hello_request(body, &request);
  if (request.conversation == 0) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, 0);
    return;
  }
  if (request.conversation != agent->conversation) {
    /* A run that stands goes on to its end, which nobody asks for any more. */
    agent->run.number = 0;
    agent->stands = false;
  }
  agent->conversation = request.conversation;
  bytes = (size_t)(wherry_write_identity_record(record, agent->backend->identity()) - record);
  reply.conversation = request.conversation;
  reply.total = (uint32_t)bytes;
  wherry_write_hello_reply(wherry_line_body(&agent->line), &reply);
  wherry_give(agent, asked, WHERRY_HELLO_REPLY_LENGTH, record, (uint32_t)bytes, NULL, 0);
}

static void memory(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_MEMORY_RECORD_LENGTH];
  struct wherry_memory_record record;
  agent->backend->memory(&record);
  wherry_write_memory_record(bytes, &record);
  wherry_give_whole(agent, asked, bytes, sizeof bytes);
}

static void self_test(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_CLOCK_RECORD_LENGTH];
  struct wherry_clock_record record;
  record.ticks = agent->backend->ticks();
  wherry_write_clock_record(bytes, &record);
  wherry_give_whole(agent, asked, bytes, sizeof bytes);
}

static void set_input(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_set_input_request request;
  struct wherry_room input;
  wherry_read_set_input_request(body, &request);
  if (agent->stands) {
    wherry_refuse(agent, asked, WHERRY_ERROR_BUSY, agent->run.number);
    return;
  }
  if (agent->backend->failure() != 0) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RUN_FAILED, agent->backend->failure());
    return;
  }
  input = agent->backend->input(request.input);
  if (input.data == NULL) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->inputs);
    return;
  }
  if (asked->offset > input.length || asked->length > input.length - asked->offset) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, input.length);
    return;
  }
  /* It may lie where outputs do. */
  agent->run.single = false;
  memcpy(input.data + asked->offset, body + WHERRY_SET_INPUT_REQUEST_LENGTH, asked->length);
  wherry_acknowledge(agent, asked);
}

static void reset(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_reset_request request;
  wherry_read_reset_request(body, &request);
  if (request.conversation != agent->conversation) {
    wherry_refuse(agent, asked, WHERRY_ERROR_STRANGER, 0);
    return;
  }
  wherry_acknowledge(agent, asked);
  agent->line.port->restart();
}

/* Bytes of the fields of a request; more than any has for a type that is none. */
static size_t fields_of(uint8_t type) {
  switch (type) {
    case WHERRY_TYPE_HELLO: return WHERRY_HELLO_REQUEST_LENGTH;
    case WHERRY_TYPE_SET_INPUT: return WHERRY_SET_INPUT_REQUEST_LENGTH;
    case WHERRY_TYPE_RUN: return WHERRY_RUN_REQUEST_LENGTH;
    case WHERRY_TYPE_PROFILE: return WHERRY_PROFILE_REQUEST_LENGTH;
    case WHERRY_TYPE_GET_OUTPUT: return WHERRY_GET_OUTPUT_REQUEST_LENGTH;
    case WHERRY_TYPE_GET_TENSOR: return WHERRY_GET_TENSOR_REQUEST_LENGTH;
    case WHERRY_TYPE_RESET: return WHERRY_RESET_REQUEST_LENGTH;
    case WHERRY_TYPE_MEMORY:
    case WHERRY_TYPE_SELF_TEST: return 0;
    default: return WHERRY_FIELD_LIMIT + 1u;
  }
}

static void answer(struct wherry_agent *agent, const struct wherry_frame *frame) {
  /* The body is written over by what is read while a run stands. */
  const struct wherry_header asked = frame->header;
  const size_t fields = fields_of(asked.type);
  const size_t data = asked.type == WHERRY_TYPE_SET_INPUT ? asked.length : 0;
  if (asked.version != WHERRY_VERSION) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_VERSION, WHERRY_VERSION);
  } else if (fields > WHERRY_FIELD_LIMIT) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_UNKNOWN, asked.type);
  } else if (frame->length != fields + data) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_MALFORMED, (uint32_t)frame->length);
  } else if (agent->conversation == 0 && asked.type != WHERRY_TYPE_HELLO) {
    wherry_refuse(agent, &asked, WHERRY_ERROR_STRANGER, 0);
  } else {
    switch (asked.type) {
      case WHERRY_TYPE_HELLO: hello(agent, &asked, frame->body); break;
      case WHERRY_TYPE_MEMORY: memory(agent, &asked); break;
      case WHERRY_TYPE_SET_INPUT: set_input(agent, &asked, frame->body); break;
      case WHERRY_TYPE_RUN: wherry_run_model(agent, &asked, frame->body); break;
      case WHERRY_TYPE_PROFILE: wherry_profile(agent, &asked, frame->body); break;
      case WHERRY_TYPE_GET_OUTPUT: wherry_get_output(agent, &asked, frame->body); break;
      case WHERRY_TYPE_GET_TENSOR: wherry_get_tensor(agent, &asked, frame->body); break;
      case WHERRY_TYPE_SELF_TEST: self_test(agent, &asked); break;
      default: reset(agent, &asked, frame->body); break;
    }
  }
}

void wherry_agent_poll(struct wherry_agent *agent) {
  struct wherry_frame frame;
  enum wherry_found found;
  while ((found = wherry_line_read(&agent->line, &frame)) != WHERRY_FOUND_NOTHING) {
    const bool stood = agent->stands;
#if WHERRY_MLPERF_BYTES > 0
    if (found == WHERRY_FOUND_COMMAND) {
      wherry_mlperf_answer(agent, frame.body, frame.length);
      continue;
    }
#endif
    answer(agent, &frame);
    /* The run goes on: what else has come waits until it stands again or is over. */
    if (stood && !agent->stands) return;
  }
}
`,
  'agent.h': `/* Answers what docs/protocol.md lists, for the model of a backend over a port. */
#ifndef WHERRY_AGENT_H
#define WHERRY_AGENT_H

#include "backend.h"
#include "digest.h"
#include "line.h"

#ifdef __cplusplus
extern "C" {
#endif

struct wherry_run {
  /* 0: there is none. */
  uint16_t number;
  uint16_t stop;
  uint16_t executed;
  bool single;
  bool over;
  bool last;
  bool timed;
  uint64_t ticks;
  /* When the operator began that runs now. */
  uint64_t since;
  uint8_t inputs[WHERRY_DIGEST_BYTES];
};

#if WHERRY_MLPERF_BYTES > 0
/* Inputs as the text protocol loads them. */
struct wherry_mlperf {
  uint8_t bytes[WHERRY_MLPERF_BYTES];
  uint32_t expected;
  uint32_t loaded;
};
#endif

struct wherry_agent {
  const struct wherry_backend *backend;
  struct wherry_line line;
  uint32_t conversation;
  struct wherry_run run;
  bool stands;
  /* The request that the run answers at its next stop. */
  struct wherry_header asked;
  /* The tensor that \`digest\` is of: 0 for none, otherwise from when the run went on for the last time. */
  uint8_t digest_type;
  uint16_t digest_position;
  uint8_t digest[WHERRY_DIGEST_BYTES];
#if WHERRY_MLPERF_BYTES > 0
  struct wherry_mlperf mlperf;
#endif
};

/* All zero before. */
void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port);

/* Answers what has come. */
void wherry_agent_poll(struct wherry_agent *agent);

/* For the backend: the operator at this position of the order of execution is done. */
void wherry_agent_after_operator(struct wherry_agent *agent, unsigned position);

#ifdef __cplusplus
}
#endif

#endif
`,
  'backend.h': `/* What the agent needs of a runtime with a model in it. */
#ifndef WHERRY_BACKEND_H
#define WHERRY_BACKEND_H

#include <stdbool.h>

#include "protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

struct wherry_agent;

/* Of the model's own memory; \`data\` is NULL where there is nothing of that position. */
struct wherry_bytes {
  const uint8_t *data;
  uint32_t length;
};

/* What is to be written. */
struct wherry_room {
  uint8_t *data;
  uint32_t length;
};

/* What the elements of an output stand for: scale * (integer - zero_point), or themselves. */
struct wherry_format {
  /* Of an element; 0 where there is no number in it. */
  uint8_t bytes;
  bool is_signed;
  bool is_real;
  float scale;
  int32_t zero_point;
};

struct wherry_backend {
  const struct wherry_identity_record *(*identity)(void);
  /* Why no inference is possible: the runtime's own code, or 0. */
  uint32_t (*failure)(void);
  /* One for each operator: what PROFILE gives. */
  uint32_t *profile;
  struct wherry_room (*input)(unsigned position);
  /* Room for all inputs one behind the other; empty where a run is one inference. Layers may write where inputs were. */
  struct wherry_room kept;
  struct wherry_bytes (*output)(unsigned position);
  struct wherry_format (*format)(unsigned output);
  /* What the operator left at which the run stands. */
  struct wherry_bytes (*tensor)(unsigned position);
  /* The operator that writes a tensor. */
  unsigned (*operator_of)(unsigned tensor);
  /* Lets the next inference begin with states as the first one did; NULL where the model keeps nothing from one to the next. */
  void (*reset)(void);
  /* One inference; wherry_agent_after_operator is called after each operator. Returns 0, or the runtime's own code. */
  uint32_t (*invoke)(struct wherry_agent *agent);
  /* Of the clock that the identity names. */
  uint64_t (*ticks)(void);
  void (*memory)(struct wherry_memory_record *record);
};

/* Without room for them a run is one inference: \`-DWHERRY_KEEPS_INPUTS=0\`. */
#ifndef WHERRY_KEEPS_INPUTS
#define WHERRY_KEEPS_INPUTS 1
#endif

/* That of the runtime that the firmware is built with: one file of backends/. */
extern const struct wherry_backend wherry_linked_backend;

#ifdef __cplusplus
}
#endif

#endif
`,
  'backends/compiled-hooks.h': `/* Tells the agent what each layer of a compiled model leaves. */
#ifndef WHERRY_COMPILED_HOOKS_H
#define WHERRY_COMPILED_HOOKS_H

#include <stdint.h>

void wherry_compiled_wrote(uint16_t position, uint16_t output, const void *data, uint32_t bytes);

#define G_MODEL_AFTER_LAYER(layer, output, data, bytes) wherry_compiled_wrote(layer, output, data, bytes)

#endif
`,
  'backends/compiled.c': `/* The backend of a compiled model: its layers report what they leave, in the order of execution. */
#include "../agent.h"
#include "../board.h"
#include "../firmware.h"
#include "agent-model.h"
#include "compiled-hooks.h"

static uint32_t profile[WHERRY_MODEL_OPERATORS];
static struct wherry_agent *running;
#if WHERRY_KEEPS_INPUTS
static uint8_t kept[WHERRY_MODEL_INPUT_BYTES];
#define WHERRY_KEPT {kept, WHERRY_MODEL_INPUT_BYTES}
#else
#define WHERRY_KEPT {NULL, 0}
#endif

/* What the operator left that was executed last. */
static struct wherry_bytes left[WHERRY_MODEL_MOST_OUTPUTS];
static unsigned first_left;
static unsigned tensors;

void wherry_compiled_wrote(uint16_t position, uint16_t output, const void *data, uint32_t bytes) {
  if (output == 0) first_left = tensors;
  left[output].data = (const uint8_t *)data;
  left[output].length = bytes;
  ++tensors;
  if (tensors == WHERRY_MODEL_TENSORS || wherry_model_operator_of[tensors] != position)
    wherry_agent_after_operator(running, position);
}

static uint32_t invoke(struct wherry_agent *agent) {
  running = agent;
  tensors = 0;
  WHERRY_MODEL_RUN();
  return 0;
}

static struct wherry_bytes tensor(unsigned position) { return left[position - first_left]; }

static unsigned operator_of(unsigned position) { return wherry_model_operator_of[position]; }

static void memory(struct wherry_memory_record *record) {
  wherry_board_memory(record);
  record->arena_bytes = WHERRY_MODEL_ARENA;
  record->arena_used = WHERRY_MODEL_ARENA;
}

static const struct wherry_identity_record *identity(void) {
  static struct wherry_identity_record record;
  record.firmware = WHERRY_FIRMWARE ", " WHERRY_MODEL_KERNELS " kernels";
  record.chip = wherry_board_chip;
  record.runtime = "compiled-c";
  record.runtime_commit = WHERRY_MODEL_TOOL;
  record.profile = WHERRY_MODEL_PROFILE;
  record.model = wherry_model_hash;
  record.arena_bytes = WHERRY_MODEL_ARENA;
  record.clock_hz = wherry_board_clock_hz;
  record.data_bytes = WHERRY_AGENT_DATA;
  record.window_bytes = wherry_board_window;
  record.inputs = WHERRY_MODEL_INPUTS;
  record.outputs = WHERRY_MODEL_OUTPUTS;
  record.operators = WHERRY_MODEL_OPERATORS;
  record.tensors = WHERRY_MODEL_TENSORS;
  return &record;
}

static uint32_t failure(void) { return 0; }

const struct wherry_backend wherry_linked_backend = {
    identity, failure, profile, wherry_model_input, WHERRY_KEPT, wherry_model_output, wherry_model_format, tensor, operator_of, WHERRY_MODEL_RESET, invoke,
    wherry_board_ticks, memory,
};
`,
  'backends/tflite-micro.cc': `/*
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
`,
  'bare-metal/bare-metal.h': `/*
 * The agent on a board without an operating system, whose linker script says where the stack lies (stack_top, zero_end).
 * A port includes this once, and defines what is declared here.
 */
#ifndef WHERRY_BARE_METAL_H
#define WHERRY_BARE_METAL_H

#include "../agent.h"
#include "../board.h"
#include "../stack.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* Lets line and clock run. */
static void begin(void);
/* Waits until there is room for it. */
static void write_byte(uint8_t byte);
/* Whether there was one. */
static bool read_byte(uint8_t *to);
/* Sleeps until a byte may be there; may come back before. */
static void wait_for_byte(void);
static void restart(void);

/* Of the linker: the stack grows down from the one to the other. */
extern uint32_t stack_top, zero_end;

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) write_byte(*from++);
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length;
  if (!read_byte(to)) {
    wait_for_byte();
    if (!read_byte(to)) return 0;
  }
  for (length = 1; length < most && read_byte(to + length);) ++length;
  return length;
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = (uint32_t)((uintptr_t)&stack_top - (uintptr_t)&zero_end);
  record->stack_used = wherry_stack_used(&zero_end, &stack_top);
  record->heap_bytes = 0;
  record->heap_used = 0;
}

int main(void) {
  static struct wherry_agent agent;
  static const char greeting[] = "wherry agent\\r\\n";
  wherry_stack_paint(&zero_end);
  begin();
  write_bytes((const uint8_t *)greeting, sizeof greeting - 1u);
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}

#endif
`,
  'bare-metal/cmsdk-uart.h': `/* The UART of Arm's CMSDK, at the address CMSDK_UART; what it receives comes as the interrupt CMSDK_UART_INTERRUPT. */
#ifndef WHERRY_CMSDK_UART_H
#define WHERRY_CMSDK_UART_H

#include "bare-metal.h"
#include "cortex-m.h"
#ifdef WHERRY_COUNTS_INSTRUCTIONS
#include "instructions.h"
#endif

#define UART_DATA REGISTER(CMSDK_UART)
#define UART_STATE REGISTER(CMSDK_UART + 4u)
#define UART_CONTROL REGISTER(CMSDK_UART + 8u)
#define UART_INTERRUPTS REGISTER(CMSDK_UART + 12u)
#define UART_DIVIDER REGISTER(CMSDK_UART + 16u)
/* Bits of the registers of control, and of interrupts. */
#define UART_SENDS 1u
#define UART_RECEIVES 2u
#define UART_RECEIVED_INTERRUPTS 8u
#define UART_RECEIVED 2u

/* Its register holds one byte; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;

static void begin_uart(void) {
  UART_DIVIDER = 16;
  UART_CONTROL = UART_SENDS | UART_RECEIVES | UART_RECEIVED_INTERRUPTS;
  let_wake(CMSDK_UART_INTERRUPT);
}

static void wait_for_line(void) {
  while ((UART_STATE & 1u) != 0) {
  }
}

static void write_byte(uint8_t byte) {
  wait_for_line();
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 2u) == 0) return false;
  *to = (uint8_t)UART_DATA;
  return true;
}

static void wait_for_byte(void) {
  wait_for_interrupt();
  UART_INTERRUPTS = UART_RECEIVED;
  clear_pending(CMSDK_UART_INTERRUPT);
#ifdef WHERRY_COUNTS_INSTRUCTIONS
  has_slept();
#endif
}

#endif
`,
  'bare-metal/cortex-m.h': `/* What every Cortex-M has. */
#ifndef WHERRY_CORTEX_M_H
#define WHERRY_CORTEX_M_H

#include "bare-metal.h"

/* Until all that was written has left. */
static void wait_for_line(void);

/* It ends the sleep of the processor and is never taken. */
static void let_wake(unsigned interrupt) {
  __asm__ volatile("cpsid i");
  REGISTER(0xe000e100u + interrupt / 32u * 4u) = 1u << interrupt % 32u;
}

static void wait_for_interrupt(void) { __asm__ volatile("wfi" ::: "memory"); }

static void clear_pending(unsigned interrupt) { REGISTER(0xe000e280u + interrupt / 32u * 4u) = 1u << interrupt % 32u; }

/* The register AIRCR: the key, and SYSRESETREQ. */
static void restart(void) {
  wait_for_line();
  REGISTER(0xe000ed0cu) = 0x05fa0004u;
  for (;;) {
  }
}

#endif
`,
  'bare-metal/instructions.h': `/*
 * Executed instructions by a clock that the emulator moves on by TIMER_TICKS / TIMER_INSTRUCTIONS, more than one, for each.
 * Asleep it moves on by any part of that: only what has passed since the last sleep is a whole number of them, of which a
 * difference of two readings, less than one tick wrong, is nearer than to any other.
 */
#ifndef WHERRY_INSTRUCTIONS_H
#define WHERRY_INSTRUCTIONS_H

#include <stdint.h>

/* What the clock says. */
static uint64_t counted(void);

static uint64_t instructions_before, ticks_before;

static uint64_t instructions(void) {
  const uint64_t ticks = counted() - ticks_before;
  return instructions_before + (ticks * TIMER_INSTRUCTIONS + TIMER_TICKS / 2u) / TIMER_TICKS;
}

/* After every sleep. */
static void has_slept(void) {
  instructions_before = instructions();
  ticks_before = counted();
}

#endif
`,
  'bare-metal/turns.h': `/* A counter of 32 bits as one of 64. */
#ifndef WHERRY_TURNS_H
#define WHERRY_TURNS_H

#include <stdint.h>

/* \`counted\`: what it says now; at least once in each of its turns. */
static inline uint64_t with_turns(uint32_t counted) {
  static uint32_t last;
  static uint64_t turns;
  if (counted < last) turns += (uint64_t)1 << 32;
  last = counted;
  return turns + counted;
}

#endif
`,
  'bare-metal/two-counters.h': `/* A counter of 32 bits as one of 64, by another that is slower: an operator of any length is counted whole. */
#ifndef WHERRY_TWO_COUNTERS_H
#define WHERRY_TWO_COUNTERS_H

#include <stdint.h>

/* \`coarse\`: the same count as \`fine\`, known to within less than half a turn. Always as many instructions: they are counted, too. */
static inline uint64_t whole_count(uint32_t fine, uint64_t coarse) {
  return coarse + (uint64_t)(int64_t)(int32_t)(fine - (uint32_t)coarse);
}

#endif
`,
  'board.h': `/* What a port of the agent to a board has of its own. */
#ifndef WHERRY_BOARD_H
#define WHERRY_BOARD_H

#include "line.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Text of at most WHERRY_TEXT_LIMIT bytes. */
extern const char *const wherry_board_chip;
extern const struct wherry_port wherry_board_port;

/* Bytes that are received while a run is under way: of what comes besides some are lost. */
extern const uint16_t wherry_board_window;

/* Ticks of wherry_board_clock_hz in a second; of executed instructions where that is 0. */
extern const uint32_t wherry_board_clock_hz;
uint64_t wherry_board_ticks(void);

/* Fills in stack and heap; 4294967295 for what is not known. */
void wherry_board_memory(struct wherry_memory_record *record);

#ifdef __cplusplus
}
#endif

#endif
`,
  'digest.c': `/* SHA-256 (FIPS 180-4). */
#include "digest.h"

#include <string.h>

/* The first bits of the fractions of the cube roots of the first primes, and of their square roots. */
static const uint32_t constants[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u,
};
static const uint32_t first[8] = {
    0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u,
};

static uint32_t turned(uint32_t value, unsigned bits) { return value >> bits | value << (32u - bits); }

static uint32_t word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3];
}

static void take_block(struct wherry_digest *digest) {
  uint32_t words[16];
  uint32_t s[8];
  unsigned round;
  unsigned i;
  for (i = 0; i < 16u; ++i) words[i] = word(digest->block + 4u * i);
  memcpy(s, digest->state, sizeof s);
  for (round = 0; round < 64u; ++round) {
    uint32_t one;
    uint32_t two;
    if (round >= 16u) {
      const uint32_t early = words[(round + 1u) & 15u];
      const uint32_t late = words[(round + 14u) & 15u];
      words[round & 15u] += (turned(early, 7) ^ turned(early, 18) ^ early >> 3) + words[(round + 9u) & 15u] +
                            (turned(late, 17) ^ turned(late, 19) ^ late >> 10);
    }
    one = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) +
          constants[round] + words[round & 15u];
    two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    for (i = 7; i > 0; --i) s[i] = s[i - 1u];
    s[4] += one;
    s[0] = one + two;
  }
  for (i = 0; i < 8u; ++i) digest->state[i] += s[i];
}

void wherry_digest_begin(struct wherry_digest *digest) {
  memcpy(digest->state, first, sizeof first);
  digest->length = 0;
}

void wherry_digest_add(struct wherry_digest *digest, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    const size_t held = (size_t)(digest->length & 63u);
    const size_t taken = length < 64u - held ? length : 64u - held;
    memcpy(digest->block + held, bytes, taken);
    digest->length += taken;
    bytes += taken;
    length -= taken;
    if (held + taken == 64u) take_block(digest);
  }
}

void wherry_digest_end(struct wherry_digest *digest, uint8_t result[WHERRY_DIGEST_BYTES]) {
  static const uint8_t padding[64] = {0x80};
  const uint64_t bits = 8u * digest->length;
  const size_t held = (size_t)(digest->length & 63u);
  uint8_t tail[8];
  unsigned i;
  for (i = 0; i < 8u; ++i) tail[i] = (uint8_t)(bits >> (56u - 8u * i) & 0xffu);
  wherry_digest_add(digest, padding, held < 56u ? 56u - held : 120u - held);
  wherry_digest_add(digest, tail, 8);
  for (i = 0; i < 32u; ++i) result[i] = (uint8_t)(digest->state[i / 4u] >> (24u - 8u * (i % 4u)) & 0xffu);
}
`,
  'digest.h': `/* SHA-256 (FIPS 180-4). */
#ifndef WHERRY_DIGEST_H
#define WHERRY_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WHERRY_DIGEST_BYTES 32u

struct wherry_digest {
  uint32_t state[8];
  uint8_t block[64];
  uint64_t length;
};

void wherry_digest_begin(struct wherry_digest *digest);
void wherry_digest_add(struct wherry_digest *digest, const uint8_t *bytes, size_t length);
void wherry_digest_end(struct wherry_digest *digest, uint8_t result[WHERRY_DIGEST_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
`,
  'firmware.h': `/* How the firmware calls itself: what else its figures depend on beside the chip, the runtime and the model. */
#ifndef WHERRY_FIRMWARE_H
#define WHERRY_FIRMWARE_H

#define WHERRY_TEXT_OF(name) #name
#define WHERRY_VERSION_OF(major, minor, patch) WHERRY_TEXT_OF(major) "." WHERRY_TEXT_OF(minor) "." WHERRY_TEXT_OF(patch)

#if defined(__clang__)
#define WHERRY_COMPILER "clang " WHERRY_VERSION_OF(__clang_major__, __clang_minor__, __clang_patchlevel__)
#elif defined(__GNUC__)
#define WHERRY_COMPILER "gcc " WHERRY_VERSION_OF(__GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__)
#else
#define WHERRY_COMPILER "a compiler of no name"
#endif

#define WHERRY_FIRMWARE "wherry agent 1, " WHERRY_COMPILER

#endif
`,
  'line.c': `/* Frames on a line. Whatever comes, nothing is written beyond the frame's buffer. */
#include "line.h"

static uint32_t checksum(const uint8_t *bytes, size_t length) {
  /* CRC-32C of each value of four bits: a table of 64 bytes instead of 1024. */
  static const uint32_t table[16] = {
      0x00000000u, 0x105ec76fu, 0x20bd8edeu, 0x30e349b1u, 0x417b1dbcu, 0x5125dad3u, 0x61c69362u, 0x7198540du,
      0x82f63b78u, 0x92a8fc17u, 0xa24bb5a6u, 0xb21572c9u, 0xc38d26c4u, 0xd3d3e1abu, 0xe330a81au, 0xf36e6f75u,
  };
  uint32_t crc = 0xffffffffu;
  size_t at;
  for (at = 0; at < length; ++at) {
    crc = (crc >> 4) ^ table[(crc ^ bytes[at]) & 15u];
    crc = (crc >> 4) ^ table[(crc ^ ((uint32_t)bytes[at] >> 4)) & 15u];
  }
  return ~crc;
}

/* In place: no byte is written before it has been read. Returns how many there are; 0 where nothing is stuffed so. */
static size_t unstuff(uint8_t *bytes, size_t length) {
  size_t from = 0;
  size_t to = 0;
  while (from < length) {
    const size_t run = bytes[from];
    if (run == 0 || run > length - from) return 0;
    memmove(bytes + to, bytes + from + 1, run - 1);
    to += run - 1;
    from += run;
    if (run < 255 && from < length) bytes[to++] = 0;
  }
  return to;
}

static bool is_frame(struct wherry_line *line, struct wherry_frame *frame) {
  size_t length;
  if (line->length >= sizeof line->frame) return false;
  length = unstuff(line->frame, line->length);
  if (length < WHERRY_HEADER_BYTES + 4u) return false;
  length -= 4u;
  if (wherry_get_u32(line->frame + length) != checksum(line->frame, length)) return false;
  wherry_read_header(line->frame, &frame->header);
  frame->body = line->frame + WHERRY_HEADER_BYTES;
  frame->length = length - WHERRY_HEADER_BYTES;
  return true;
}

#if WHERRY_MLPERF_BYTES > 0
/*
 * Whether a % ends a command. No frame looks like one: its second byte is the version, which is no character. What is too long for
 * a frame is over at a %, so that a line without zeros comes to sense again.
 */
static bool is_command(struct wherry_line *line, uint8_t byte, struct wherry_frame *frame) {
  const bool too_long = line->length >= sizeof line->frame;
  const bool is_text = !too_long && !line->is_binary;
  if ((byte < ' ' && byte != '\\r' && byte != '\\n') || byte > '~') line->is_binary = true;
  if (byte != '%' || !(too_long || is_text)) return false;
  frame->body = line->frame;
  frame->length = line->length - 1u;
  line->length = 0;
  line->is_binary = false;
  return is_text;
}
#endif

enum wherry_found wherry_line_read(struct wherry_line *line, struct wherry_frame *frame) {
  for (;;) {
    uint8_t byte;
    if (line->next == line->end) {
      line->next = 0;
      line->end = line->port->read(line->arrived, sizeof line->arrived);
      if (line->end == 0) return WHERRY_FOUND_NOTHING;
    }
    byte = line->arrived[line->next++];
    if (byte != 0) {
      /* What is too long stays so until the next zero. */
      if (line->length < sizeof line->frame) line->frame[line->length++] = byte;
#if WHERRY_MLPERF_BYTES > 0
      if (is_command(line, byte, frame)) return WHERRY_FOUND_COMMAND;
#endif
    } else {
      const bool found = is_frame(line, frame);
      line->length = 0;
#if WHERRY_MLPERF_BYTES > 0
      line->is_binary = false;
#endif
      if (found) return WHERRY_FOUND_FRAME;
    }
  }
}

uint8_t *wherry_line_body(struct wherry_line *line) { return line->reply + WHERRY_HEADER_BYTES; }

void wherry_line_write(struct wherry_line *line, const struct wherry_header *header, size_t body) {
  static const uint8_t zero = 0;
  const size_t checked = WHERRY_HEADER_BYTES + body;
  const size_t length = checked + 4u;
  size_t from = 0;
  wherry_write_header(line->reply, header);
  wherry_put_u32(line->reply + checked, checksum(line->reply, checked));
  line->port->write(&zero, 1);
  for (;;) {
    size_t run = 0;
    uint8_t code;
    while (run < 254u && from + run < length && line->reply[from + run] != 0) ++run;
    code = (uint8_t)(run + 1u);
    line->port->write(&code, 1);
    line->port->write(line->reply + from, run);
    from += run;
    if (from == length) break;
    /* A full run has no zero behind it. */
    if (run == 254u) continue;
    ++from;
    if (from == length) {
      static const uint8_t nothing = 1;
      line->port->write(&nothing, 1);
      break;
    }
  }
  line->port->write(&zero, 1);
}
`,
  'line.h': `/* Frames on a line: found among any bytes, checked, written. */
#ifndef WHERRY_LINE_H
#define WHERRY_LINE_H

#include <stdbool.h>

#include "protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of data in a frame that this device takes and gives. */
#ifndef WHERRY_AGENT_DATA
#define WHERRY_AGENT_DATA 256u
#endif
#if WHERRY_AGENT_DATA < WHERRY_LEAST_DATA || WHERRY_AGENT_DATA > WHERRY_DATA_LIMIT
#error "WHERRY_AGENT_DATA is not what the protocol allows"
#endif

#define WHERRY_PLAIN_BYTES (WHERRY_HEADER_BYTES + WHERRY_FIELD_LIMIT + WHERRY_AGENT_DATA + 4u)

/* What the agent needs of a board. */
struct wherry_port {
  /* Reads at most so many bytes that are there; waits for none, or for a moment. */
  size_t (*read)(uint8_t *to, size_t most);
  void (*write)(const uint8_t *from, size_t length);
  /* Starts anew, once all is written. */
  void (*restart)(void);
  /* Between two operators, in no time that is measured: what others on the board are owed in a long run. NULL where that is nothing. */
  void (*rest)(void);
};

/* Bytes of inputs that the text protocol of MLPerf Tiny has room for: it is spoken where there are any. */
#ifndef WHERRY_MLPERF_BYTES
#define WHERRY_MLPERF_BYTES 0u
#endif

enum wherry_found { WHERRY_FOUND_NOTHING, WHERRY_FOUND_FRAME, WHERRY_FOUND_COMMAND };

struct wherry_frame {
  /* Of a command there is none. */
  struct wherry_header header;
  /* Holds until the next one is read. */
  const uint8_t *body;
  size_t length;
};

struct wherry_line {
  const struct wherry_port *port;
  uint8_t arrived[64];
  size_t next;
  size_t end;
  /* Stuffed, then plain. One byte more than a frame takes, for what is too long. */
  uint8_t frame[WHERRY_PLAIN_BYTES + WHERRY_PLAIN_BYTES / 254u + 2u];
  size_t length;
#if WHERRY_MLPERF_BYTES > 0
  /* There is something in it that is no text. */
  bool is_binary;
#endif
  uint8_t reply[WHERRY_PLAIN_BYTES];
};

/* What is there: a frame, or text in front of a %. */
enum wherry_found wherry_line_read(struct wherry_line *line, struct wherry_frame *frame);

/* Where the body of a reply is to be put, for wherry_line_write. */
uint8_t *wherry_line_body(struct wherry_line *line);

void wherry_line_write(struct wherry_line *line, const struct wherry_header *header, size_t body);

#ifdef __cplusplus
}
#endif

#endif
`,
  'mlperf.c': `/*
 * Answers the commands that MLPerf Tiny's runner sends (mlcommons/tiny, benchmark/api), on the same line as frames. Inputs are loaded
 * into a buffer, as inferences spend those of the model; several lie one behind the other.
 */
#include "mlperf.h"

#if WHERRY_MLPERF_BYTES > 0

#include "text.h"

/* What its name is to a runner: \`-DWHERRY_MLPERF_MODEL='"ic01"'\`. Otherwise it is told by its hash. */
#ifndef WHERRY_MLPERF_MODEL
#define WHERRY_MLPERF_MODEL NULL
#endif

static void print(struct wherry_agent *agent, const char *text) { wherry_text_print(agent->line.port, text); }

static void print_line(struct wherry_agent *agent, const char *before, uint32_t number, const char *behind) {
  print(agent, before);
  wherry_text_print_unsigned(agent->line.port, number);
  print(agent, behind);
  print(agent, "\\r\\n");
}

static void print_name(struct wherry_agent *agent) {
  print(agent, "m-name-dut-[");
  print(agent, agent->backend->identity()->chip);
  print(agent, "]\\r\\n");
}

/* A runner knows what it may ask by this profile. */
static void print_profile(struct wherry_agent *agent) {
  static const char *const name = WHERRY_MLPERF_MODEL;
  unsigned at;
  print(agent, "m-profile-[ULPMark for tinyML Firmware V0.0.1]\\r\\nm-model-[");
  if (name != NULL) print(agent, name);
  for (at = 0; name == NULL && at < 8u; ++at) wherry_text_print_byte(agent->line.port, agent->backend->identity()->model[at]);
  print(agent, "]\\r\\n");
}

static void print_help(struct wherry_agent *agent) {
  print(agent,
        "name%         the chip\\r\\n"
        "profile%      firmware and model\\r\\n"
        "timestamp%    microseconds since the start\\r\\n"
        "db load N%    N bytes of inputs will come\\r\\n"
        "db HEX%       some of them\\r\\n"
        "db print [N [FIRST]]%  what has come\\r\\n"
        "infer N [W]%  N inferences after W others (10)\\r\\n"
        "results%      the first output of the last inference\\r\\n");
}

/* A counter of instructions tells no time. */
static void print_time(struct wherry_agent *agent) {
  const uint32_t rate = agent->backend->identity()->clock_hz;
  const uint64_t ticks = agent->backend->ticks();
  if (rate == 0) {
    print(agent, "e-[The clock counts instructions]\\r\\n");
  } else {
    /* Without the seconds apart, a product of 64 bits would run over after an hour. */
    const uint64_t micros = ticks / rate * 1000000u + ticks % rate * 1000000u / rate;
    print_line(agent, "m-lap-us-", (uint32_t)micros, "");
  }
}

static void begin_load(struct wherry_agent *agent, struct wherry_text *words) {
  struct wherry_mlperf *held = &agent->mlperf;
  uint32_t bytes;
  if (!wherry_text_number(words, &bytes) || bytes == 0) {
    print(agent, "e-[Command 'db load' requires the # of bytes]\\r\\n");
  } else if (bytes > WHERRY_MLPERF_BYTES) {
    print_line(agent, "e-[There is room for ", WHERRY_MLPERF_BYTES, " bytes]");
  } else {
    held->expected = bytes;
    held->loaded = 0;
    print_line(agent, "m-[Expecting ", bytes, " bytes]");
  }
}

/* Nothing is taken of digits that are not sound; what is more than was announced is left out. */
static void load(struct wherry_agent *agent, const struct wherry_text *digits) {
  struct wherry_mlperf *held = &agent->mlperf;
  size_t at;
  uint8_t byte = 0;
  if (digits->length % 2u != 0) {
    print(agent, "e-[Insufficient number of hex digits]\\r\\n");
    return;
  }
  for (at = 0; at < digits->length; at += 2u) {
    if (!wherry_text_byte(digits->at + at, &byte)) {
      print(agent, "e-[Invalid hex digit]\\r\\n");
      return;
    }
  }
  if (held->loaded == held->expected) {
    print(agent, "e-[No bytes are expected]\\r\\n");
    return;
  }
  for (at = 0; at < digits->length && held->loaded < held->expected; at += 2u) {
    (void)wherry_text_byte(digits->at + at, &byte);
    held->bytes[held->loaded++] = byte;
  }
  if (held->loaded == held->expected) print(agent, "m-load-done\\r\\n");
}

static void print_loaded(struct wherry_agent *agent, struct wherry_text *words) {
  const struct wherry_mlperf *held = &agent->mlperf;
  uint32_t count = held->loaded;
  uint32_t first = 0;
  uint32_t at;
  if (wherry_text_number(words, &count)) (void)wherry_text_number(words, &first);
  if (first > held->loaded) first = held->loaded;
  if (count > held->loaded - first) count = held->loaded - first;
  for (at = 0; at < count; ++at) {
    print(agent, at % 8u == 0 ? "m-buffer-" : "-");
    wherry_text_print_byte(agent->line.port, held->bytes[first + at]);
    if (at % 8u == 7u || at + 1u == count) print(agent, "\\r\\n");
  }
}

static void answer_buffer(struct wherry_agent *agent, struct wherry_text *words) {
  const struct wherry_text word = wherry_text_word(words);
  if (word.length == 0) {
    print(agent, "e-[Command 'db' requires a subcommand]\\r\\n");
  } else if (wherry_text_is(&word, "load")) {
    begin_load(agent, words);
  } else if (wherry_text_is(&word, "print")) {
    print_loaded(agent, words);
  } else {
    load(agent, &word);
  }
}

static float real_at(const struct wherry_format *format, const uint8_t *at) {
  int32_t number;
  float real;
  int16_t half;
  if (format->is_real) {
    memcpy(&real, at, sizeof real);
    return real;
  }
  if (format->bytes == 1) {
    number = format->is_signed ? (int8_t)*at : *at;
  } else if (format->bytes == 2) {
    memcpy(&half, at, sizeof half);
    number = format->is_signed ? half : (uint16_t)half;
  } else {
    memcpy(&number, at, sizeof number);
  }
  return format->scale * ((float)number - (float)format->zero_point);
}

static void print_results(struct wherry_agent *agent) {
  const struct wherry_bytes output = agent->backend->output(0);
  const struct wherry_format format = agent->backend->format(0);
  uint32_t at;
  if (!agent->run.over || !agent->run.single) {
    print(agent, "e-[No results are there]\\r\\n");
  } else if (format.bytes == 0) {
    print(agent, "e-[The output has no numbers that are printed]\\r\\n");
  } else {
    print(agent, "m-results-[");
    for (at = 0; at < output.length / format.bytes; ++at) {
      if (at > 0) print(agent, ",");
      wherry_text_print_real(agent->line.port, real_at(&format, output.data + (size_t)at * format.bytes));
    }
    print(agent, "]\\r\\n");
  }
}

/* Whether what was loaded is all that the model takes. */
static bool is_loaded(struct wherry_agent *agent) {
  uint32_t bytes = 0;
  unsigned position;
  for (position = 0; position < agent->backend->identity()->inputs; ++position) bytes += agent->backend->input(position).length;
  if (agent->mlperf.loaded == bytes) return true;
  print_line(agent, "e-[The model takes ", bytes, " bytes]");
  return false;
}

static uint32_t infer_once(struct wherry_agent *agent) {
  const uint8_t *from = agent->mlperf.bytes;
  unsigned position;
  for (position = 0; position < agent->backend->identity()->inputs; ++position) {
    const struct wherry_room input = agent->backend->input(position);
    memcpy(input.data, from, input.length);
    from += input.length;
  }
  if (agent->backend->reset != NULL) agent->backend->reset();
  return agent->backend->invoke(agent);
}

/* 0, or the code of the runtime, which has been printed. */
static uint32_t infer_many(struct wherry_agent *agent, uint32_t count) {
  for (; count > 0; --count) {
    const uint32_t failure = infer_once(agent);
    if (failure == 0) continue;
    print_line(agent, "e-[The runtime failed with ", failure, "]");
    return failure;
  }
  return 0;
}

static void infer(struct wherry_agent *agent, struct wherry_text *words) {
  uint32_t count = 1;
  uint32_t warm_up = 10;
  if (words->length > 0 && !(wherry_text_number(words, &count) && count > 0)) {
    print(agent, "e-[Inference iterations must be >0]\\r\\n");
    return;
  }
  if (words->length > 0 && !wherry_text_number(words, &warm_up)) {
    print(agent, "e-[Inference warmup must be >=0]\\r\\n");
    return;
  }
  if (agent->stands) {
    print(agent, "e-[A run stands still]\\r\\n");
    return;
  }
  if (agent->backend->failure() != 0) {
    print_line(agent, "e-[The runtime failed with ", agent->backend->failure(), "]");
    return;
  }
  if (!is_loaded(agent)) return;
  /* No run of a number: nothing is counted, and no frame asks for what it left. */
  memset(&agent->run, 0, sizeof agent->run);
  print_line(agent, "m-warmup-start-", warm_up, "");
  if (infer_many(agent, warm_up) != 0) return;
  print(agent, "m-warmup-done\\r\\n");
  print_line(agent, "m-infer-start-", count, "");
  print_time(agent);
  if (infer_many(agent, count) != 0) return;
  print_time(agent);
  print(agent, "m-infer-done\\r\\n");
  agent->run.over = true;
  agent->run.single = true;
  print_results(agent);
}

void wherry_mlperf_greet(struct wherry_agent *agent) { print(agent, "m-timestamp-mode-performance\\r\\nm-init-done\\r\\nm-ready\\r\\n"); }

void wherry_mlperf_answer(struct wherry_agent *agent, const uint8_t *text, size_t length) {
  struct wherry_text words = {text, length};
  const struct wherry_text command = wherry_text_word(&words);
  if (wherry_text_is(&command, "name")) {
    print_name(agent);
  } else if (wherry_text_is(&command, "profile")) {
    print_profile(agent);
  } else if (wherry_text_is(&command, "timestamp")) {
    print_time(agent);
  } else if (wherry_text_is(&command, "help")) {
    print_help(agent);
  } else if (wherry_text_is(&command, "db")) {
    answer_buffer(agent, &words);
  } else if (wherry_text_is(&command, "infer")) {
    infer(agent, &words);
  } else if (wherry_text_is(&command, "results")) {
    print_results(agent);
  } else {
    print(agent, "e-[Unknown command: ");
    agent->line.port->write(command.at, command.length);
    print(agent, "]\\r\\n");
  }
  print(agent, "m-ready\\r\\n");
}

#endif
`,
  'mlperf.h': `/* The text protocol of MLPerf Tiny: commands that end in %, answered with lines, the last of them m-ready. */
#ifndef WHERRY_MLPERF_H
#define WHERRY_MLPERF_H

#include "agent.h"

#ifdef __cplusplus
extern "C" {
#endif

#if WHERRY_MLPERF_BYTES > 0

/* What a device says as it starts. */
void wherry_mlperf_greet(struct wherry_agent *agent);

/* \`text\`: what stood in front of the %. */
void wherry_mlperf_answer(struct wherry_agent *agent, const uint8_t *text, size_t length);

#endif

#ifdef __cplusplus
}
#endif

#endif
`,
  'ports/arduino.cpp': `/* The agent as an Arduino sketch, over Serial at 115200 baud. */
#include <Arduino.h>

#include "../agent.h"
#include "../bare-metal/turns.h"
#include "../board.h"

#ifdef __AVR__
#include <avr/wdt.h>
#endif

#ifdef ARDUINO_BOARD
#define BOARD_NAME ARDUINO_BOARD
#else
#define BOARD_NAME "Arduino"
#endif

/* The tasks of the network, and the watchdog that waits three seconds for them. */
static void rest(void) {
#if defined(ESP8266) || defined(ESP32)
  yield();
#endif
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  /* Looked at often enough for every turn of its 32 bits to be seen. */
  (void)wherry_board_ticks();
  while (length < most && Serial.available() > 0) to[length++] = static_cast<uint8_t>(Serial.read());
  if (length == 0) rest();
  return length;
}

static void write_bytes(const uint8_t *from, size_t length) { Serial.write(from, length); }

static void restart(void) {
  Serial.flush();
#if defined(ESP8266) || defined(ESP32)
  ESP.restart();
#elif defined(__AVR__)
  wdt_enable(WDTO_15MS);
#else
  NVIC_SystemReset();
#endif
  for (;;) {
  }
}

const char *const wherry_board_chip = BOARD_NAME;
const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, rest};
/* The least that cores keep. */
const uint16_t wherry_board_window = 64;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return with_turns(static_cast<uint32_t>(micros())); }

/* No function for it is common to all cores. */
void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = 0xffffffffu;
  record->stack_used = 0xffffffffu;
  record->heap_bytes = 0xffffffffu;
  record->heap_used = 0xffffffffu;
}

static struct wherry_agent agent;

void setup() {
  Serial.begin(115200);
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
}

void loop() { wherry_agent_poll(&agent); }
`,
  'ports/esp-idf.c': `/*
 * The agent on an Espressif chip with ESP-IDF: over UART 0, and over the USB port of the chip where it has one. A board may bring out
 * either: it answers where it was asked last.
 */
#include "driver/uart.h"
#include "esp_heap_caps.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
#include "driver/usb_serial_jtag.h"
#endif

#include "../agent.h"
#include "../board.h"

#define RECEIVED_BYTES 4096

const char *const wherry_board_chip = CONFIG_IDF_TARGET;
/* The driver keeps them. */
const uint16_t wherry_board_window = RECEIVED_BYTES;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return (uint64_t)esp_timer_get_time(); }

/* Where the last bytes came from. */
static bool asked_by_usb = false;

#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
static void begin_usb(void) {
  usb_serial_jtag_driver_config_t settings = USB_SERIAL_JTAG_DRIVER_CONFIG_DEFAULT();
  settings.rx_buffer_size = RECEIVED_BYTES;
  ESP_ERROR_CHECK(usb_serial_jtag_driver_install(&settings));
}

/* What nobody takes is lost, as on a line without a listener. */
static void write_usb(const uint8_t *from, size_t length) {
  while (length > 0) {
    const int written = usb_serial_jtag_write_bytes(from, length, pdMS_TO_TICKS(100));
    if (written <= 0) return;
    from += written;
    length -= (size_t)written;
  }
}
#endif

static void begin(void) {
  ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, RECEIVED_BYTES, 0, 0, NULL, 0));
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
  begin_usb();
#endif
}

static size_t read_bytes(uint8_t *to, size_t most) {
  int length = uart_read_bytes(UART_NUM_0, to, (uint32_t)most, 0);
  if (length > 0) asked_by_usb = false;
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
  if (length <= 0) {
    length = usb_serial_jtag_read_bytes(to, (uint32_t)most, 0);
    if (length > 0) asked_by_usb = true;
  }
#endif
  if (length > 0) return (size_t)length;
  /* So that other tasks run. */
  vTaskDelay(1);
  return 0;
}

static void write_bytes(const uint8_t *from, size_t length) {
#ifdef CONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED
  if (asked_by_usb) {
    write_usb(from, length);
    return;
  }
#endif
  (void)uart_write_bytes(UART_NUM_0, from, length);
}

/* The reply needs a moment to leave. */
static void restart(void) {
  vTaskDelay(pdMS_TO_TICKS(50));
  esp_restart();
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = CONFIG_ESP_MAIN_TASK_STACK_SIZE;
  /* Here in bytes, unlike in other ports of FreeRTOS. */
  record->stack_used = CONFIG_ESP_MAIN_TASK_STACK_SIZE - (uint32_t)uxTaskGetStackHighWaterMark(NULL);
  record->heap_bytes = (uint32_t)heap_caps_get_total_size(MALLOC_CAP_DEFAULT);
  record->heap_used = record->heap_bytes - (uint32_t)heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
}

void app_main(void) {
  static struct wherry_agent agent;
  begin();
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
`,
  'ports/mps2.c': `/* The agent on Arm's MPS2 boards with a CMSDK UART and timer (AN385, AN386, AN500, AN505), as they are emulated. */
#ifndef CMSDK_UART
#define CMSDK_UART 0x40004000u
#define CMSDK_UART_INTERRUPT 0u
#endif
#ifndef CMSDK_TIMER
#define CMSDK_TIMER 0x40000000u
#define TIMER_HZ 25000000u
#define MPS2_FPGAIO 0x40028000u
#endif
#include "../bare-metal/cmsdk-uart.h"
#include "../bare-metal/two-counters.h"

#define TIMER_CONTROL REGISTER(CMSDK_TIMER)
#define TIMER_VALUE REGISTER(CMSDK_TIMER + 4u)
#define TIMER_RELOAD REGISTER(CMSDK_TIMER + 8u)
/* Of the board itself: it counts hundredths of a second. */
#define HUNDREDTHS REGISTER(MPS2_FPGAIO + 20u)

const char *const wherry_board_chip = "Cortex-M on MPS2";

static uint64_t counted(void) {
  /* In this order, as the one may move on before the other is read: it is half a turn off by far less. */
  const uint64_t coarse = (uint64_t)HUNDREDTHS * (TIMER_HZ / 100u);
  /* It counts down. */
  return whole_count(0xffffffffu - TIMER_VALUE, coarse);
}

#ifdef WHERRY_COUNTS_INSTRUCTIONS
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) { return instructions(); }
#else
const uint32_t wherry_board_clock_hz = TIMER_HZ;
uint64_t wherry_board_ticks(void) { return counted(); }
#endif

static void begin(void) {
  TIMER_RELOAD = 0xffffffffu;
  TIMER_VALUE = 0xffffffffu;
  TIMER_CONTROL = 1;
  HUNDREDTHS = 0;
  begin_uart();
}
`,
  'ports/mps3.c': `/* The agent on Arm's MPS3 board with an SSE-300 (AN547, Cortex-M55), as it is emulated, in secure state. */
#define CMSDK_UART 0x59303000u
#define CMSDK_UART_INTERRUPT 33u
/* The emulator takes 64 ns for an instruction, where it counts them. */
#define TIMER_TICKS 256u
#define TIMER_INSTRUCTIONS 125u
#include "../bare-metal/cmsdk-uart.h"

/* The counter of the system: 64 bits at 32 MHz. */
#define COUNTER_CONTROL REGISTER(0x58100000u)
#define COUNTER_LOW REGISTER(0x58100008u)
#define COUNTER_HIGH REGISTER(0x5810000cu)

const char *const wherry_board_chip = "Cortex-M55 on MPS3";

static uint64_t counted(void) {
  uint32_t high;
  uint32_t low;
  do {
    high = COUNTER_HIGH;
    low = COUNTER_LOW;
  } while (high != COUNTER_HIGH);
  return (uint64_t)high << 32 | low;
}

#ifdef WHERRY_COUNTS_INSTRUCTIONS
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) { return instructions(); }
#else
const uint32_t wherry_board_clock_hz = 32000000u;
uint64_t wherry_board_ticks(void) { return counted(); }
#endif

static void begin(void) {
  COUNTER_CONTROL = 1;
  begin_uart();
}
`,
  'ports/pico.c': `/* The agent on an RP2040 or RP2350 with the Pico SDK, over USB (stdio_usb) or whichever stdio the project takes. */
#include <malloc.h>

#include "hardware/watchdog.h"
#include "pico/stdlib.h"

#include "../agent.h"
#include "../board.h"
#include "../stack.h"

/* Of the SDK's linker script. */
extern uint32_t __StackBottom, __StackTop;
extern char __end__, __HeapLimit;

#if defined(PICO_RP2350) && PICO_RP2350
const char *const wherry_board_chip = "RP2350";
#else
const char *const wherry_board_chip = "RP2040";
#endif
/* What the SDK's endpoint takes before its host has to wait. */
const uint16_t wherry_board_window = 256;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return time_us_64(); }

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  while (length < most) {
    const int byte = getchar_timeout_us(0);
    if (byte < 0) break;
    to[length++] = (uint8_t)byte;
  }
  return length;
}

/* Raw: a line feed stays what it is. */
static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) (void)putchar_raw(*from++);
}

static void restart(void) {
  stdio_flush();
  watchdog_reboot(0, 0, 50);
  for (;;) tight_loop_contents();
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = (uint32_t)((uintptr_t)&__StackTop - (uintptr_t)&__StackBottom);
  record->stack_used = wherry_stack_used(&__StackBottom, &__StackTop);
  record->heap_bytes = (uint32_t)((uintptr_t)&__HeapLimit - (uintptr_t)&__end__);
  record->heap_used = (uint32_t)mallinfo().uordblks;
}

int main(void) {
  static struct wherry_agent agent;
  wherry_stack_paint(&__StackBottom);
  stdio_init_all();
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
`,
  'ports/posix.c': `/* The agent as a program of a POSIX system that speaks over its standard input and output: what the suites run, under sanitizers. */
#define _POSIX_C_SOURCE 200809L

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../agent.h"
#include "../board.h"

static char **arguments;

static size_t read_input(uint8_t *to, size_t most) {
  struct pollfd input;
  ssize_t length;
  fflush(stdout);
  input.fd = STDIN_FILENO;
  input.events = POLLIN;
  if (poll(&input, 1, 10) <= 0) return 0;
  length = read(STDIN_FILENO, to, most);
  if (length <= 0) exit(0);
  return (size_t)length;
}

static void write_output(const uint8_t *from, size_t length) { fwrite(from, 1, length, stdout); }

/* As a program anew: nothing of memory is left. */
static void restart(void) {
  fflush(stdout);
  execv(arguments[0], arguments);
  exit(1);
}

const char *const wherry_board_chip = "host";
const struct wherry_port wherry_board_port = {read_input, write_output, restart, NULL};
const uint16_t wherry_board_window = 4096;
const uint32_t wherry_board_clock_hz = 1000000000u;

uint64_t wherry_board_ticks(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = 0xffffffffu;
  record->stack_used = 0xffffffffu;
  record->heap_bytes = 0xffffffffu;
  record->heap_used = 0xffffffffu;
}

int main(int count, char **given) {
  static struct wherry_agent agent;
  arguments = given;
  (void)count;
  /* What a board prints as it starts. */
  printf("wherry agent on a host\\r\\n");
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
`,
  'ports/riscv-virt.c': `/* The agent on the RISC-V machine \`virt\` of QEMU: its clock counts executed instructions. */
#include "../bare-metal/bare-metal.h"

/* A 16550 UART, and the device that ends or restarts the emulation. */
#define UART_DATA (*(volatile uint8_t *)0x10000000)
#define UART_INTERRUPTS (*(volatile uint8_t *)0x10000001)
#define UART_STATE (*(volatile uint8_t *)0x10000005)
/* The interrupt controller: where the UART is number 10, and the first context is the machine mode of the first hart. */
#define UART_INTERRUPT 10u
#define PLIC_PRIORITY REGISTER(0x0c000000u + 4u * UART_INTERRUPT)
#define PLIC_ENABLED REGISTER(0x0c002000u)
#define PLIC_THRESHOLD REGISTER(0x0c200000u)
#define PLIC_CLAIM REGISTER(0x0c200004u)
#define MACHINE REGISTER(0x100000u)

const char *const wherry_board_chip = "RV32 on virt";
/* Its queue holds 16 bytes; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;
const uint32_t wherry_board_clock_hz = 0;

uint64_t wherry_board_ticks(void) {
  uint32_t low;
  uint32_t high;
  uint32_t again;
  do {
    __asm__ volatile("csrr %0, minstreth" : "=r"(high));
    __asm__ volatile("csrr %0, minstret" : "=r"(low));
    __asm__ volatile("csrr %0, minstreth" : "=r"(again));
  } while (high != again);
  return (uint64_t)high << 32 | low;
}

/* The line is ready as it starts. What comes ends a sleep of the processor, and is never taken as an interrupt (mie.MEIE, mstatus.MIE). */
static void begin(void) {
  PLIC_PRIORITY = 1;
  PLIC_THRESHOLD = 0;
  PLIC_ENABLED = 1u << UART_INTERRUPT;
  UART_INTERRUPTS = 1;
  __asm__ volatile("csrc mstatus, %0" : : "r"(1u << 3));
  __asm__ volatile("csrs mie, %0" : : "r"(1u << 11));
}

static void wait_for_byte(void) {
  __asm__ volatile("wfi" ::: "memory");
  PLIC_CLAIM = PLIC_CLAIM;
}

/* Until all has left: what is written before is lost on a busy host. */
static void wait_for_line(void) {
  while ((UART_STATE & 0x40u) == 0) {
  }
}

static void write_byte(uint8_t byte) {
  wait_for_line();
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 1u) == 0) return false;
  *to = UART_DATA;
  return true;
}

static void restart(void) {
  wait_for_line();
  MACHINE = 0x7777u;
  for (;;) {
  }
}
`,
  'ports/rp2040.c': `/* The agent on an RP2040 without its SDK: the crystal of 12 MHz as the clock of all, UART0 on pins 0 and 1 at 115200 baud. */
#include "../bare-metal/bare-metal.h"

#define RESETS REGISTER(0x4000c000u)
#define RESETS_DONE REGISTER(0x4000c008u)
#define REFERENCE_CLOCK REGISTER(0x40008030u)
#define REFERENCE_CLOCK_SELECTED REGISTER(0x40008038u)
#define PERIPHERAL_CLOCK REGISTER(0x40008048u)
#define CRYSTAL_CONTROL REGISTER(0x40024000u)
#define CRYSTAL_STATE REGISTER(0x40024004u)
#define CRYSTAL_STARTUP REGISTER(0x4002400cu)
#define PIN_FUNCTION(pin) REGISTER(0x40014004u + 8u * (pin))
#define UART_DATA REGISTER(0x40034000u)
#define UART_STATE REGISTER(0x40034018u)
#define UART_DIVIDER REGISTER(0x40034024u)
#define UART_FRACTION REGISTER(0x40034028u)
#define UART_FORMAT REGISTER(0x4003402cu)
#define UART_CONTROL REGISTER(0x40034030u)
#define TIMER_HIGH REGISTER(0x40054024u)
#define TIMER_LOW REGISTER(0x40054028u)
#define WATCHDOG_RESETS REGISTER(0x40010008u)
#define WATCHDOG_CONTROL REGISTER(0x40058000u)
#define WATCHDOG_TICK REGISTER(0x4005802cu)

const char *const wherry_board_chip = "RP2040";
/* What the queue of the UART holds. */
const uint16_t wherry_board_window = 32;

#ifdef WHERRY_COUNTS_INSTRUCTIONS
/* The emulator answers this breakpoint with the executed instructions. */
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) {
  register uint32_t low __asm__("r0") = 0;
  register uint32_t high __asm__("r1") = 0;
  __asm__ volatile("bkpt 1" : "+r"(low), "+r"(high) : : "memory");
  return (uint64_t)high << 32 | low;
}

/* The emulator ends it with the next byte. */
static void wait_for_byte(void) { __asm__ volatile("wfi" ::: "memory"); }
#else
const uint32_t wherry_board_clock_hz = 1000000u;
uint64_t wherry_board_ticks(void) {
  uint32_t high;
  uint32_t low;
  do {
    high = TIMER_HIGH;
    low = TIMER_LOW;
  } while (high != TIMER_HIGH);
  return (uint64_t)high << 32 | low;
}

static void wait_for_byte(void) {}
#endif

static void begin(void) {
  /* Pins, pads, timer and UART0. */
  const uint32_t used = 1u << 5 | 1u << 8 | 1u << 21 | 1u << 22;
  CRYSTAL_CONTROL = 0xaa0u;
  CRYSTAL_STARTUP = 47;
  CRYSTAL_CONTROL = 0xfabaa0u;
  while ((CRYSTAL_STATE & 1u << 31) == 0) {
  }
  REFERENCE_CLOCK = 2;
  while ((REFERENCE_CLOCK_SELECTED & 1u << 2) == 0) {
  }
  PERIPHERAL_CLOCK = 1u << 11;
  RESETS &= ~used;
  while ((RESETS_DONE & used) != used) {
  }
  WATCHDOG_TICK = 1u << 9 | 12u;
  PIN_FUNCTION(0) = 2;
  PIN_FUNCTION(1) = 2;
  /* 12 MHz / (16 * 115200), in whole and in 64ths. */
  UART_DIVIDER = 6;
  UART_FRACTION = 33;
  /* Eight bits, with queues. */
  UART_FORMAT = 3u << 5 | 1u << 4;
  UART_CONTROL = 1u << 9 | 1u << 8 | 1u;
}

static void write_byte(uint8_t byte) {
  while ((UART_STATE & 1u << 5) != 0) {
  }
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 1u << 4) != 0) return false;
  *to = (uint8_t)UART_DATA;
  return true;
}

/* Once all has left. */
static void restart(void) {
  while ((UART_STATE & 1u << 3) != 0) {
  }
  /* All but the oscillators. */
  WATCHDOG_RESETS = 0x1fffcu;
  WATCHDOG_CONTROL = 1u << 31;
  for (;;) {
  }
}
`,
  'ports/stm32f4.c': `/* The agent on an STM32F405 as it comes out of its reset: 16 MHz from the oscillator inside, USART1 on PA9 and PA10 at 115200 baud. */
#include "../bare-metal/cortex-m.h"
#include "../bare-metal/two-counters.h"

#define PORT_A_MODE REGISTER(0x40020000u)
#define PORT_A_FUNCTION_HIGH REGISTER(0x40020024u)
#define CLOCKS_AHB1 REGISTER(0x40023830u)
#define CLOCKS_APB1 REGISTER(0x40023840u)
#define CLOCKS_APB2 REGISTER(0x40023844u)
#define USART_STATE REGISTER(0x40011000u)
#define USART_DATA REGISTER(0x40011004u)
#define USART_DIVIDER REGISTER(0x40011008u)
#define USART_CONTROL REGISTER(0x4001100cu)
#define USART_INTERRUPT 37u
#define TIMER_CONTROL REGISTER(0x40000000u)
#define TIMER_EVENT REGISTER(0x40000014u)
#define TIMER_COUNT REGISTER(0x40000024u)
#define TIMER_PRESCALER REGISTER(0x40000028u)
#define TIMER_RELOAD REGISTER(0x4000002cu)
/* TIM5, at a rate 65536 times as slow. */
#define SLOW_CONTROL REGISTER(0x40000c00u)
#define SLOW_EVENT REGISTER(0x40000c14u)
#define SLOW_COUNT REGISTER(0x40000c24u)
#define SLOW_PRESCALER REGISTER(0x40000c28u)
#define SLOW_RELOAD REGISTER(0x40000c2cu)

const char *const wherry_board_chip = "STM32F405";

#ifdef WHERRY_COUNTS_INSTRUCTIONS
/* The emulated timer runs at 1 GHz, and an instruction takes 1 ns. */
const uint32_t wherry_board_clock_hz = 0;
/* The emulator keeps what the register does not hold. */
const uint16_t wherry_board_window = 4096;
#else
const uint32_t wherry_board_clock_hz = 16000000u;
const uint16_t wherry_board_window = 1;
#endif

uint64_t wherry_board_ticks(void) {
  const uint64_t coarse = (uint64_t)SLOW_COUNT << 16;
  return whole_count(TIMER_COUNT, coarse);
}

static void begin(void) {
  CLOCKS_AHB1 |= 1u;
  /* TIM2 and TIM5. */
  CLOCKS_APB1 |= 1u | 1u << 3;
  CLOCKS_APB2 |= 1u << 4;
  /* Alternate function 7 on pins 9 and 10. */
  PORT_A_MODE = (PORT_A_MODE & ~(15u << 18)) | 10u << 18;
  PORT_A_FUNCTION_HIGH = (PORT_A_FUNCTION_HIGH & ~(255u << 4)) | 0x77u << 4;
  USART_DIVIDER = 139;
  USART_CONTROL = 1u << 13 | 1u << 5 | 1u << 3 | 1u << 2;
  let_wake(USART_INTERRUPT);
  SLOW_PRESCALER = 0xffffu;
  SLOW_RELOAD = 0xffffffffu;
  SLOW_EVENT = 1;
  TIMER_PRESCALER = 0;
  TIMER_RELOAD = 0xffffffffu;
  TIMER_EVENT = 1;
  SLOW_CONTROL = 1;
  TIMER_CONTROL = 1;
}

static void write_byte(uint8_t byte) {
  while ((USART_STATE & 1u << 7) == 0) {
  }
  USART_DATA = byte;
}

static void wait_for_line(void) {
  while ((USART_STATE & 1u << 6) == 0) {
  }
}

static bool read_byte(uint8_t *to) {
  if ((USART_STATE & 1u << 5) == 0) return false;
  *to = (uint8_t)USART_DATA;
  return true;
}

static void wait_for_byte(void) {
  wait_for_interrupt();
  clear_pending(USART_INTERRUPT);
}
`,
  'ports/zephyr.c': `/* The agent as a Zephyr application, over the console's UART, asked byte by byte. */
#include <zephyr/device.h>
#include <zephyr/drivers/uart.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/reboot.h>

#include "../agent.h"
#include "../bare-metal/turns.h"
#include "../board.h"

static const struct device *const line = DEVICE_DT_GET(DT_CHOSEN(zephyr_console));

const char *const wherry_board_chip = CONFIG_SOC;
/* What the register holds. */
const uint16_t wherry_board_window = 1;
const uint32_t wherry_board_clock_hz = CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;

uint64_t wherry_board_ticks(void) {
#ifdef CONFIG_TIMER_HAS_64BIT_CYCLE_COUNTER
  return k_cycle_get_64();
#else
  return with_turns(k_cycle_get_32());
#endif
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  /* Looked at often enough for every turn of 32 bits to be seen. */
  (void)wherry_board_ticks();
  while (length < most && uart_poll_in(line, to + length) == 0) ++length;
  return length;
}

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) uart_poll_out(line, *from++);
}

static void restart(void) {
  k_msleep(50);
  sys_reboot(SYS_REBOOT_COLD);
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  size_t unused;
  record->stack_bytes = CONFIG_MAIN_STACK_SIZE;
  record->stack_used = 0xffffffffu;
  if (k_thread_stack_space_get(k_current_get(), &unused) == 0) record->stack_used = CONFIG_MAIN_STACK_SIZE - (uint32_t)unused;
  record->heap_bytes = 0xffffffffu;
  record->heap_used = 0xffffffffu;
}

int main(void) {
  static struct wherry_agent agent;
  if (!device_is_ready(line)) return 0;
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
`,
  'protocol.h': `/* Written by \`npm run generate\` from the table of packages/device-protocol; edits are lost. docs/protocol.md explains it. */
#ifndef WHERRY_PROTOCOL_H
#define WHERRY_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WHERRY_VERSION 1u
#define WHERRY_REPLY_BIT 128u
#define WHERRY_HEADER_BYTES 10u
#define WHERRY_FRAME_OVERHEAD 17u
#define WHERRY_LONGEST_STUFFED 1059u
#define WHERRY_DATA_LIMIT 1024u
#define WHERRY_LEAST_DATA 32u
#define WHERRY_FIELD_LIMIT 16u
#define WHERRY_WINDOW_LIMIT 4096u
#define WHERRY_RECORD_LIMIT 1024u
#define WHERRY_TEXT_LIMIT 64u

enum wherry_type {
  WHERRY_TYPE_HELLO = 1,
  WHERRY_TYPE_MEMORY = 2,
  WHERRY_TYPE_SET_INPUT = 3,
  WHERRY_TYPE_RUN = 4,
  WHERRY_TYPE_PROFILE = 5,
  WHERRY_TYPE_GET_OUTPUT = 6,
  WHERRY_TYPE_GET_TENSOR = 7,
  WHERRY_TYPE_SELF_TEST = 8,
  WHERRY_TYPE_RESET = 9,
  WHERRY_TYPE_ERROR = 255
};

enum wherry_error {
  WHERRY_ERROR_VERSION = 1,
  WHERRY_ERROR_UNKNOWN = 2,
  WHERRY_ERROR_MALFORMED = 3,
  WHERRY_ERROR_RANGE = 4,
  WHERRY_ERROR_STRANGER = 5,
  WHERRY_ERROR_NO_RUN = 6,
  WHERRY_ERROR_NOT_HELD = 7,
  WHERRY_ERROR_BUSY = 9,
  WHERRY_ERROR_RUN_FAILED = 8
};

static inline uint8_t wherry_get_u8(const uint8_t *from) { return from[0]; }

static inline uint16_t wherry_get_u16(const uint8_t *from) { return (uint16_t)(from[0] | (uint16_t)(from[1] << 8)); }

static inline uint32_t wherry_get_u32(const uint8_t *from) {
  return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

static inline uint8_t *wherry_put_u8(uint8_t *to, uint8_t value) {
  to[0] = value;
  return to + 1;
}

static inline uint8_t *wherry_put_u16(uint8_t *to, uint16_t value) {
  to[0] = (uint8_t)(value & 0xffu);
  to[1] = (uint8_t)(value >> 8);
  return to + 2;
}

static inline uint8_t *wherry_put_u32(uint8_t *to, uint32_t value) {
  to = wherry_put_u16(to, (uint16_t)(value & 0xffffu));
  return wherry_put_u16(to, (uint16_t)(value >> 16));
}

static inline uint8_t *wherry_put_u64(uint8_t *to, uint64_t value) {
  to = wherry_put_u32(to, (uint32_t)(value & 0xffffffffu));
  return wherry_put_u32(to, (uint32_t)(value >> 32));
}

/* 32 bytes. */
static inline uint8_t *wherry_put_hash(uint8_t *to, const uint8_t *hash) {
  memcpy(to, hash, 32);
  return to + 32;
}

/* UTF-8; what is longer than WHERRY_TEXT_LIMIT bytes ends there. */
static inline uint8_t *wherry_put_text(uint8_t *to, const char *text) {
  size_t length = strlen(text);
  if (length > WHERRY_TEXT_LIMIT) {
    length = WHERRY_TEXT_LIMIT;
    while (length > 0 && ((unsigned char)text[length] & 0xc0u) == 0x80u) --length;
  }
  to[0] = (uint8_t)length;
  memcpy(to + 1, text, length);
  return to + 1 + length;
}

#define WHERRY_HEADER_LENGTH 10u
struct wherry_header {
  uint8_t version; /* of the protocol */
  uint8_t type; /* of the message; a reply has 128 more than its request */
  uint16_t request; /* a number that the host gives a request, and the device its reply */
  uint32_t offset; /* where in the whole the data begin that are carried or asked for */
  uint16_t length; /* bytes of data that are carried or asked for */
};

static inline void wherry_read_header(const uint8_t *from, struct wherry_header *to) {
  to->version = wherry_get_u8(from + 0);
  to->type = wherry_get_u8(from + 1);
  to->request = wherry_get_u16(from + 2);
  to->offset = wherry_get_u32(from + 4);
  to->length = wherry_get_u16(from + 8);
}

/* Returns where it ends: at most WHERRY_HEADER_LENGTH bytes on. */
static inline uint8_t *wherry_write_header(uint8_t *to, const struct wherry_header *from) {
  to = wherry_put_u8(to, from->version);
  to = wherry_put_u8(to, from->type);
  to = wherry_put_u16(to, from->request);
  to = wherry_put_u32(to, from->offset);
  to = wherry_put_u16(to, from->length);
  return to;
}

#define WHERRY_HELLO_REQUEST_LENGTH 4u
struct wherry_hello_request {
  uint32_t conversation; /* a number of the host, other than 0 */
};

static inline void wherry_read_hello_request(const uint8_t *from, struct wherry_hello_request *to) {
  to->conversation = wherry_get_u32(from + 0);
}

#define WHERRY_HELLO_REPLY_LENGTH 8u
struct wherry_hello_reply {
  uint32_t conversation; /* the same */
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_HELLO_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_hello_reply(uint8_t *to, const struct wherry_hello_reply *from) {
  to = wherry_put_u32(to, from->conversation);
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_MEMORY_REPLY_LENGTH 4u
struct wherry_memory_reply {
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_MEMORY_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_memory_reply(uint8_t *to, const struct wherry_memory_reply *from) {
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_SET_INPUT_REQUEST_LENGTH 1u
struct wherry_set_input_request {
  uint8_t input; /* position of the input */
};

static inline void wherry_read_set_input_request(const uint8_t *from, struct wherry_set_input_request *to) {
  to->input = wherry_get_u8(from + 0);
}

#define WHERRY_RUN_REQUEST_LENGTH 10u
struct wherry_run_request {
  uint16_t run; /* the number, other than 0, that the host gave the run */
  uint32_t count; /* timed inferences, at least 1; with those before them no more than 1 where the firmware does not keep the inputs */
  uint16_t warm_up; /* inferences before them */
  uint16_t stop; /* operators after which the run stands still, so that what they wrote can be read; 65535: it does not */
};

static inline void wherry_read_run_request(const uint8_t *from, struct wherry_run_request *to) {
  to->run = wherry_get_u16(from + 0);
  to->count = wherry_get_u32(from + 2);
  to->warm_up = wherry_get_u16(from + 6);
  to->stop = wherry_get_u16(from + 8);
}

#define WHERRY_RUN_REPLY_LENGTH 4u
struct wherry_run_reply {
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_RUN_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_run_reply(uint8_t *to, const struct wherry_run_reply *from) {
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_PROFILE_REQUEST_LENGTH 2u
struct wherry_profile_request {
  uint16_t run; /* the number, other than 0, that the host gave the run */
};

static inline void wherry_read_profile_request(const uint8_t *from, struct wherry_profile_request *to) {
  to->run = wherry_get_u16(from + 0);
}

#define WHERRY_PROFILE_REPLY_LENGTH 4u
struct wherry_profile_reply {
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_PROFILE_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_profile_reply(uint8_t *to, const struct wherry_profile_reply *from) {
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_GET_OUTPUT_REQUEST_LENGTH 3u
struct wherry_get_output_request {
  uint16_t run; /* the number, other than 0, that the host gave the run */
  uint8_t output; /* position of the output */
};

static inline void wherry_read_get_output_request(const uint8_t *from, struct wherry_get_output_request *to) {
  to->run = wherry_get_u16(from + 0);
  to->output = wherry_get_u8(from + 2);
}

#define WHERRY_GET_OUTPUT_REPLY_LENGTH 4u
struct wherry_get_output_reply {
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_GET_OUTPUT_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_get_output_reply(uint8_t *to, const struct wherry_get_output_reply *from) {
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_GET_TENSOR_REQUEST_LENGTH 4u
struct wherry_get_tensor_request {
  uint16_t run; /* the number, other than 0, that the host gave the run */
  uint16_t tensor; /* position among the tensors that operators write, in the order of execution */
};

static inline void wherry_read_get_tensor_request(const uint8_t *from, struct wherry_get_tensor_request *to) {
  to->run = wherry_get_u16(from + 0);
  to->tensor = wherry_get_u16(from + 2);
}

#define WHERRY_GET_TENSOR_REPLY_LENGTH 4u
struct wherry_get_tensor_reply {
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_GET_TENSOR_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_get_tensor_reply(uint8_t *to, const struct wherry_get_tensor_reply *from) {
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_SELF_TEST_REPLY_LENGTH 4u
struct wherry_self_test_reply {
  uint32_t total; /* bytes of the whole */
};

/* Returns where it ends: at most WHERRY_SELF_TEST_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_self_test_reply(uint8_t *to, const struct wherry_self_test_reply *from) {
  to = wherry_put_u32(to, from->total);
  return to;
}

#define WHERRY_RESET_REQUEST_LENGTH 4u
struct wherry_reset_request {
  uint32_t conversation; /* that of HELLO: a late copy resets no later conversation */
};

static inline void wherry_read_reset_request(const uint8_t *from, struct wherry_reset_request *to) {
  to->conversation = wherry_get_u32(from + 0);
}

#define WHERRY_ERROR_REPLY_LENGTH 5u
struct wherry_error_reply {
  uint8_t code; /* what is wrong */
  uint32_t detail; /* the figure to it */
};

/* Returns where it ends: at most WHERRY_ERROR_REPLY_LENGTH bytes on. */
static inline uint8_t *wherry_write_error_reply(uint8_t *to, const struct wherry_error_reply *from) {
  to = wherry_put_u8(to, from->code);
  to = wherry_put_u32(to, from->detail);
  return to;
}

#define WHERRY_IDENTITY_RECORD_LENGTH 375u
struct wherry_identity_record {
  const char *firmware; /* the version of the agent, its compiler and its kernels */
  const char *chip; /* the chip */
  const char *runtime; /* the runtime of the model */
  const char *runtime_commit; /* the version of the runtime, to the commit where it has one */
  const char *profile; /* the device profile that the firmware was made for */
  const uint8_t *model; /* SHA-256 of the model file */
  uint32_t arena_bytes; /* bytes of memory that the model has to work in */
  uint32_t clock_hz; /* ticks of the clock in a second; 0 where it counts executed instructions */
  uint16_t data_bytes; /* bytes of data in a frame that the device takes and gives at most */
  uint16_t window_bytes; /* bytes that the device can receive while it is busy */
  uint8_t inputs; /* inputs of the model */
  uint8_t outputs; /* outputs of the model */
  uint16_t operators; /* operators that a run executes */
  uint16_t tensors; /* tensors that operators write */
};

/* Returns where it ends: at most WHERRY_IDENTITY_RECORD_LENGTH bytes on. */
static inline uint8_t *wherry_write_identity_record(uint8_t *to, const struct wherry_identity_record *from) {
  to = wherry_put_text(to, from->firmware);
  to = wherry_put_text(to, from->chip);
  to = wherry_put_text(to, from->runtime);
  to = wherry_put_text(to, from->runtime_commit);
  to = wherry_put_text(to, from->profile);
  to = wherry_put_hash(to, from->model);
  to = wherry_put_u32(to, from->arena_bytes);
  to = wherry_put_u32(to, from->clock_hz);
  to = wherry_put_u16(to, from->data_bytes);
  to = wherry_put_u16(to, from->window_bytes);
  to = wherry_put_u8(to, from->inputs);
  to = wherry_put_u8(to, from->outputs);
  to = wherry_put_u16(to, from->operators);
  to = wherry_put_u16(to, from->tensors);
  return to;
}

#define WHERRY_MEMORY_RECORD_LENGTH 24u
struct wherry_memory_record {
  uint32_t arena_bytes; /* the arena */
  uint32_t arena_used; /* what the model uses of it */
  uint32_t stack_bytes; /* the stack */
  uint32_t stack_used; /* the most that was used of it since the start */
  uint32_t heap_bytes; /* the heap */
  uint32_t heap_used; /* what is used of it */
};

/* Returns where it ends: at most WHERRY_MEMORY_RECORD_LENGTH bytes on. */
static inline uint8_t *wherry_write_memory_record(uint8_t *to, const struct wherry_memory_record *from) {
  to = wherry_put_u32(to, from->arena_bytes);
  to = wherry_put_u32(to, from->arena_used);
  to = wherry_put_u32(to, from->stack_bytes);
  to = wherry_put_u32(to, from->stack_used);
  to = wherry_put_u32(to, from->heap_bytes);
  to = wherry_put_u32(to, from->heap_used);
  return to;
}

#define WHERRY_RUN_RECORD_LENGTH 42u
struct wherry_run_record {
  uint16_t executed; /* operators executed so far; all of them where the run is over */
  uint64_t ticks; /* of the clock in all timed inferences together */
  const uint8_t *inputs; /* SHA-256 of all inputs in their order, as they were when the run began */
};

/* Returns where it ends: at most WHERRY_RUN_RECORD_LENGTH bytes on. */
static inline uint8_t *wherry_write_run_record(uint8_t *to, const struct wherry_run_record *from) {
  to = wherry_put_u16(to, from->executed);
  to = wherry_put_u64(to, from->ticks);
  to = wherry_put_hash(to, from->inputs);
  return to;
}

#define WHERRY_CLOCK_RECORD_LENGTH 8u
struct wherry_clock_record {
  uint64_t ticks; /* as the request was answered */
};

/* Returns where it ends: at most WHERRY_CLOCK_RECORD_LENGTH bytes on. */
static inline uint8_t *wherry_write_clock_record(uint8_t *to, const struct wherry_clock_record *from) {
  to = wherry_put_u64(to, from->ticks);
  return to;
}

#endif
`,
  'reply.c': `/* What a reply is made of. */
#include "reply.h"

void wherry_refuse(struct wherry_agent *agent, const struct wherry_header *asked, enum wherry_error code, uint32_t detail) {
  struct wherry_header header;
  struct wherry_error_reply error;
  uint8_t *body = wherry_line_body(&agent->line);
  header.version = WHERRY_VERSION;
  header.type = WHERRY_TYPE_ERROR;
  header.request = asked->request;
  header.offset = 0;
  header.length = 0;
  error.code = (uint8_t)code;
  error.detail = detail;
  wherry_line_write(&agent->line, &header, (size_t)(wherry_write_error_reply(body, &error) - body));
}

void wherry_give(struct wherry_agent *agent, const struct wherry_header *asked, size_t fields, const uint8_t *first, uint32_t first_bytes,
                 const uint8_t *second, uint32_t second_bytes) {
  struct wherry_header header;
  uint8_t *to = wherry_line_body(&agent->line) + fields;
  const uint32_t total = first_bytes + second_bytes;
  uint32_t length;
  uint32_t at;
  if (asked->offset > total) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, total);
    return;
  }
  length = total - asked->offset;
  if (length > asked->length) length = asked->length;
  if (length > WHERRY_AGENT_DATA) length = WHERRY_AGENT_DATA;
  for (at = asked->offset; at < asked->offset + length; ++at) *to++ = at < first_bytes ? first[at] : second[at - first_bytes];
  header.version = WHERRY_VERSION;
  header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
  header.request = asked->request;
  header.offset = asked->offset;
  header.length = (uint16_t)length;
  wherry_line_write(&agent->line, &header, fields + length);
}

void wherry_give_whole(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *whole, size_t bytes) {
  wherry_put_u32(wherry_line_body(&agent->line), (uint32_t)bytes);
  wherry_give(agent, asked, 4, whole, (uint32_t)bytes, NULL, 0);
}

void wherry_acknowledge(struct wherry_agent *agent, const struct wherry_header *asked) {
  struct wherry_header header = *asked;
  header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
  header.length = 0;
  wherry_line_write(&agent->line, &header, 0);
}
`,
  'reply.h': `/* Replies to the request whose header is \`asked\`. */
#ifndef WHERRY_REPLY_H
#define WHERRY_REPLY_H

#include "agent.h"

#ifdef __cplusplus
extern "C" {
#endif

void wherry_refuse(struct wherry_agent *agent, const struct wherry_header *asked, enum wherry_error code, uint32_t detail);

/* The reply with the part of the whole that was asked for, behind \`fields\` bytes that are in the body already. The whole is in one or two pieces. */
void wherry_give(struct wherry_agent *agent, const struct wherry_header *asked, size_t fields, const uint8_t *first, uint32_t first_bytes,
                 const uint8_t *second, uint32_t second_bytes);

/* A reply whose only field is the total. */
void wherry_give_whole(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *whole, size_t bytes);

/* A reply without fields and data. */
void wherry_acknowledge(struct wherry_agent *agent, const struct wherry_header *asked);

#ifdef __cplusplus
}
#endif

#endif
`,
  'run.c': `/* Runs of the model, and what they left. */
#include "run.h"

#include "reply.h"

static void give_run(struct wherry_agent *agent, const struct wherry_header *asked) {
  uint8_t bytes[WHERRY_RUN_RECORD_LENGTH];
  struct wherry_run_record record;
  record.executed = agent->run.executed;
  record.ticks = agent->run.ticks;
  record.inputs = agent->run.inputs;
  wherry_write_run_record(bytes, &record);
  wherry_give_whole(agent, asked, bytes, sizeof bytes);
}

static void begin_run(struct wherry_agent *agent, const struct wherry_run_request *request) {
  struct wherry_run *run = &agent->run;
  struct wherry_digest digest;
  unsigned position;
  unsigned operators = agent->backend->identity()->operators;
  memset(run, 0, sizeof *run);
  run->number = request->run;
  run->stop = request->stop;
  run->single = request->count == 1 && request->warm_up == 0;
  wherry_digest_begin(&digest);
  for (position = 0; position < agent->backend->identity()->inputs; ++position) {
    const struct wherry_room input = agent->backend->input(position);
    wherry_digest_add(&digest, input.data, input.length);
  }
  wherry_digest_end(&digest, run->inputs);
  memset(agent->backend->profile, 0, operators * sizeof *agent->backend->profile);
  if (agent->backend->reset != NULL) agent->backend->reset();
}

/* Of all inputs one behind the other: into what keeps them, or back. Where there is no room, nothing is done. */
static void move_inputs(struct wherry_agent *agent, bool back) {
  uint8_t *kept = agent->backend->kept.data;
  unsigned position;
  if (kept == NULL) return;
  for (position = 0; position < agent->backend->identity()->inputs; ++position) {
    const struct wherry_room input = agent->backend->input(position);
    memcpy(back ? input.data : kept, back ? kept : input.data, input.length);
    kept += input.length;
  }
}

/* Stands still in the last inference where it has to; the conversation goes on meanwhile. */
static void execute(struct wherry_agent *agent, const struct wherry_run_request *request) {
  struct wherry_run *run = &agent->run;
  const uint32_t untimed = request->warm_up;
  uint32_t left = request->count + untimed;
  uint32_t done;
  if (left < untimed || (left > 1 && agent->backend->kept.data == NULL)) {
    wherry_refuse(agent, &agent->asked, WHERRY_ERROR_RANGE, request->count);
    return;
  }
  begin_run(agent, request);
  if (left > 1) move_inputs(agent, false);
  for (done = 0; left > 0; ++done, --left) {
    uint32_t failure;
    run->executed = 0;
    run->last = left == 1;
    run->timed = done >= untimed;
    if (done > 0) move_inputs(agent, true);
    run->since = agent->backend->ticks();
    failure = agent->backend->invoke(agent);
    /* Another conversation has begun. */
    if (run->number == 0) return;
    if (failure != 0) {
      run->number = 0;
      wherry_refuse(agent, &agent->asked, WHERRY_ERROR_RUN_FAILED, failure);
      return;
    }
  }
  run->over = true;
  agent->digest_type = 0;
  give_run(agent, &agent->asked);
}

void wherry_agent_after_operator(struct wherry_agent *agent, unsigned position) {
  struct wherry_run *run = &agent->run;
  const struct wherry_port *port = agent->line.port;
  if (run->number == 0) {
    /* Of the text dialect, whose host times inferences as a whole: a board that starves is one that starts anew. */
    if (port->rest != NULL) port->rest();
    return;
  }
  if (run->timed) {
    const uint64_t ticks = agent->backend->ticks() - run->since;
    uint32_t *profile = agent->backend->profile + position;
    run->ticks += ticks;
    *profile = ticks < 0xffffffffu - *profile ? *profile + (uint32_t)ticks : 0xffffffffu;
  }
  run->executed = (uint16_t)(position + 1u);
  if (run->last && run->stop == run->executed) {
    agent->stands = true;
    agent->digest_type = 0;
    give_run(agent, &agent->asked);
    while (agent->stands) wherry_agent_poll(agent);
  }
  if (port->rest != NULL) port->rest();
  /* What passed while it stood, or rested, is nobody's. */
  run->since = agent->backend->ticks();
}

void wherry_run_model(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_run *run = &agent->run;
  struct wherry_run_request request;
  wherry_read_run_request(body, &request);
  if (request.run == 0 || request.count == 0 || request.stop == 0) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, 0);
  } else if (request.run != run->number) {
    if (agent->stands) {
      wherry_refuse(agent, asked, WHERRY_ERROR_BUSY, run->number);
      return;
    }
    agent->asked = *asked;
    execute(agent, &request);
  } else if (agent->stands && request.stop > run->executed) {
    agent->asked = *asked;
    run->stop = request.stop;
    agent->stands = false;
  } else {
    give_run(agent, asked);
  }
}

/* Whether the run of that number is over. */
static bool is_over(struct wherry_agent *agent, const struct wherry_header *asked, uint16_t number) {
  const struct wherry_run *run = &agent->run;
  if (run->number == number && number != 0 && run->over) return true;
  wherry_refuse(agent, asked, WHERRY_ERROR_NO_RUN, run->number);
  return false;
}

void wherry_profile(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  const uint32_t total = 4u * agent->backend->identity()->operators;
  struct wherry_profile_request request;
  uint8_t *to = wherry_put_u32(wherry_line_body(&agent->line), total);
  uint32_t length = asked->length;
  wherry_read_profile_request(body, &request);
  if (!is_over(agent, asked, request.run)) return;
  if (asked->offset > total) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, total);
    return;
  }
  if (length > total - asked->offset) length = total - asked->offset;
  if (length > WHERRY_AGENT_DATA) length = WHERRY_AGENT_DATA;
  {
    struct wherry_header header = *asked;
    uint32_t at;
    for (at = asked->offset; at < asked->offset + length; ++at)
      *to++ = (uint8_t)(agent->backend->profile[at / 4u] >> (8u * (at % 4u)) & 0xffu);
    header.type = (uint8_t)(asked->type | WHERRY_REPLY_BIT);
    header.length = (uint16_t)length;
    wherry_line_write(&agent->line, &header, 4u + length);
  }
}

/* A tensor and its digest, which has the digest of the inputs in it. */
static void give_tensor(struct wherry_agent *agent, const struct wherry_header *asked, uint16_t position, struct wherry_bytes tensor) {
  if (agent->digest_type != asked->type || agent->digest_position != position) {
    struct wherry_digest digest;
    wherry_digest_begin(&digest);
    wherry_digest_add(&digest, agent->run.inputs, sizeof agent->run.inputs);
    wherry_digest_add(&digest, tensor.data, tensor.length);
    wherry_digest_end(&digest, agent->digest);
    agent->digest_type = asked->type;
    agent->digest_position = position;
  }
  wherry_put_u32(wherry_line_body(&agent->line), tensor.length + WHERRY_DIGEST_BYTES);
  wherry_give(agent, asked, 4, tensor.data, tensor.length, agent->digest, WHERRY_DIGEST_BYTES);
}

void wherry_get_output(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  struct wherry_get_output_request request;
  struct wherry_bytes output;
  wherry_read_get_output_request(body, &request);
  if (!is_over(agent, asked, request.run)) return;
  output = agent->backend->output(request.output);
  if (!agent->run.single) {
    wherry_refuse(agent, asked, WHERRY_ERROR_NO_RUN, agent->run.number);
  } else if (output.data == NULL) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->outputs);
  } else {
    give_tensor(agent, asked, request.output, output);
  }
}

void wherry_get_tensor(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body) {
  const struct wherry_run *run = &agent->run;
  struct wherry_get_tensor_request request;
  wherry_read_get_tensor_request(body, &request);
  if (run->number == 0 || request.run != run->number) {
    wherry_refuse(agent, asked, WHERRY_ERROR_NO_RUN, run->number);
  } else if (request.tensor >= agent->backend->identity()->tensors) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->tensors);
  } else if (!agent->stands || agent->backend->operator_of(request.tensor) + 1u != run->executed) {
    wherry_refuse(agent, asked, WHERRY_ERROR_NOT_HELD, run->executed);
  } else {
    give_tensor(agent, asked, request.tensor, agent->backend->tensor(request.tensor));
  }
}
`,
  'run.h': `/* The answers to requests about runs. \`body\`: the fields of the request. */
#ifndef WHERRY_RUN_H
#define WHERRY_RUN_H

#include "agent.h"

#ifdef __cplusplus
extern "C" {
#endif

void wherry_run_model(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);
void wherry_profile(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);
void wherry_get_output(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);
void wherry_get_tensor(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);

#ifdef __cplusplus
}
#endif

#endif
`,
  'stack.c': `/* A painted stack. */
#include "stack.h"

static const uint32_t paint = 0x5ac3a55au;

void wherry_stack_paint(uint32_t *lowest) {
  uint32_t here = 0;
  volatile uint32_t *word = lowest;
  /* What this function itself has on the stack is not far from there. */
  const uintptr_t end = (uintptr_t)&here - 256u;
  while ((uintptr_t)word < end) *word++ = paint;
}

uint32_t wherry_stack_used(const uint32_t *lowest, const uint32_t *top) {
  const uint32_t *word = lowest;
  while ((uintptr_t)word < (uintptr_t)top && *word == paint) ++word;
  return (uint32_t)((uintptr_t)top - (uintptr_t)word);
}
`,
  'stack.h': `/* How deep the stack ever was: painted at the start, looked at later. It grows down. */
#ifndef WHERRY_STACK_H
#define WHERRY_STACK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Paints from the lowest word up to what is in use now. */
void wherry_stack_paint(uint32_t *lowest);

/* Bytes below \`top\` that were ever used. */
uint32_t wherry_stack_used(const uint32_t *lowest, const uint32_t *top);

#ifdef __cplusplus
}
#endif

#endif
`,
  'text.c': `/* Words of a command, and what is printed without a library. */
#include "text.h"

#if WHERRY_MLPERF_BYTES > 0

static bool is_between(uint8_t byte) { return byte == ' ' || byte == '\\r' || byte == '\\n'; }

static void skip(struct wherry_text *words) {
  while (words->length > 0 && is_between(*words->at)) {
    ++words->at;
    --words->length;
  }
}

struct wherry_text wherry_text_word(struct wherry_text *words) {
  struct wherry_text word;
  skip(words);
  word.at = words->at;
  word.length = 0;
  while (words->length > 0 && !is_between(*words->at)) {
    ++word.length;
    ++words->at;
    --words->length;
  }
  skip(words);
  return word;
}

bool wherry_text_is(const struct wherry_text *word, const char *text) {
  size_t at;
  /* A text ends with a zero, which no word has in it. */
  for (at = 0; at < word->length; ++at)
    if ((char)word->at[at] != text[at]) return false;
  return text[at] == 0;
}

bool wherry_text_number(struct wherry_text *words, uint32_t *to) {
  const struct wherry_text word = wherry_text_word(words);
  uint64_t number = 0;
  size_t at;
  for (at = 0; at < word.length; ++at) {
    if (word.at[at] < '0' || word.at[at] > '9') return false;
    number = number * 10u + (uint64_t)(word.at[at] - '0');
    if (number > 0xffffffffu) return false;
  }
  if (word.length == 0) return false;
  *to = (uint32_t)number;
  return true;
}

/* 16 where it is none. */
static unsigned digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return (unsigned)(byte - '0');
  if (byte >= 'a' && byte <= 'f') return (unsigned)(byte - 'a' + 10);
  if (byte >= 'A' && byte <= 'F') return (unsigned)(byte - 'A' + 10);
  return 16;
}

bool wherry_text_byte(const uint8_t *digits, uint8_t *to) {
  const unsigned high = digit(digits[0]);
  const unsigned low = digit(digits[1]);
  if (high > 15u || low > 15u) return false;
  *to = (uint8_t)(high << 4 | low);
  return true;
}

void wherry_text_print(const struct wherry_port *port, const char *text) { port->write((const uint8_t *)text, strlen(text)); }

void wherry_text_print_unsigned(const struct wherry_port *port, uint64_t number) {
  uint8_t digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (uint8_t)('0' + number % 10u);
    number /= 10u;
  } while (number != 0);
  port->write(digits + at, sizeof digits - at);
}

void wherry_text_print_byte(const struct wherry_port *port, uint8_t byte) {
  static const char digits[] = "0123456789abcdef";
  uint8_t both[2];
  both[0] = (uint8_t)digits[byte >> 4];
  both[1] = (uint8_t)digits[byte & 15u];
  port->write(both, 2);
}

void wherry_text_print_real(const struct wherry_port *port, float number) {
  const float size = number < 0 ? -number : number;
  if (number < 0) wherry_text_print(port, "-");
  if (number != number) {
    wherry_text_print(port, "nan");
  } else if (size >= 1e16f) {
    wherry_text_print(port, "inf");
  } else {
    const uint64_t thousandths = (uint64_t)(size * 1000.0f + 0.5f);
    const uint32_t rest = (uint32_t)(thousandths % 1000u);
    wherry_text_print_unsigned(port, thousandths / 1000u);
    wherry_text_print(port, rest < 10u ? ".00" : rest < 100u ? ".0" : ".");
    wherry_text_print_unsigned(port, rest);
  }
}

#endif
`,
  'text.h': `/* Words of a command, and what is printed without a library. */
#ifndef WHERRY_TEXT_H
#define WHERRY_TEXT_H

#include "line.h"

#ifdef __cplusplus
extern "C" {
#endif

struct wherry_text {
  const uint8_t *at;
  size_t length;
};

/* Takes the next word and what stands around it; of no bytes where there is none. */
struct wherry_text wherry_text_word(struct wherry_text *words);

bool wherry_text_is(const struct wherry_text *word, const char *text);

/* Takes the next word. Whether it is a number of 32 bits; \`to\` is left as it is where it is none. */
bool wherry_text_number(struct wherry_text *words, uint32_t *to);

/* Whether these two are hexadecimal digits. */
bool wherry_text_byte(const uint8_t *digits, uint8_t *to);

void wherry_text_print(const struct wherry_port *port, const char *text);
void wherry_text_print_unsigned(const struct wherry_port *port, uint64_t number);
void wherry_text_print_byte(const struct wherry_port *port, uint8_t byte);

/* To three places. */
void wherry_text_print_real(const struct wherry_port *port, float number);

#ifdef __cplusplus
}
#endif

#endif
`,
};
