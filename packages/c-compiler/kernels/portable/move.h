/* Whatever moves values: runs of bytes from places of one tensor to places of another. */
#include <stdint.h>
#include <string.h>

typedef struct {
  /* Bytes that lie together in both. */
  int32_t run;
  /* How often, in up to six dimensions; those that are not needed count 1. */
  int32_t counts[6];
  /* Bytes from one place to the next, and to the first. */
  int32_t from[6], to[6];
  int32_t first_from, first_to;
} wherry_move;

static inline void wherry_move_runs(const void *input, void *output, const wherry_move *s) {
  const uint8_t *const from = (const uint8_t *)input + s->first_from;
  uint8_t *const to = (uint8_t *)output + s->first_to;
  int32_t i, j, k, l, m, n;
  for (i = 0; i < s->counts[0]; ++i)
    for (j = 0; j < s->counts[1]; ++j)
      for (k = 0; k < s->counts[2]; ++k)
        for (l = 0; l < s->counts[3]; ++l)
          for (m = 0; m < s->counts[4]; ++m)
            for (n = 0; n < s->counts[5]; ++n)
              memcpy(to + i * s->to[0] + j * s->to[1] + k * s->to[2] + l * s->to[3] + m * s->to[4] + n * s->to[5],
                     from + i * s->from[0] + j * s->from[1] + k * s->from[2] + l * s->from[3] + m * s->from[4] +
                         n * s->from[5],
                     (size_t)s->run);
}
