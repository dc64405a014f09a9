/* RESIZE_NEAREST_NEIGHBOR: for each row and column of the output the one that it is taken from. */
#include <stdint.h>
#include <string.h>

typedef struct {
  int32_t batches, input_h, input_w, output_h, output_w;
  /* Bytes of a pixel. */
  int32_t pixel;
} wherry_resize;

static inline void wherry_resize_nearest_neighbor(const void *input, void *output, const int32_t *rows,
                                                  const int32_t *columns, const wherry_resize *s) {
  const uint8_t *image = (const uint8_t *)input;
  uint8_t *to = (uint8_t *)output;
  int32_t batch, y, x;
  for (batch = 0; batch < s->batches; ++batch, image += s->input_h * s->input_w * s->pixel)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x, to += s->pixel)
        memcpy(to, image + (rows[y] * s->input_w + columns[x]) * s->pixel, (size_t)s->pixel);
}
