/* AVERAGE_POOL_2D on int16: rounded half away from zero on the stored values, as the reference does. */
#include <stdint.h>
#include "clamp.h"
#include "pool-window.h"

static inline void wherry_average_pool_2d_s16(const int16_t *input, int16_t *output, const wherry_pool *s) {
  int32_t batch, y, x, c, wy, wx;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const int16_t *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        const int32_t count = window.height * window.width;
        for (c = 0; c < s->channels; ++c) {
          int32_t sum = 0;
          for (wy = 0; wy < window.height; ++wy) {
            const int16_t *value = corner + wy * s->input_w * s->channels + c;
            for (wx = 0; wx < window.width; ++wx, value += s->channels) sum += *value;
          }
          sum = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
          *output++ = (int16_t)wherry_clamp(sum, s->low, s->high);
        }
      }
    }
  }
}
