/* The windows of AVERAGE_POOL_2D and MAX_POOL_2D: what lies in the padding does not count. */
#include <stdint.h>

typedef struct {
  int32_t batches, input_h, input_w, channels;
  int32_t output_h, output_w;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  /* Least and greatest value of the output. */
  int32_t low, high;
} wherry_pool;

/* The window of one output pixel, and where its pixels begin: those of padding are cut off. */
typedef struct {
  int32_t top, left, height, width;
} wherry_window;

static inline wherry_window wherry_window_at(int32_t y, int32_t x, const wherry_pool *s) {
  const int32_t first_y = y * s->stride_h - s->top, first_x = x * s->stride_w - s->left;
  const int32_t end_y = first_y + s->filter_h < s->input_h ? first_y + s->filter_h : s->input_h;
  const int32_t end_x = first_x + s->filter_w < s->input_w ? first_x + s->filter_w : s->input_w;
  wherry_window window;
  window.top = first_y < 0 ? 0 : first_y;
  window.left = first_x < 0 ? 0 : first_x;
  window.height = end_y - window.top;
  window.width = end_x - window.left;
  return window;
}
