/*
 * GATHER from positions that are known when it runs only: a kernel for positions of one type. One that lies outside of the input
 * is taken for the nearest that does not; the reference refuses to run there.
 */
#include <stdint.h>
#include <string.h>

typedef struct {
  /* Rows that share their positions, in turn for each batch; positions of a batch. */
  int32_t batches, rows, positions;
  /* Positions that the input has, and bytes of each. */
  int32_t size, run;
} wherry_gathering;

#define WHERRY_DEFINE_GATHER(name, type)                                                                            \
  static inline void name(const void *input, const type *positions, void *output, const wherry_gathering *s) {      \
    const uint8_t *from = (const uint8_t *)input;                                                                   \
    uint8_t *to = (uint8_t *)output;                                                                                \
    for (int32_t batch = 0; batch < s->batches; ++batch, positions += s->positions)                                 \
      for (int32_t row = 0; row < s->rows; ++row, from += s->size * s->run)                                         \
        for (int32_t i = 0; i < s->positions; ++i, to += s->run) {                                                  \
          const type at = positions[i];                                                                             \
          const int32_t inside = at < 0 ? 0 : at < s->size ? (int32_t)at : s->size - 1;                             \
          memcpy(to, from + inside * s->run, (size_t)s->run);                                                       \
        }                                                                                                           \
  }
