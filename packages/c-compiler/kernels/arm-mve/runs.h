/* Runs of bytes, too short for a library's function. */
#include <stdint.h>
#include <string.h>
#include "vectors.h"

static inline void wherry_copy_run(int8_t *to, const int8_t *from, int32_t count) {
#ifdef WHERRY_MVE
  __asm__ volatile(
      "wlstp.8 lr, %[count], 2f\n"
      "1:\n\t"
      "vldrb.8 q0, [%[from]], #16\n\t"
      "vstrb.8 q0, [%[to]], #16\n\t"
      "letp lr, 1b\n"
      "2:"
      : [to] "+r"(to), [from] "+r"(from)
      : [count] "r"(count)
      : "q0", "lr", "memory");
#else
  memcpy(to, from, (size_t)count);
#endif
}

static inline void wherry_fill_run(int8_t *to, int32_t value, int32_t count) {
#ifdef WHERRY_MVE
  __asm__ volatile(
      "vdup.8 q0, %[value]\n\t"
      "wlstp.8 lr, %[count], 2f\n"
      "1:\n\t"
      "vstrb.8 q0, [%[to]], #16\n\t"
      "letp lr, 1b\n"
      "2:"
      : [to] "+r"(to)
      : [value] "r"(value), [count] "r"(count)
      : "q0", "lr", "memory");
#else
  memset(to, value, (size_t)count);
#endif
}
