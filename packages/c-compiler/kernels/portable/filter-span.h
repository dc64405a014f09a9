/* The places of a filter, along one dimension, that lie within the input. */
#include <stdint.h>

typedef struct {
  int32_t first, end;
} wherry_filter_span;

/* `place`: where the filter's first place lies. */
static inline wherry_filter_span wherry_span_inside(int32_t place, int32_t dilation, int32_t filter, int32_t input) {
  wherry_filter_span span;
  span.first = place < 0 ? (dilation - 1 - place) / dilation : 0;
  span.end = place < input ? (input - place + dilation - 1) / dilation : 0;
  if (span.end > filter) span.end = filter;
  return span;
}
