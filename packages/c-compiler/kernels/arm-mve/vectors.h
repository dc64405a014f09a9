/* The vector unit of Armv8.1-M: WHERRY_MVE is defined where it is there. Elsewhere the same file is plain C. */
#include <stdint.h>

#if defined(__ARM_FEATURE_MVE) && defined(__GNUC__) && defined(__OPTIMIZE__)
#define WHERRY_MVE
#  include <arm_mve.h>
#endif
