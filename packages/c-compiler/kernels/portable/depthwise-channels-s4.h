#include "depthwise-channels.h"
#include "nibbles.h"

static inline const int8_t *wherry_taps_s4(const uint16_t *weights, int32_t first, int32_t taps, int8_t *room) {
  for (int32_t i = 0; i < taps; ++i) room[i] = (int8_t)wherry_nibble(weights, first + i);
  return room;
}

WHERRY_DEFINE_DEPTHWISE_CHANNELS(wherry_depthwise_channels_s4, uint16_t, wherry_taps_s4)
