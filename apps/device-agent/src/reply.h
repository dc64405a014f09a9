/* Replies to the request whose header is `asked`. */
#ifndef WHERRY_REPLY_H
#define WHERRY_REPLY_H

#include "agent.h"

#ifdef __cplusplus
extern "C" {
#endif

void wherry_refuse(struct wherry_agent *agent, const struct wherry_header *asked, enum wherry_error code, uint32_t detail);

/* The reply with the part of the whole that was asked for, behind `fields` bytes that are in the body already. The whole is in one or two pieces. */
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
