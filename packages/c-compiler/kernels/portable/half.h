/* Numbers of 16 bits: a sign, 5 bits of exponent, 10 bits of fraction. */
#include <stdint.h>
#include <string.h>

static inline float wherry_widen_half(uint16_t half) {
  const uint32_t sign = (uint32_t)(half & 0x8000u) << 16, exponent = (half >> 10) & 31u;
  uint32_t fraction = half & 1023u, bits;
  float value;
  if (exponent == 0) {
    /* Below the least normal half: a whole number of 2^-24, which float32 has exactly. */
    value = (float)(int32_t)fraction * 5.9604644775390625e-8f;
    return sign != 0 ? -value : value;
  }
  bits = sign | (exponent == 31 ? 0x7f800000u : (exponent + 112u) << 23) | fraction << 13;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The nearest half, ties to the even one; 65520 and more are infinite. */
static inline uint16_t wherry_narrow_half(float value) {
  uint32_t bits, sign, magnitude, shift, kept, rest, middle;
  memcpy(&bits, &value, sizeof bits);
  sign = (bits >> 16) & 0x8000u;
  magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return 0x7e00u;
  if (magnitude >= 0x477ff000u) return (uint16_t)(sign | 0x7c00u);
  /* Less than half of the least one. */
  if (magnitude < 0x33000000u) return (uint16_t)sign;
  if (magnitude < 0x38800000u) {
    shift = 126u - (magnitude >> 23);
    magnitude = (magnitude & 0x7fffffu) | 0x800000u;
    kept = magnitude >> shift;
  } else {
    shift = 13u;
    kept = (magnitude - 0x38000000u) >> shift;
  }
  rest = magnitude & (((uint32_t)1 << shift) - 1u);
  middle = (uint32_t)1 << (shift - 1u);
  if (rest > middle || (rest == middle && (kept & 1u) != 0)) ++kept;
  return (uint16_t)(sign | kept);
}
