/* What scales the sums of a channel, where no sum reaches 2^30 and every shift is negative. */
#include <stdint.h>

/*
 * Multiplier: twice that of the scale, less 2^32. The shift counts down, to 22 at most. Offset: the zero point and a half, shifted
 * up by as much.
 */
typedef struct {
  int32_t multiplier, offset, shift;
} wherry_small_scale;

/* What a channel has of its own. */
typedef struct {
  wherry_small_scale scale;
  int32_t bias;
} wherry_channel;
