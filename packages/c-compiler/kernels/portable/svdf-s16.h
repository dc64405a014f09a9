#include "svdf.h"

/* The zero point of an int16 state is 0. */
static inline int32_t wherry_kept_s16(int16_t kept, int32_t zero_point) { return kept - zero_point; }

WHERRY_DEFINE_SVDF(wherry_svdf_s16, int16_t, -32768, 32767, wherry_kept_s16)
