#include "depthwise-channels.h"

static inline const int8_t *wherry_taps_s8(const int8_t *weights, int32_t first, int32_t taps, int8_t *room) {
  (void)taps;
  (void)room;
  return weights + first;
}

WHERRY_DEFINE_DEPTHWISE_CHANNELS(wherry_depthwise_channels_s8, int8_t, wherry_taps_s8)
