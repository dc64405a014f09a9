/* AVERAGE_POOL_2D and MAX_POOL_2D on float32. Values that are no numbers are never the greatest. */
#include <stdint.h>
#include "activate-f32.h"
#include "pool-window.h"

/* What one window makes of a channel, whose first value is at `corner`. */
static inline float wherry_pooled_f32(const float *corner, wherry_window window, int32_t takes_greatest,
                                      const wherry_pool *s) {
  float sum = 0.0f, most = corner[0];
  int32_t wy, wx;
  for (wy = 0; wy < window.height; ++wy) {
    for (wx = 0; wx < window.width; ++wx) {
      const float value = corner[(wy * s->input_w + wx) * s->channels];
      sum += value;
      if (value > most || most != most) most = value;
    }
  }
  return takes_greatest ? most : sum / (float)(window.height * window.width);
}

static inline void wherry_pool_2d_f32(const float *input, float *output, const wherry_pool *s, int32_t takes_greatest,
                                      int32_t activation) {
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const float *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        for (c = 0; c < s->channels; ++c)
          *output++ = wherry_activated(wherry_pooled_f32(corner + c, window, takes_greatest, s), activation);
      }
    }
  }
}
