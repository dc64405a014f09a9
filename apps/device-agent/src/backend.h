/* What the agent needs of a runtime with a model in it. */
#ifndef WHERRY_BACKEND_H
#define WHERRY_BACKEND_H

#include <stdbool.h>

#include "protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

struct wherry_agent;

/* Of the model's own memory; `data` is NULL where there is nothing of that position. */
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

/* Without room for them a run is one inference: `-DWHERRY_KEEPS_INPUTS=0`. */
#ifndef WHERRY_KEEPS_INPUTS
#define WHERRY_KEEPS_INPUTS 1
#endif

/* That of the runtime that the firmware is built with: one file of backends/. */
extern const struct wherry_backend wherry_linked_backend;

#ifdef __cplusplus
}
#endif

#endif
