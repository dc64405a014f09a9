/* RESIZE_BILINEAR on float32: for each row and column of the output two of the input, and the weight of the second. */
#include <stdint.h>

typedef struct {
  int32_t batches, input_h, input_w, output_h, output_w, channels;
} wherry_bilinear_f32;

/* A place along one dimension: its two neighbours, and how much of 1 the second counts. */
typedef struct {
  int32_t low, high;
  float weight;
} wherry_neighbours_f32;

static inline void wherry_resize_bilinear_f32(const float *input, float *output, const wherry_neighbours_f32 *rows,
                                              const wherry_neighbours_f32 *columns, const wherry_bilinear_f32 *s) {
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      const float *const upper = input + rows[y].low * s->input_w * s->channels;
      const float *const lower = input + rows[y].high * s->input_w * s->channels;
      const float v = rows[y].weight, u = 1.0f - v;
      for (x = 0; x < s->output_w; ++x) {
        const int32_t left = columns[x].low * s->channels, right = columns[x].high * s->channels;
        const float h = columns[x].weight, g = 1.0f - h;
        for (c = 0; c < s->channels; ++c)
          *output++ = (upper[left + c] * u * g + lower[left + c] * v * g) +
                      (upper[right + c] * u * h + lower[right + c] * v * h);
      }
    }
  }
}
