/*
 * Values under a window, widened to 16 bits. Those of two pixels stand side by side: of each four values of the one two
 * words, then two words of the other; in the words values 0 and 2, then 1 and 3.
 */
#include <stdint.h>
#include <string.h>
#include "instructions.h"

/* Where value `at` of a pixel stands; `window` is where its first one does. */
static inline int8_t *wherry_widened(int8_t *window, int32_t at) {
  return window + (at >> 2) * 16 + (at & 1) * 4 + (at & 2);
}

/* `count` values behind the first `at` ones. */
static inline void wherry_widen(const int8_t *from, int32_t count, int8_t *window, int32_t at) {
  const int32_t end = at + count;
  for (; (at & 3) != 0 && at < end; ++at) {
    const int16_t value = *from++;
    memcpy(wherry_widened(window, at), &value, 2);
  }
  if (end - at >= 4) {
    uint32_t *words = (uint32_t *)(void *)wherry_widened(window, at);
    const uint32_t *const last = words + (end - at) / 4 * 4;
    at += (end - at) / 4 * 4;
    do {
      const uint32_t word = wherry_load_word(from);
      words[0] = wherry_widen_even(word);
      words[1] = wherry_widen_odd(word);
      from += 4;
      words += 4;
    } while (words != last);
  }
  for (; at < end; ++at) {
    const int16_t value = *from++;
    memcpy(wherry_widened(window, at), &value, 2);
  }
}

static inline void wherry_widen_same(int32_t value, int32_t count, int8_t *window, int32_t at) {
  const int16_t wide = (int16_t)value;
  const int32_t end = at + count;
  for (; at < end; ++at) memcpy(wherry_widened(window, at), &wide, 2);
}
