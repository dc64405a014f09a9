/* Written by `npm run generate` from the table of packages/device-protocol; edits are lost. docs/protocol.md explains it. */
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
