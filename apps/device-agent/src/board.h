/* What a port of the agent to a board has of its own. */
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
