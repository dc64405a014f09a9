/* What DEPTHWISE_CONV_2D on int8 is told of a layer, and where the values lie that it multiplies for one pixel. */
#include <stdint.h>
#include "../portable/requantize.h"

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  wherry_requantization to;
} wherry_depthwise_conv_2d;

/* One pointer for each place of the filter at (y, x); `padding` are input_c zero points. */
static inline void wherry_depthwise_taps_s8(const int8_t *image, int32_t y, int32_t x, const int8_t **taps,
                                            const int8_t *padding, const wherry_depthwise_conv_2d *s) {
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t iy = y + fy * s->dilation_h;
    for (fx = 0; fx < s->filter_w; ++fx) {
      const int32_t ix = x + fx * s->dilation_w;
      *taps++ = iy < 0 || iy >= s->input_h || ix < 0 || ix >= s->input_w
                    ? padding
                    : image + (iy * s->input_w + ix) * s->input_c;
    }
  }
}
