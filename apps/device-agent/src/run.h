/* The answers to requests about runs. `body`: the fields of the request. */
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
