/* LOGISTIC and TANH on int16: places of the logistic function with straight lines between them. */
#include <stdint.h>

typedef struct {
  /* From steps of the input to steps of 1 / (3 * 4096). */
  int32_t multiplier, shift;
} wherry_sigmoid;

static inline int32_t wherry_sigmoid_steps(int32_t value, const wherry_sigmoid *s) {
  const int32_t half = s->shift > 0 ? (int32_t)1 << (s->shift - 1) : 0;
  /* A product without a shift may wrap, as the reference lets it; with one it has room for the half. */
  return ((int32_t)((uint32_t)value * (uint32_t)s->multiplier) + half) >> s->shift;
}

/* 65536 * logistic(|steps|) with `bits` more fraction bits, for at most 255 << bits steps. */
static inline uint32_t wherry_sigmoid_at(uint32_t magnitude, int32_t bits, const uint16_t *places) {
  const uint32_t place = magnitude >> bits, rest = magnitude - (place << bits);
  if (place >= 255) return (uint32_t)65535 << bits;
  return ((uint32_t)places[place] << bits) + rest * (uint32_t)(places[place + 1] - places[place]);
}

static inline uint32_t wherry_magnitude(int32_t value) {
  return value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
}

/* 1 / (1 + exp(-x)) in steps of 2^-15; beyond the places it is 1 less 2^-15. */
static inline int16_t wherry_logistic_of(int32_t steps, const uint16_t *places) {
  const uint32_t magnitude = wherry_magnitude(steps);
  const uint32_t positive = magnitude >= 130560 ? 33553408 : wherry_sigmoid_at(magnitude, 9, places);
  return (int16_t)((steps >= 0 ? positive + 512 : 33554943 - positive) >> 10);
}

/* tanh(x) = 2 logistic(2 x) - 1 in steps of 2^-15. */
static inline int16_t wherry_tanh_of(int32_t steps, const uint16_t *places) {
  const int32_t above = (int32_t)wherry_sigmoid_at(wherry_magnitude(steps), 8, places) - 8388608;
  return (int16_t)((steps >= 0 ? above + 128 : -above + 127) >> 8);
}

static inline void wherry_logistic_s16(const int16_t *input, int16_t *output, const uint16_t *places, int32_t count,
                                       const wherry_sigmoid *s) {
  for (int32_t i = 0; i < count; ++i) output[i] = wherry_logistic_of(wherry_sigmoid_steps(input[i], s), places);
}

static inline void wherry_tanh_s16(const int16_t *input, int16_t *output, const uint16_t *places, int32_t count,
                                   const wherry_sigmoid *s) {
  for (int32_t i = 0; i < count; ++i) output[i] = wherry_tanh_of(wherry_sigmoid_steps(input[i], s), places);
}
