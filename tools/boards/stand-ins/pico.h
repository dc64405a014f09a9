/* What the agent calls of the Pico SDK, with the names and types of its public headers. */
#ifndef STAND_IN_PICO_H
#define STAND_IN_PICO_H
#include <stdbool.h>
#include <stdint.h>

struct mallinfo {
  int uordblks;
};
struct mallinfo mallinfo(void);

bool stdio_init_all(void);
void stdio_flush(void);
int getchar_timeout_us(uint32_t timeout);
int putchar_raw(int byte);
uint64_t time_us_64(void);
void watchdog_reboot(uint32_t pc, uint32_t sp, uint32_t delay_ms);
static inline void tight_loop_contents(void) {}
#endif
