/* The backend of a compiled model: its layers report what they leave, in the order of execution. */
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
