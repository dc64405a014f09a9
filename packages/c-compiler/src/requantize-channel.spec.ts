// The short way from a sum to int8 against the long one, which the operators' cases hold to the reference: every shift, sums
// at and around all ties and bounds, and many between.
import { buildFolder, describeCompiled } from '@wherry/testing';
import { kernelText } from './emit/kernel-text.js';

const program = `#include <stdio.h>
static const int32_t multipliers[] = {1073741824, 1073741825, 1205623131, 1431655765, 1518500250, 1610612737,
                                      1717986918, 1840700269, 1999999999, 2147483646, 2147483647};
static int compare(int32_t sum, int32_t multiplier, int32_t shift, int32_t zero_point) {
  const wherry_requantization to = {zero_point, -128 - zero_point, 127 - zero_point, 1};
  const wherry_small_scale scale = {(int32_t)(2u * (uint32_t)multiplier), (2 * zero_point + 1) * (1 << (shift - 1)), shift};
  if (wherry_requantize((uint32_t)sum, multiplier, -shift, &to) == wherry_channel_to_s8((uint32_t)sum, &scale, -128, 127))
    return 1;
  printf("%d %d %d %d\\n", sum, multiplier, shift, zero_point);
  return 0;
}
int main(void) {
  const int32_t limit = 1073741823;
  unsigned i, j;
  int32_t shift, k, step;
  for (i = 0; i < sizeof multipliers / sizeof *multipliers; ++i)
    for (shift = 1; shift <= 22; ++shift)
      for (j = 0; j < 3; ++j) {
        const int32_t zero_point = j == 0 ? -128 : j == 1 ? 0 : 127;
        /* Around what the halves between two outputs come of, and the ends. */
        for (k = -520; k <= 520; ++k) {
          const int64_t tie = k * ((int64_t)1 << (shift + 30)) / multipliers[i];
          for (step = -3; step <= 3; ++step)
            if (tie + step >= -limit && tie + step <= limit && !compare((int32_t)tie + step, multipliers[i], shift, zero_point))
              return 1;
        }
        for (k = 0; k < 20000; ++k)
          if (!compare((int32_t)(((uint32_t)k * 2654435761u) >> (k % 24 + 2)) * (k % 2 == 0 ? 1 : -1), multipliers[i], shift, zero_point))
            return 1;
        if (!compare(limit, multipliers[i], shift, zero_point) || !compare(-limit, multipliers[i], shift, zero_point)) return 1;
      }
  return 0;
}
`;

describeCompiled('sums of a channel', () => {
  it('become the same int8 by the short way', () => {
    const folder = buildFolder();
    try {
      const { text } = kernelText(['requantize', 'requantize-channel']);
      folder.write(new Map([['main.c', `#include <stdint.h>\n${text.text}\n${program}`]]));
      folder.build(['main.c', '-O1', '-fsanitize=undefined', '-fno-sanitize-recover=all'], 'program');
      expect(folder.run('program').toString()).toBe('');
    } finally {
      folder.remove();
    }
  });
});
