// The files of apps/device-agent/src, put here by `npm run generate`; not to be edited.
/* eslint max-lines: off */

/** By path. */
export const agentSources: { readonly [path: string]: string } = {
  'agent.c': `/* The answers of the agent, as docs/protocol.md says. */
#include "agent.h"

#include "reply.h"
#include "run.h"

void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port) {
  agent->backend = backend;
  agent->line.port = port;
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
  input = agent->backend->input(request.input);
  if (input.data == NULL) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, agent->backend->identity()->inputs);
    return;
  }
  if (asked->offset > input.length || asked->length > input.length - asked->offset) {
    wherry_refuse(agent, asked, WHERRY_ERROR_RANGE, input.length);
    return;
  }
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
  while (wherry_line_read(&agent->line, &frame)) {
    const bool stood = agent->stands;
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
};

/* All zero before. */
void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port);

/* Answers what has come. */
void wherry_agent_poll(struct wherry_agent *agent);

/* For the backend: the operator at this position of the order of execution is done. */
void wherry_agent_after_operator(struct wherry_agent *agent, unsigned position);

#endif
`,
  'backend.h': `/* What the agent needs of a runtime with a model in it. */
#ifndef WHERRY_BACKEND_H
#define WHERRY_BACKEND_H

#include "protocol.h"

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

struct wherry_backend {
  const struct wherry_identity_record *(*identity)(void);
  /* One for each operator: what PROFILE gives. */
  uint32_t *profile;
  struct wherry_room (*input)(unsigned position);
  struct wherry_bytes (*output)(unsigned position);
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
#include "compiled.h"

#include "../agent.h"
#include "../board.h"
#include "agent-model.h"
#include "compiled-hooks.h"

static uint32_t profile[WHERRY_MODEL_OPERATORS];
static struct wherry_agent *running;

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
  record.firmware = "wherry agent 1";
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

const struct wherry_backend wherry_compiled_backend = {
    identity, profile, wherry_model_input, wherry_model_output, tensor, operator_of, WHERRY_MODEL_RESET, invoke,
    wherry_board_ticks, memory,
};
`,
  'backends/compiled.h': `/* The backend of a compiled model. \`agent-model.h\`, which is written for each model, says what is in it. */
#ifndef WHERRY_COMPILED_H
#define WHERRY_COMPILED_H

#include "../backend.h"

extern const struct wherry_backend wherry_compiled_backend;

#endif
`,
  'board.h': `/* What a port of the agent to a board has of its own. */
#ifndef WHERRY_BOARD_H
#define WHERRY_BOARD_H

#include "line.h"

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

#define WHERRY_DIGEST_BYTES 32u

struct wherry_digest {
  uint32_t state[8];
  uint8_t block[64];
  uint64_t length;
};

void wherry_digest_begin(struct wherry_digest *digest);
void wherry_digest_add(struct wherry_digest *digest, const uint8_t *bytes, size_t length);
void wherry_digest_end(struct wherry_digest *digest, uint8_t result[WHERRY_DIGEST_BYTES]);

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

bool wherry_line_read(struct wherry_line *line, struct wherry_frame *frame) {
  for (;;) {
    uint8_t byte;
    if (line->next == line->end) {
      line->next = 0;
      line->end = line->port->read(line->arrived, sizeof line->arrived);
      if (line->end == 0) return false;
    }
    byte = line->arrived[line->next++];
    if (byte != 0) {
      /* What is too long stays so until the next zero. */
      if (line->length < sizeof line->frame) line->frame[line->length++] = byte;
    } else {
      const bool found = is_frame(line, frame);
      line->length = 0;
      if (found) return true;
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
};

struct wherry_frame {
  struct wherry_header header;
  /* Holds until the next frame is read. */
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
  uint8_t reply[WHERRY_PLAIN_BYTES];
};

/* Whether a frame is there. */
bool wherry_line_read(struct wherry_line *line, struct wherry_frame *frame);

/* Where the body of a reply is to be put, for wherry_line_write. */
uint8_t *wherry_line_body(struct wherry_line *line);

void wherry_line_write(struct wherry_line *line, const struct wherry_header *header, size_t body);

#endif
`,
  'ports/mps2.c': `/* The agent on Arm's MPS2 boards with a CMSDK UART and timer (AN385, AN386), as they are emulated. */
#include "../agent.h"
#include "../backends/compiled.h"
#include "../board.h"
#include "../stack.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define TIMER_CONTROL REGISTER(0x40000000u)
#define TIMER_VALUE REGISTER(0x40000004u)
#define TIMER_RELOAD REGISTER(0x40000008u)
#define UART_DATA REGISTER(0x40004000u)
#define UART_STATE REGISTER(0x40004004u)
#define UART_CONTROL REGISTER(0x40004008u)
#define UART_DIVIDER REGISTER(0x40004010u)
#define RESET_CONTROL REGISTER(0xe000ed0cu)

/* Of the linker: the stack grows down from the one to the other. */
extern uint32_t stack_top, zero_end;


static void write_byte(uint8_t byte) {
  while ((UART_STATE & 1u) != 0) {
  }
  UART_DATA = byte;
}

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) write_byte(*from++);
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  /* The timer is looked at often enough for every turn of it to be seen. */
  (void)wherry_board_ticks();
  while (length < most && (UART_STATE & 2u) != 0) to[length++] = (uint8_t)UART_DATA;
  return length;
}

static void restart(void) {
  RESET_CONTROL = 0x05fa0004u;
  for (;;) {
  }
}

const char *const wherry_board_chip = "Cortex-M on MPS2";
const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart};
/* Its register holds one byte; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;
const uint32_t wherry_board_clock_hz = 25000000u;

uint64_t wherry_board_ticks(void) {
  static uint32_t last;
  static uint64_t turns;
  const uint32_t counted = 0xffffffffu - TIMER_VALUE;
  if (counted < last) turns += (uint64_t)1 << 32;
  last = counted;
  return turns + counted;
}

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
  TIMER_RELOAD = 0xffffffffu;
  TIMER_VALUE = 0xffffffffu;
  TIMER_CONTROL = 1;
  UART_DIVIDER = 16;
  UART_CONTROL = 3;
  write_bytes((const uint8_t *)greeting, sizeof greeting - 1u);
  wherry_agent_begin(&agent, &wherry_compiled_backend, &wherry_board_port);
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
#include "../backends/compiled.h"
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
const struct wherry_port wherry_board_port = {read_input, write_output, restart};
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
  wherry_agent_begin(&agent, &wherry_compiled_backend, &wherry_board_port);
  /* What a board prints as it starts. */
  printf("wherry agent on a host\\r\\n");
  for (;;) wherry_agent_poll(&agent);
}
`,
  'ports/riscv-virt.c': `/* The agent on the RISC-V machine \`virt\` of QEMU: its clock counts executed instructions. */
#include "../agent.h"
#include "../backends/compiled.h"
#include "../board.h"
#include "../stack.h"

/* A 16550 UART, and the device that ends or restarts the emulation. */
#define UART_DATA (*(volatile uint8_t *)0x10000000)
#define UART_STATE (*(volatile uint8_t *)0x10000005)
#define MACHINE (*(volatile uint32_t *)0x100000)

/* Of the linker: the stack grows down from the one to the other. */
extern uint32_t stack_top, zero_end;

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) {
    /* Until all has left: what is written before is lost on a busy host. */
    while ((UART_STATE & 0x40u) == 0) {
    }
    UART_DATA = *from++;
  }
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  while (length < most && (UART_STATE & 1u) != 0) to[length++] = UART_DATA;
  return length;
}

static void restart(void) {
  while ((UART_STATE & 0x40u) == 0) {
  }
  MACHINE = 0x7777u;
  for (;;) {
  }
}

const char *const wherry_board_chip = "RV32 on virt";
const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart};
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
  write_bytes((const uint8_t *)greeting, sizeof greeting - 1u);
  wherry_agent_begin(&agent, &wherry_compiled_backend, &wherry_board_port);
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
  uint32_t count; /* timed inferences, at least 1 */
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
  const char *firmware; /* the build of the firmware */
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

void wherry_refuse(struct wherry_agent *agent, const struct wherry_header *asked, enum wherry_error code, uint32_t detail);

/* The reply with the part of the whole that was asked for, behind \`fields\` bytes that are in the body already. The whole is in one or two pieces. */
void wherry_give(struct wherry_agent *agent, const struct wherry_header *asked, size_t fields, const uint8_t *first, uint32_t first_bytes,
                 const uint8_t *second, uint32_t second_bytes);

/* A reply whose only field is the total. */
void wherry_give_whole(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *whole, size_t bytes);

/* A reply without fields and data. */
void wherry_acknowledge(struct wherry_agent *agent, const struct wherry_header *asked);

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

/* Stands still in the last inference where it has to; the conversation goes on meanwhile. */
static void execute(struct wherry_agent *agent, const struct wherry_run_request *request) {
  struct wherry_run *run = &agent->run;
  const uint32_t untimed = request->warm_up;
  uint32_t left = request->count + untimed;
  uint32_t done;
  if (left < untimed) {
    wherry_refuse(agent, &agent->asked, WHERRY_ERROR_RANGE, request->count);
    return;
  }
  begin_run(agent, request);
  for (done = 0; left > 0; ++done, --left) {
    uint32_t failure;
    run->executed = 0;
    run->last = left == 1;
    run->timed = done >= untimed;
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
  if (run->number == 0) return;
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
  /* What passed while it stood is nobody's. */
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

void wherry_run_model(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);
void wherry_profile(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);
void wherry_get_output(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);
void wherry_get_tensor(struct wherry_agent *agent, const struct wherry_header *asked, const uint8_t *body);

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

/* Paints from the lowest word up to what is in use now. */
void wherry_stack_paint(uint32_t *lowest);

/* Bytes below \`top\` that were ever used. */
uint32_t wherry_stack_used(const uint32_t *lowest, const uint32_t *top);

#endif
`,
};
