/* Values from places in no regular order: runs of bytes, one behind the other, each from where a table says. */
#include <stdint.h>
#include <string.h>

static inline void wherry_gather_runs(const void *input, void *output, const int32_t *from, int32_t count,
                                      int32_t run) {
  uint8_t *to = (uint8_t *)output;
  int32_t i;
  for (i = 0; i < count; ++i, to += run) memcpy(to, (const uint8_t *)input + from[i], (size_t)run);
}
