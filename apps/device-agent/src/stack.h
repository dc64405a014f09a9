/* How deep the stack ever was: painted at the start, looked at later. It grows down. */
#ifndef WHERRY_STACK_H
#define WHERRY_STACK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Paints from the lowest word up to what is in use now. */
void wherry_stack_paint(uint32_t *lowest);

/* Bytes below `top` that were ever used. */
uint32_t wherry_stack_used(const uint32_t *lowest, const uint32_t *top);

#ifdef __cplusplus
}
#endif

#endif
