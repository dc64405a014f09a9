/*
 * CAST between any two types, whose numbers are those of `wherry_type`: fractions are cut off, integers keep their low bits. What
 * an int64 cannot hold, and what is no number, becomes the integer 0.
 */
#include <stdint.h>
#include <string.h>
#include "half.h"

enum wherry_type {
  WHERRY_BOOL,
  WHERRY_U8,
  WHERRY_S8,
  WHERRY_S16,
  WHERRY_S32,
  WHERRY_S64,
  WHERRY_F16,
  WHERRY_F32
};

static inline int64_t wherry_read_integer(const uint8_t *at, int32_t type) {
  int16_t s16;
  int32_t s32;
  int64_t s64;
  switch (type) {
    case WHERRY_S16:
      memcpy(&s16, at, sizeof s16);
      return s16;
    case WHERRY_S32:
      memcpy(&s32, at, sizeof s32);
      return s32;
    case WHERRY_S64:
      memcpy(&s64, at, sizeof s64);
      return s64;
    case WHERRY_S8:
      return (int8_t)*at;
    default:
      return *at;
  }
}

static inline float wherry_read_real(const uint8_t *at, int32_t type) {
  uint16_t half;
  float real;
  if (type == WHERRY_F16) {
    memcpy(&half, at, sizeof half);
    return wherry_widen_half(half);
  }
  memcpy(&real, at, sizeof real);
  return real;
}

static inline void wherry_write_integer(uint8_t *at, int64_t value, int32_t type) {
  const uint64_t bits = (uint64_t)value;
  const uint8_t u8 = type == WHERRY_BOOL ? (uint8_t)(value != 0) : (uint8_t)bits;
  const uint16_t u16 = (uint16_t)bits;
  const uint32_t u32 = (uint32_t)bits;
  if (type == WHERRY_S16)
    memcpy(at, &u16, sizeof u16);
  else if (type == WHERRY_S32)
    memcpy(at, &u32, sizeof u32);
  else if (type == WHERRY_S64)
    memcpy(at, &bits, sizeof bits);
  else
    *at = u8;
}

static inline void wherry_write_real(uint8_t *at, float value, int32_t type) {
  const uint16_t half = type == WHERRY_F16 ? wherry_narrow_half(value) : (uint16_t)0;
  if (type == WHERRY_F16)
    memcpy(at, &half, sizeof half);
  else
    memcpy(at, &value, sizeof value);
}

static inline int32_t wherry_bytes_of(int32_t type) {
  return type == WHERRY_S64 ? 8 : type == WHERRY_S32 || type == WHERRY_F32 ? 4 : type <= WHERRY_S8 ? 1 : 2;
}

static inline void wherry_cast(const void *input, void *output, int32_t count, int32_t from, int32_t to) {
  const uint8_t *source = (const uint8_t *)input;
  uint8_t *result = (uint8_t *)output;
  const int32_t read = wherry_bytes_of(from), written = wherry_bytes_of(to);
  for (int32_t i = 0; i < count; ++i, source += read, result += written) {
    if (from >= WHERRY_F16) {
      const float value = wherry_read_real(source, from);
      const int32_t fits = value > -9223372036854775808.0f && value < 9223372036854775808.0f;
      if (to >= WHERRY_F16)
        wherry_write_real(result, value, to);
      else if (to == WHERRY_BOOL)
        *result = (uint8_t)(value < 0.0f || !(value <= 0.0f));
      else
        wherry_write_integer(result, fits ? (int64_t)value : 0, to);
    } else {
      const int64_t value = wherry_read_integer(source, from);
      /* Over a double, as the reference rounds. */
      if (to >= WHERRY_F16)
        wherry_write_real(result, (float)(double)value, to);
      else
        wherry_write_integer(result, value, to);
    }
  }
}
