/* Answers what docs/protocol.md lists, for the model of a backend over a port. */
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
  /* The tensor that `digest` is of: 0 for none, otherwise from when the run went on for the last time. */
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
