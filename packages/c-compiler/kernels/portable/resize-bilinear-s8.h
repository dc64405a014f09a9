/* RESIZE_BILINEAR on int8: for each row and column of the output two of the input, and the weight of the second in 1024ths. */
#include <stdint.h>

typedef struct {
  int32_t batches, input_h, input_w, output_h, output_w, channels;
} wherry_bilinear;

/* A place along one dimension: its two neighbours, and how much of 1024 the second counts. */
typedef struct {
  int32_t low, high, weight;
} wherry_neighbours;

static inline void wherry_resize_bilinear_s8(const int8_t *input, int8_t *output, const wherry_neighbours *rows,
                                             const wherry_neighbours *columns, const wherry_bilinear *s) {
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      const int8_t *const upper = input + rows[y].low * s->input_w * s->channels;
      const int8_t *const lower = input + rows[y].high * s->input_w * s->channels;
      const int32_t v = rows[y].weight;
      for (x = 0; x < s->output_w; ++x) {
        const int32_t left = columns[x].low * s->channels, right = columns[x].high * s->channels;
        const int32_t h = columns[x].weight;
        for (c = 0; c < s->channels; ++c) {
          const int32_t sum = (upper[left + c] * (1024 - v) + lower[left + c] * v) * (1024 - h) +
                              (upper[right + c] * (1024 - v) + lower[right + c] * v) * h;
          *output++ = (int8_t)((sum + (sum > 0 ? 524288 : -524288)) / 1048576);
        }
      }
    }
  }
}
