/* Instructions of Arm's DSP extension; plain C where they are absent, in Arm state, and where nothing is optimized. */
#include <stdint.h>
#include <string.h>

#if defined(__ARM_FEATURE_DSP) && defined(__thumb2__) && defined(__GNUC__) && defined(__OPTIMIZE__) && \
    defined(__ARM_FEATURE_UNALIGNED)
#define WHERRY_DSP
/*
 * A function whose whole body is assembly: it has the registers to itself, whatever the compiler does around it. R9 is left
 * alone, which some platforms have reserved.
 */
#define WHERRY_ASSEMBLY static __attribute__((naked, noinline, used, no_instrument_function))
/* Of a parameter that only the assembly reads. */
#define WHERRY_UNNAMED __attribute__((unused))
#endif

#ifdef WHERRY_DSP
/* Bytes 0 and 2 as two values of 16 bits. */
static inline uint32_t wherry_widen_even(uint32_t x) {
  uint32_t y;
  __asm__("sxtb16 %0, %1" : "=r"(y) : "r"(x));
  return y;
}
/* Bytes 1 and 3. */
static inline uint32_t wherry_widen_odd(uint32_t x) {
  uint32_t y;
  __asm__("sxtb16 %0, %1, ror #8" : "=r"(y) : "r"(x));
  return y;
}
/* sum and the products of the lower and of the upper halves, modulo 2^32. */
static inline uint32_t wherry_add_products(uint32_t sum, uint32_t a, uint32_t b) {
  __asm__("smlad %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}
/* sum and the product of a's lower half with b's upper one. */
static inline uint32_t wherry_add_lower_upper(uint32_t sum, uint32_t a, uint32_t b) {
  __asm__("smlabt %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}
/* sum and the product of a's upper half with b's lower one. */
static inline uint32_t wherry_add_upper_lower(uint32_t sum, uint32_t a, uint32_t b) {
  __asm__("smlatb %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
  return sum;
}
/* a + (a * b + 2^31) / 2^32, rounded down. */
static inline int32_t wherry_add_high_word(int32_t a, int32_t b) {
  int32_t y;
  __asm__("smmlar %0, %1, %2, %1" : "=r"(y) : "r"(a), "r"(b));
  return y;
}
static inline int32_t wherry_saturate_s8(int32_t x) {
  int32_t y;
  __asm__("ssat %0, #8, %1" : "=r"(y) : "r"(x));
  return y;
}
#else
static inline uint32_t wherry_widen_even(uint32_t x) {
  return ((((x & 0xffu) ^ 0x80u) - 0x80u) & 0xffffu) | (((((x >> 16) & 0xffu) ^ 0x80u) - 0x80u) << 16);
}
static inline uint32_t wherry_widen_odd(uint32_t x) { return wherry_widen_even(x >> 8); }
static inline int32_t wherry_half(uint32_t x) { return (int32_t)((x & 0xffffu) ^ 0x8000u) - 0x8000; }
static inline uint32_t wherry_add_products(uint32_t sum, uint32_t a, uint32_t b) {
  return sum + (uint32_t)(wherry_half(a) * wherry_half(b)) + (uint32_t)(wherry_half(a >> 16) * wherry_half(b >> 16));
}
static inline uint32_t wherry_add_lower_upper(uint32_t sum, uint32_t a, uint32_t b) {
  return sum + (uint32_t)(wherry_half(a) * wherry_half(b >> 16));
}
static inline uint32_t wherry_add_upper_lower(uint32_t sum, uint32_t a, uint32_t b) {
  return sum + (uint32_t)(wherry_half(a >> 16) * wherry_half(b));
}
static inline int32_t wherry_add_high_word(int32_t a, int32_t b) {
  return a + (int32_t)(((int64_t)a * b + 2147483648) >> 32);
}
static inline int32_t wherry_saturate_s8(int32_t x) { return x < -128 ? -128 : x > 127 ? 127 : x; }
#endif

static inline uint32_t wherry_load_word(const int8_t *from) {
  uint32_t word;
  memcpy(&word, from, 4);
  return word;
}
