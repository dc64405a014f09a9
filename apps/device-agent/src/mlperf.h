/* The text protocol of MLPerf Tiny: commands that end in %, answered with lines, the last of them m-ready. */
#ifndef WHERRY_MLPERF_H
#define WHERRY_MLPERF_H

#include "agent.h"

#ifdef __cplusplus
extern "C" {
#endif

#if WHERRY_MLPERF_BYTES > 0

/* What a device says as it starts. */
void wherry_mlperf_greet(struct wherry_agent *agent);

/* `text`: what stood in front of the %. */
void wherry_mlperf_answer(struct wherry_agent *agent, const uint8_t *text, size_t length);

#endif

#ifdef __cplusplus
}
#endif

#endif
