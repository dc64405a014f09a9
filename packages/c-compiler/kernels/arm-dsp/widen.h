/*
 * Values under a window, widened to 16 bits. Those of two pixels stand side by side: of each four values of the one two
 * words, then two words of the other; in the words values 0 and 2, then 1 and 3.
 */
#include <stdint.h>
#include <string.h>
#include "instructions.h"

/* `count` values, a multiple of four. Returns where the next ones stand. */
static inline int8_t *wherry_widen(int8_t *window, const int8_t *from, int32_t count) {
  const int8_t *const end = from + count;
  uint32_t *words = (uint32_t *)(void *)window;
  for (; from != end; from += 4, words += 4) {
    const uint32_t word = wherry_load_word(from);
    words[0] = wherry_widen_even(word);
    words[1] = wherry_widen_odd(word);
  }
  return (int8_t *)words;
}

/* As if `count` values were all the same. */
static inline int8_t *wherry_widen_same(int8_t *window, int32_t value, int32_t count) {
  const uint32_t word = ((uint32_t)value & 0xffffu) | (uint32_t)value << 16;
  uint32_t *words = (uint32_t *)(void *)window;
  for (; count > 0; count -= 4, words += 4) words[0] = words[1] = word;
  return (int8_t *)words;
}

/* Few bytes, for which a library's function takes longer to call than to work. Returns what lies behind. */
static inline int8_t *wherry_put(int8_t *to, const int8_t *from, int32_t count) {
  for (; count >= 4; count -= 4, to += 4, from += 4) memcpy(to, from, 4);
  for (; count > 0; --count) *to++ = *from++;
  return to;
}

static inline int8_t *wherry_put_same(int8_t *to, int32_t value, int32_t count) {
  for (; count > 0; --count) *to++ = (int8_t)value;
  return to;
}
