// The files of kernels/, put here by `npm run generate`; not to be edited.
/* eslint max-lines: off */
import { c, type CFragment } from '@wherry/c-source';

/** One file of C: the others and the headers of the language that it needs, and the rest of it. */
export interface KernelSource {
  readonly needs: readonly string[];
  readonly headers: readonly string[];
  readonly source: CFragment;
}

/** By variant and file. */
export const kernelSources: { readonly [path: string]: KernelSource } = {
  'arm-dsp/add-small-s8.h': {
    needs: ['arm-dsp/requantize-small.h'],
    headers: ['stdint.h'],
    source: c`/*
 * ADD on int8 for the DSP extension, element by element. The operand of the greater scale only moves up by 19 bits; the other
 * one is scaled, and then the sum.
 */

typedef struct {
  int32_t count;
  /* Zero points, moved up by 19 and by 20 bits, to be added. */
  int32_t greater_offset, other_offset;
  /* As in wherry_small_scale; 0: both scales are the same. \`half\`: a half, moved up by the shift. */
  int32_t other_multiplier, other_shift, half;
  int32_t multiplier, shift, offset;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_small_addition;

static inline void wherry_add_small_s8(const int8_t *greater, const int8_t *other, int8_t *output,
                                       const wherry_small_addition *s) {
  const int32_t multiplier = s->multiplier, offset = s->offset, shift = s->shift, half = s->half;
  const int32_t other_multiplier = s->other_multiplier, other_shift = s->other_shift;
  const int32_t both_offsets = s->greater_offset + s->other_offset / 2;
  const int32_t greater_offset = s->greater_offset, other_offset = s->other_offset;
  int8_t *const first = output, *const end = output + s->count;
  if (other_multiplier == 0) {
    while (output != end) {
      const int32_t sum = (*greater++ + *other++) * 524288 + both_offsets;
      *output++ = (int8_t)wherry_requantize_small((uint32_t)sum, multiplier, offset, shift);
    }
  } else {
    while (output != end) {
      const int32_t x = wherry_add_high_word(*other++ * 1048576 + other_offset, other_multiplier);
      const int32_t sum = *greater++ * 524288 + greater_offset + ((x + (x >> 31) + half) >> other_shift);
      *output++ = (int8_t)wherry_requantize_small((uint32_t)sum, multiplier, offset, shift);
    }
  }
  if (s->narrow) wherry_clamp_run_s8(first, output, s->low, s->high);
}`,
  },
  'arm-dsp/conv-2d-pairs-s8.h': {
    needs: ['arm-dsp/dot-pairs.h', 'arm-dsp/requantize-small.h', 'arm-dsp/widen.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D on int8 for the DSP extension. Input [N,H,W,C], output [N,H,W,O]. Two pixels and two channels are computed at once:
 * weights are [O / 2][rows][run / 2] words as in dot-pairs.h. No sum of a second channel's products reaches 2^23 in a row.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* How the values of a window are cut: \`run\`, a multiple of eight, in each row, zeros behind the last. */
  int32_t rows, run;
  /* 1: rows under the filter are no multiples of four; they are put behind each other before they are widened. */
  int32_t gathers;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_conv_2d_pairs;

/* The next pair of channels, or the last channel; those of the other pixel first, as both are one where there is one pixel. */
static inline void wherry_conv_2d_pair_s8(wherry_two_pixels *work, const wherry_conv_2d_pairs *s, int32_t is_pair) {
  const wherry_channel *const channels = work->channels;
  const uint32_t *const last = work->values + s->rows * s->run, *values = work->values;
  int32_t other[2], r;
  wherry_pair_sums sums;
  sums.both[0] = sums.both[1] = sums.first[0] = sums.first[1] = (uint32_t)channels[0].bias;
  other[0] = other[1] = channels[1].bias;
  while (values != last) {
    values = wherry_dot_pairs(&sums, values, work->weights, work->weights + s->run / 2);
    work->weights += s->run / 2;
    for (r = 0; r < 2; ++r) {
      other[r] += (int32_t)(sums.both[r] - sums.first[r]) >> 8;
      sums.both[r] = sums.first[r];
    }
  }
  for (r = 1; r >= 0; --r) {
    int8_t *const to = r == 1 ? work->second : work->output;
    to[0] = (int8_t)wherry_requantize_channel(sums.first[r], &channels[0].scale);
    if (is_pair) to[1] = (int8_t)wherry_requantize_channel((uint32_t)other[r], &channels[1].scale);
  }
  work->output += 2;
  work->second += 2;
  work->channels += 2;
}

/* All channels of two pixels; \`second\`: where the other one's go, the same as the first's where there is none. */
static inline void wherry_conv_2d_pixels_s8(const uint32_t *window, int8_t *output, int8_t *second,
                                            const int32_t *weights, const wherry_channel *channels,
                                            const wherry_conv_2d_pairs *s) {
  wherry_two_pixels work;
  work.values = window;
  work.bytes = 2 * s->run;
  work.channels = channels;
  work.pairs = s->output_c / 2;
  work.output = output;
  work.second = second;
  work.weights = weights;
#ifdef WHERRY_DSP
  if (s->rows == 1 && work.pairs > 0) wherry_finish_pairs(&work);
#endif
  for (; work.pairs > 0; --work.pairs) wherry_conv_2d_pair_s8(&work, s, 1);
  if (s->output_c % 2 == 1) wherry_conv_2d_pair_s8(&work, s, 0);
}

/*
 * The values under the filter at (y, x), with the zero point in the padding: widened into \`window\`, or as they are into
 * \`patch\`.
 */
static inline void wherry_window_s8(const int8_t *image, int32_t y, int32_t x, int8_t *window, int8_t *patch,
                                    const wherry_conv_2d_pairs *s) {
  const int32_t first = x >= 0 ? 0 : -x < s->filter_w ? -x : s->filter_w;
  const int32_t last = s->input_w - x < first ? first : s->input_w - x < s->filter_w ? s->input_w - x : s->filter_w;
  const int32_t before = first * s->input_c, inside = (last - first) * s->input_c;
  const int32_t behind = (s->filter_w - last) * s->input_c, run = before + inside + behind;
  int32_t fy;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t iy = y + fy * s->dilation_h;
    const int32_t in_image = iy >= 0 && iy < s->input_h;
    const int8_t *const from = image + (iy * s->input_w + x + first) * s->input_c;
    if (s->gathers) {
      if (in_image) {
        patch = wherry_put_same(patch, s->input_zero_point, before);
        patch = wherry_put(patch, from, inside);
        patch = wherry_put_same(patch, s->input_zero_point, behind);
      } else {
        patch = wherry_put_same(patch, s->input_zero_point, run);
      }
    } else if (in_image) {
      window = wherry_widen_same(window, s->input_zero_point, before);
      window = wherry_widen(window, from, inside);
      window = wherry_widen_same(window, s->input_zero_point, behind);
    } else {
      window = wherry_widen_same(window, s->input_zero_point, run);
    }
  }
}

/* \`window\` has room for the values of two pixels, widened, and for those of one as they are where it gathers. */
static inline void wherry_conv_2d_pairs_s8(const int8_t *input, int8_t *output, int8_t *window, const int32_t *weights,
                                           const wherry_channel *channels, const wherry_conv_2d_pairs *s) {
  const uint32_t *const values = (const uint32_t *)(const void *)window;
  int8_t *const patch = window + 4 * s->rows * s->run;
  int32_t batch, y, x, i;
  for (batch = 0; batch < s->batches; ++batch) {
    int8_t *const image = output;
    for (y = x = 0; y < s->output_h;) {
      int8_t *second = output;
      for (i = 0; i < 2 && y < s->output_h; ++i) {
        wherry_window_s8(input, y * s->stride_h - s->top, x * s->stride_w - s->left, window + 8 * i, patch, s);
        if (s->gathers) wherry_widen(window + 8 * i, patch, s->rows * s->run);
        second = output + i * s->output_c;
        if (++x == s->output_w) {
          x = 0;
          ++y;
        }
      }
      wherry_conv_2d_pixels_s8(values, output, second, weights, channels, s);
      output = second + s->output_c;
    }
    if (s->narrow) wherry_clamp_run_s8(image, output, s->low, s->high);
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'arm-dsp/conv-2d-quads-s4.h': {
    needs: ['portable/conv-2d.h', 'arm-dsp/instructions.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int8 with weights of 4 bits, for the DSP extension. Four channels are computed at once: half a
 * word of weights has one of each, a + 8 in its lowest bits, then b + 8 and c + 8, and d in two's complement, so that it is
 * 4096 * d + 256 * (c + 8) + 16 * (b + 8) + a + 8. Products with all of it, and with its lowest three nibbles, two and one, add
 * up to sums of which each next one is less by that of one channel. Weights are [O / 4][H][run / 4][2] words, of values 0 and 2,
 * then 1 and 3, with zeros behind the last of a run.
 */

/* Beyond it 4096 times a sum of products of 7 and 3 bits may not fit. A multiple of four. */
#define WHERRY_QUAD_VALUES 508

typedef struct {
  uint32_t four, three, two, one;
} wherry_quad_sums;

/* The products of four values in a word with the weights of four channels. */
static inline void wherry_quad_products(wherry_quad_sums *sums, uint32_t word, const int32_t *weights) {
  const uint32_t even = wherry_widen_even(word), odd = wherry_widen_odd(word);
  const uint32_t w0 = (uint32_t)weights[0], w1 = (uint32_t)weights[1];
  sums->four = wherry_add_products(wherry_add_products(sums->four, even, w0), odd, w1);
  sums->three = wherry_add_products(sums->three, even, w0 & 0x0fff0fffu);
  sums->three = wherry_add_products(sums->three, odd, w1 & 0x0fff0fffu);
  sums->two = wherry_add_products(sums->two, even, w0 & 0x00ff00ffu);
  sums->two = wherry_add_products(sums->two, odd, w1 & 0x00ff00ffu);
  sums->one = wherry_add_products(sums->one, even, w0 & 0x000f000fu);
  sums->one = wherry_add_products(sums->one, odd, w1 & 0x000f000fu);
}

/* Values of which there are fewer than four, zeros behind them. */
static inline uint32_t wherry_load_few(const int8_t *from, int32_t count) {
  uint32_t word = 0;
  memcpy(&word, from, (size_t)count);
  return word;
}

/* Adds the products of \`count\` values with four channels of weights. */
static inline const int32_t *wherry_dot_quads(uint32_t *sums, const int8_t *values, const int32_t *weights,
                                              int32_t count) {
  while (count > 0) {
    const int32_t part = count < WHERRY_QUAD_VALUES ? count : WHERRY_QUAD_VALUES;
    const int8_t *const end = values + (part - part % 4);
    wherry_quad_sums part_sums = {0, 0, 0, 0};
    for (; values != end; values += 4, weights += 2)
      wherry_quad_products(&part_sums, wherry_load_word(values), weights);
    if (part % 4 > 0) {
      wherry_quad_products(&part_sums, wherry_load_few(values, part % 4), weights);
      weights += 2;
    }
    sums[0] += part_sums.one;
    sums[1] += (uint32_t)((int32_t)(part_sums.two - part_sums.one) >> 4);
    sums[2] += (uint32_t)((int32_t)(part_sums.three - part_sums.two) >> 8);
    sums[3] += (uint32_t)((int32_t)(part_sums.four - part_sums.three) >> 12);
    count -= part;
  }
  return weights;
}

static inline uint32_t wherry_sum_values(uint32_t sum, const int8_t *values, int32_t count) {
  for (; count > 0; count -= 4, values += 4) {
    const uint32_t word = count < 4 ? wherry_load_few(values, count) : wherry_load_word(values);
    sum = wherry_add_products(sum, wherry_widen_even(word), 0x00010001u);
    sum = wherry_add_products(sum, wherry_widen_odd(word), 0x00010001u);
  }
  return sum;
}

/* As wherry_conv_2d_pixel_s4. */
static inline void wherry_conv_2d_pixel_quads_s4(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                                 const int32_t *weights, const int32_t *bias,
                                                 const int32_t *multipliers, const int8_t *shifts, int32_t channels,
                                                 const wherry_conv_2d *s) {
  uint32_t all = 0;
  int32_t o, r;
  for (r = 0; r < s->filter_h; ++r) all = wherry_sum_values(all, rows + r * pitch, run);
  for (o = 0; o < channels; o += 4) {
    const int32_t count = channels - o < 4 ? channels - o : 4;
    uint32_t sums[4];
    sums[0] = sums[1] = sums[2] = 0u - 8u * all;
    sums[3] = 0;
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_quads(sums, rows + r * pitch, weights, run);
    for (r = 0; r < count; ++r)
      output[o + r] =
          wherry_requantize((uint32_t)bias[o + r] + sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
}

static inline int32_t wherry_words_quads_s4(int32_t channels, int32_t rows, int32_t run) {
  return (channels + 3) / 4 * rows * ((run + 3) / 4) * 2;
}

WHERRY_DEFINE_CONV_2D(wherry_conv_2d_quads_s4, int32_t, wherry_conv_2d_pixel_quads_s4, wherry_words_quads_s4)`,
  },
  'arm-dsp/dense-pairs-s8.h': {
    needs: ['arm-dsp/requantize-small.h'],
    headers: ['stdint.h'],
    source: c`/*
 * FULLY_CONNECTED of one vector on int8 for the DSP extension. Four channels are computed at once, as two pairs: weights are
 * [O / 4][rows][run / 4][pair][2] words as in dot-pairs.h. No sum of a second channel's products reaches 2^23 in a row.
 */

typedef struct {
  int32_t depth, output_c;
  /* How a vector is cut: \`run\`, a multiple of four, in each row, fewer in the last. */
  int32_t rows, run;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
  /* From the scale of a channel to that of the next: 0 where one is that of all. */
  int32_t scales_apart;
} wherry_dense_pairs;

/* Sums of both channels of each pair, and those of its first. */
typedef struct {
  uint32_t both[2], first[2];
} wherry_dense_sums;

/* The products of four values in a word with the weights of four channels. */
static inline void wherry_dense_four(wherry_dense_sums *sums, uint32_t word, const int32_t *weights) {
  const uint32_t even = wherry_widen_even(word), odd = wherry_widen_odd(word);
  int32_t i;
  for (i = 0; i < 2; ++i, weights += 2) {
    const uint32_t w0 = (uint32_t)weights[0], w1 = (uint32_t)weights[1];
    sums->both[i] = wherry_add_products(wherry_add_products(sums->both[i], even, w0), odd, w1);
    sums->first[i] = wherry_add_products(sums->first[i], even, wherry_widen_even(w0));
    sums->first[i] = wherry_add_products(sums->first[i], odd, wherry_widen_even(w1));
  }
}

#ifdef WHERRY_DSP
/* A multiple of eight values up to \`end\`, more than none. */
WHERRY_ASSEMBLY void wherry_dense_eights(const int8_t *values WHERRY_UNNAMED, const int8_t *end WHERRY_UNNAMED,
                                         const int32_t *weights WHERRY_UNNAMED, wherry_dense_sums *sums WHERRY_UNNAMED) {
  __asm__ volatile(
      "push {r1, r3, r4, r5, r6, r7, r8, r10, r11, lr}\\n\\t"
      "ldmia r3, {r10, r11, r12, lr}\\n\\t"
      "mov r3, r1\\n"
      "1:\\n\\t"
      "ldr r1, [r0], #4\\n\\t"
      "ldmia r2!, {r4, r5, r6, r7}\\n\\t"
      "sxtb16 r8, r1\\n\\t"
      "sxtb16 r1, r1, ror #8\\n\\t"
      "smlad r10, r8, r4, r10\\n\\t"
      "smlad r11, r8, r6, r11\\n\\t"
      "sxtb16 r4, r4\\n\\t"
      "sxtb16 r6, r6\\n\\t"
      "smlad r10, r1, r5, r10\\n\\t"
      "smlad r11, r1, r7, r11\\n\\t"
      "sxtb16 r5, r5\\n\\t"
      "sxtb16 r7, r7\\n\\t"
      "smlad r12, r8, r4, r12\\n\\t"
      "smlad lr, r8, r6, lr\\n\\t"
      "smlad r12, r1, r5, r12\\n\\t"
      "smlad lr, r1, r7, lr\\n\\t"
      "ldr r1, [r0], #4\\n\\t"
      "ldmia r2!, {r4, r5, r6, r7}\\n\\t"
      "sxtb16 r8, r1\\n\\t"
      "sxtb16 r1, r1, ror #8\\n\\t"
      "smlad r10, r8, r4, r10\\n\\t"
      "smlad r11, r8, r6, r11\\n\\t"
      "sxtb16 r4, r4\\n\\t"
      "sxtb16 r6, r6\\n\\t"
      "smlad r10, r1, r5, r10\\n\\t"
      "smlad r11, r1, r7, r11\\n\\t"
      "sxtb16 r5, r5\\n\\t"
      "sxtb16 r7, r7\\n\\t"
      "smlad r12, r8, r4, r12\\n\\t"
      "smlad lr, r8, r6, lr\\n\\t"
      "smlad r12, r1, r5, r12\\n\\t"
      "smlad lr, r1, r7, lr\\n\\t"
      "cmp r0, r3\\n\\t"
      "bne 1b\\n\\t"
      "ldr r3, [sp, #4]\\n\\t"
      "stmia r3, {r10, r11, r12, lr}\\n\\t"
      "pop {r1, r3, r4, r5, r6, r7, r8, r10, r11, pc}");
}
#else
static inline void wherry_dense_eights(const int8_t *values, const int8_t *end, const int32_t *weights,
                                       wherry_dense_sums *sums) {
  for (; values != end; values += 4, weights += 4) wherry_dense_four(sums, wherry_load_word(values), weights);
}
#endif

/* A row, of \`count\` values; those behind the last four are fewer. */
static inline void wherry_dense_row(wherry_dense_sums *sums, const int8_t *values, int32_t count,
                                    const int32_t *weights) {
  const int32_t in_eights = count - count % 8;
  if (in_eights > 0) wherry_dense_eights(values, values + in_eights, weights, sums);
  for (values += in_eights, weights += in_eights, count -= in_eights; count > 0; count -= 4, values += 4, weights += 4) {
    uint32_t word = 0;
    memcpy(&word, values, count < 4 ? (size_t)count : 4);
    wherry_dense_four(sums, word, weights);
  }
}

/* The results of four channels, by one scale or by four. */
static inline void wherry_scale_four(int32_t *results, const uint32_t *sums, const wherry_small_scale *scale,
                                     int32_t apart) {
  if (apart) {
    results[0] = wherry_requantize_channel(sums[0], scale);
    results[1] = wherry_requantize_channel(sums[1], scale + 1);
    results[2] = wherry_requantize_channel(sums[2], scale + 2);
    results[3] = wherry_requantize_channel(sums[3], scale + 3);
  } else {
    results[0] = wherry_requantize_channel(sums[0], scale);
    results[1] = wherry_requantize_channel(sums[1], scale);
    results[2] = wherry_requantize_channel(sums[2], scale);
    results[3] = wherry_requantize_channel(sums[3], scale);
  }
}

/* Biases, and scales that are apart, are a multiple of four. */
static inline void wherry_dense_pairs_s8(const int8_t *input, int8_t *output, const int32_t *weights,
                                         const int32_t *bias, const wherry_small_scale *scale,
                                         const wherry_dense_pairs *s) {
  const int32_t depth = s->depth, run = s->run, apart = s->scales_apart;
  int32_t left = s->output_c;
  int8_t *const first = output, *const end = output + left;
  for (;; output += 4, bias += 4, scale += 4 * apart) {
    int32_t results[4], at;
    uint32_t totals[4];
    wherry_dense_sums sums;
    sums.both[0] = sums.first[0] = (uint32_t)bias[0];
    sums.both[1] = sums.first[1] = (uint32_t)bias[2];
    totals[1] = (uint32_t)bias[1];
    totals[3] = (uint32_t)bias[3];
    for (at = 0; at < depth; at += run, weights += run) {
      wherry_dense_row(&sums, input + at, depth - at < run ? depth - at : run, weights);
      totals[1] += (uint32_t)((int32_t)(sums.both[0] - sums.first[0]) >> 8);
      totals[3] += (uint32_t)((int32_t)(sums.both[1] - sums.first[1]) >> 8);
      sums.both[0] = sums.first[0];
      sums.both[1] = sums.first[1];
    }
    totals[0] = sums.first[0];
    totals[2] = sums.first[1];
    wherry_scale_four(results, totals, scale, apart);
    left -= 4;
    output[0] = (int8_t)results[0];
    if (left > -3) output[1] = (int8_t)results[1];
    if (left > -2) output[2] = (int8_t)results[2];
    if (left > -1) output[3] = (int8_t)results[3];
    if (left <= 0) break;
  }
  if (s->narrow) wherry_clamp_run_s8(first, end, s->low, s->high);
}`,
  },
  'arm-dsp/depthwise-planes-s8.h': {
    needs: ['arm-dsp/requantize-small.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * DEPTHWISE_CONV_2D on int8 for the DSP extension, channel by channel and band by band: what the filter sees of the channel is
 * widened into a plane with the zero point around it, and nobody reads those bytes again. Input [N,H,W,C], weights [C * multiplier][H][W], output
 * [N,H,W,C * multiplier].
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* Rows of the output that are computed from the plane at once, and rows under the filter. */
  int32_t band, reach_h;
  /* Of the plane, even. */
  int32_t plane_w;
  int32_t low, high;
  /* 1: an activation leaves less than int8 has. */
  int32_t narrow;
} wherry_depthwise_planes;

static inline uint32_t wherry_join(int32_t lower, int32_t upper) {
  return ((uint32_t)lower & 0xffffu) | (uint32_t)upper << 16;
}

/* A channel's results of a band of rows, in the order in which they are written. */
typedef struct {
  wherry_channel channel;
  /* Of each row of the filter, weights 0 and 1 in a word, 1 and 2 in the next. */
  uint32_t weights[6];
  /* Where the filter begins to read, and in words: to its next row, and behind a row of results to the next one. */
  const uint32_t *values;
  int32_t apart, skip;
  int8_t *output;
  /* From one result to the next. */
  int32_t step;
  /* Results in a row, two for each word of values; where each word is one, 2 less their number. */
  int32_t columns;
  int32_t rows;
} wherry_band_of_3x3;

#ifdef WHERRY_DSP
WHERRY_ASSEMBLY void wherry_finish_band(wherry_band_of_3x3 *band WHERRY_UNNAMED) {
#define WHERRY_ROW_OF_TWO(row, at) \\
  "ldrd r7, r8, [" row "], #4\\n\\t" \\
  "ldrd r10, r11, [r0, #" at "]\\n\\t" \\
  "smlad r12, r7, r10, r12\\n\\t" \\
  "smlatb lr, r7, r10, lr\\n\\t" \\
  "smlabt r12, r8, r11, r12\\n\\t" \\
  "smlad lr, r8, r11, lr\\n\\t"
#define WHERRY_ROW_OF_ONE(row, at) \\
  "ldrd r7, r8, [" row "], #4\\n\\t" \\
  "ldrd r10, r11, [r0, #" at "]\\n\\t" \\
  "smlad r12, r7, r10, r12\\n\\t" \\
  "smlabt r12, r8, r11, r12\\n\\t"
  __asm__ volatile(
      "push {r4, r5, r6, r7, r8, r10, r11, lr}\\n\\t"
      "ldrd r1, r2, [r0, #40]\\n\\t"
      "ldrd r4, r5, [r0, #52]\\n\\t"
      "add r3, r1, r2, lsl #3\\n\\t"
      "add r2, r1, r2, lsl #2\\n"
      "2:\\n\\t"
      "ldr r6, [r0, #60]\\n"
      "1:\\n\\t"
      "subs r6, r6, #2\\n\\t"
      "blt 3f\\n\\t"
      "ldr r12, [r0, #12]\\n\\t"
      "mov lr, r12\\n\\t"
      WHERRY_ROW_OF_TWO("r1", "16") WHERRY_ROW_OF_TWO("r2", "24") WHERRY_ROW_OF_TWO("r3", "32")
      "ldmia r0, {r7, r8, r10}\\n\\t"
      "smmlar r12, r12, r7, r12\\n\\t"
      "smmlar lr, lr, r7, lr\\n\\t"
      "add r12, r12, r12, asr #31\\n\\t"
      "add lr, lr, lr, asr #31\\n\\t"
      "add r12, r12, r8\\n\\t"
      "add lr, lr, r8\\n\\t"
      "asr r12, r12, r10\\n\\t"
      "asr lr, lr, r10\\n\\t"
      "ssat r12, #8, r12\\n\\t"
      "ssat lr, #8, lr\\n\\t"
      "strb r12, [r4]\\n\\t"
      "strb lr, [r4, r5]\\n\\t"
      "add r4, r4, r5, lsl #1\\n\\t"
      "bgt 1b\\n\\t"
      "b 4f\\n"
      "3:\\n\\t"
      "ldr r12, [r0, #12]\\n\\t"
      WHERRY_ROW_OF_ONE("r1", "16") WHERRY_ROW_OF_ONE("r2", "24") WHERRY_ROW_OF_ONE("r3", "32")
      "ldmia r0, {r7, r8, r10}\\n\\t"
      "smmlar r12, r12, r7, r12\\n\\t"
      "add r12, r12, r12, asr #31\\n\\t"
      "add r12, r12, r8\\n\\t"
      "asr r12, r12, r10\\n\\t"
      "ssat r12, #8, r12\\n\\t"
      "strb r12, [r4]\\n\\t"
      "add r4, r4, r5\\n\\t"
      "adds r6, r6, #1\\n\\t"
      "blt 3b\\n"
      "4:\\n\\t"
      "ldr r7, [r0, #48]\\n\\t"
      "ldr r8, [r0, #64]\\n\\t"
      "add r1, r1, r7, lsl #2\\n\\t"
      "add r2, r2, r7, lsl #2\\n\\t"
      "add r3, r3, r7, lsl #2\\n\\t"
      "subs r8, r8, #1\\n\\t"
      "str r8, [r0, #64]\\n\\t"
      "bne 2b\\n\\t"
      "pop {r4, r5, r6, r7, r8, r10, r11, pc}");
}
#else
static inline void wherry_finish_band(wherry_band_of_3x3 *band) {
  const wherry_channel *const channel = &band->channel;
  const uint32_t *values = band->values;
  int8_t *output = band->output;
  for (; band->rows > 0; --band->rows, values += band->skip) {
    const int32_t single = band->columns <= 1;
    int32_t left = single ? 2 - band->columns : band->columns;
    while (left > 0) {
      uint32_t x = (uint32_t)channel->bias, y = x;
      int32_t i;
      for (i = 0; i < 3; ++i) {
        const uint32_t *const row = values + i * band->apart, *const w = band->weights + 2 * i;
        x = wherry_add_lower_upper(wherry_add_products(x, row[0], w[0]), row[1], w[1]);
        y = wherry_add_products(wherry_add_upper_lower(y, row[0], w[0]), row[1], w[1]);
      }
      ++values;
      *output = (int8_t)wherry_requantize_channel(x, &channel->scale);
      output += band->step;
      if (--left == 0 || single) continue;
      *output = (int8_t)wherry_requantize_channel(y, &channel->scale);
      output += band->step;
      --left;
    }
  }
}
#endif

/* A filter of 3x3 at a stride of 1 or 2 across. \`step\`: from one pixel of the output to the next. */
static inline void wherry_depthwise_3x3_s8(const uint32_t *plane, int32_t rows, int8_t *output, int32_t step,
                                           const int8_t *w, const wherry_channel *channel,
                                           const wherry_depthwise_planes *s) {
  const int32_t pitch = s->plane_w / 2, columns = s->output_w, single = s->stride_w == 2;
  wherry_band_of_3x3 band;
  int32_t i;
  band.channel = *channel;
  for (i = 0; i < 6; i += 2, w += 3) {
    band.weights[i] = wherry_join(w[0], w[1]);
    band.weights[i + 1] = wherry_join(w[1], w[2]);
  }
  band.values = plane;
  band.apart = s->dilation_h * pitch;
  band.skip = s->stride_h * pitch - (single ? columns : (columns + 1) / 2);
  band.output = output;
  band.step = step;
  band.columns = single ? 2 - columns : columns;
  band.rows = rows;
  wherry_finish_band(&band);
}

/* Any filter. \`words\` has room for its weights, two and two in each row. */
static inline void wherry_depthwise_any_s8(const int8_t *plane, int32_t band, int8_t *output, int32_t step,
                                           const int8_t *w, uint32_t *words, const wherry_channel *channel,
                                           const wherry_depthwise_planes *s) {
  const int32_t pairs = (s->filter_w + 1) / 2;
  int32_t y, x, fy, i;
  for (i = 0; i < s->filter_h * pairs; ++i) {
    const int32_t fx = i % pairs * 2;
    const int8_t *const from = w + i / pairs * s->filter_w + fx;
    words[i] = wherry_join(from[0], fx + 1 < s->filter_w ? from[1] : 0);
  }
  for (y = 0; y < band; ++y) {
    for (x = 0; x < s->output_w; ++x) {
      const int8_t *row = plane + 2 * (y * s->stride_h * s->plane_w + x * s->stride_w);
      const uint32_t *word = words;
      uint32_t sum = (uint32_t)channel->bias;
      for (fy = 0; fy < s->filter_h; ++fy, row += 2 * s->dilation_h * s->plane_w)
        for (i = 0; i < pairs; ++i) sum = wherry_add_products(sum, wherry_load_word(row + 4 * i), *word++);
      *output = (int8_t)wherry_requantize_channel(sum, &channel->scale);
      output += step;
    }
  }
}

/* \`count\` rows of a channel from row \`y\` on; the zero point stands in those that are none of the image. */
static inline void wherry_fill_rows_s8(const int8_t *channel, int32_t y, int32_t count, int8_t *plane,
                                       const wherry_depthwise_planes *s) {
  const int32_t columns = s->input_w < s->plane_w - s->left ? s->input_w : s->plane_w - s->left;
  const int32_t step = s->input_c, pitch = 2 * s->plane_w, height = s->input_h, down = s->input_w * step;
  const int16_t zero_point = (int16_t)s->input_zero_point;
  plane += 2 * s->left;
  for (; count > 0; --count, ++y, plane += pitch) {
    const int8_t *from = channel + y * down;
    int8_t *to = plane, *const end = plane + 2 * columns;
    if (y < 0 || y >= height) {
      for (; to != end; to += 2) memcpy(to, &zero_point, 2);
    } else {
      for (; to != end; to += 2, from += step) {
        const int16_t value = *from;
        memcpy(to, &value, 2);
      }
    }
  }
}

/* \`plane\` has room for the rows of a band and, behind them, the weights of a channel, two in each word. */
static inline void wherry_depthwise_planes_s8(const int8_t *input, int8_t *output, int8_t *plane, const int8_t *weights,
                                              const wherry_channel *channels, const wherry_depthwise_planes *s) {
  const int32_t rows = (s->band - 1) * s->stride_h + s->reach_h, pitch = s->plane_w / 2;
  const int32_t kept = s->reach_h > s->stride_h ? s->reach_h - s->stride_h : 0;
  uint32_t *const values = (uint32_t *)(void *)plane, *const words = values + rows * pitch;
  const int32_t step = s->input_c * s->depth_multiplier, taps = s->filter_h * s->filter_w;
  const int32_t is_3x3 = s->filter_h == 3 && s->filter_w == 3 && s->stride_w < 3;
  int32_t batch, c, m, i, y;
  for (i = 0; i < rows * pitch; ++i) values[i] = wherry_join(s->input_zero_point, s->input_zero_point);
  for (batch = 0; batch < s->batches; ++batch) {
    for (c = 0; c < s->input_c; ++c) {
      for (y = 0; y < s->output_h; y += s->band) {
        const int32_t band = s->output_h - y < s->band ? s->output_h - y : s->band;
        const int32_t filled = y == 0 ? 0 : kept;
        if (filled > 0) memmove(values, values + s->band * s->stride_h * pitch, (size_t)(4 * kept * pitch));
        wherry_fill_rows_s8(input + c, y * s->stride_h - s->top + filled,
                            (band - 1) * s->stride_h + s->reach_h - filled, plane + 4 * filled * pitch, s);
        for (m = c * s->depth_multiplier; m < (c + 1) * s->depth_multiplier; ++m) {
          int8_t *const to = output + y * s->output_w * step + m;
          if (is_3x3)
            wherry_depthwise_3x3_s8(values, band, to, step, weights + m * taps, channels + m, s);
          else
            wherry_depthwise_any_s8(plane, band, to, step, weights + m * taps, words, channels + m, s);
        }
      }
    }
    input += s->input_h * s->input_w * s->input_c;
    if (s->narrow) wherry_clamp_run_s8(output, output + s->output_h * s->output_w * step, s->low, s->high);
    output += s->output_h * s->output_w * step;
  }
}`,
  },
  'arm-dsp/dot-pairs.h': {
    needs: ['arm-dsp/instructions.h', 'arm-dsp/requantize-small.h'],
    headers: ['stdint.h'],
    source: c`/*
 * Sums of products for two pixels and two channels at once. A word of weights is two values, each of 16 bits, of weight
 * 256 * b + a of channels a and b: their products add up to 256 times the sum of b and once that of a, which is computed by
 * itself from the lower bytes. Values are widened as in widen.h.
 */

/* Sums of both channels, and those of the first, for two pixels. */
typedef struct {
  uint32_t both[2], first[2];
} wherry_pair_sums;

/* A multiple of eight values. Returns what lies behind the last; the weights are the words up to \`end\`. */
static inline const uint32_t *wherry_dot_pairs(wherry_pair_sums *sums, const uint32_t *values, const int32_t *weights,
                                               const int32_t *end) {
  uint32_t x_both = sums->both[0], y_both = sums->both[1], x_first = sums->first[0], y_first = sums->first[1];
  do {
    const uint32_t w0 = (uint32_t)weights[0], w1 = (uint32_t)weights[1];
    x_both = wherry_add_products(wherry_add_products(x_both, values[0], w0), values[1], w1);
    y_both = wherry_add_products(wherry_add_products(y_both, values[2], w0), values[3], w1);
    x_first = wherry_add_products(x_first, values[0], wherry_widen_even(w0));
    x_first = wherry_add_products(x_first, values[1], wherry_widen_even(w1));
    y_first = wherry_add_products(y_first, values[2], wherry_widen_even(w0));
    y_first = wherry_add_products(y_first, values[3], wherry_widen_even(w1));
    values += 4;
    weights += 2;
  } while (weights != end);
  sums->both[0] = x_both;
  sums->both[1] = y_both;
  sums->first[0] = x_first;
  sums->first[1] = y_first;
  return values;
}

/* What remains to be done at two pixels: \`pairs\` of channels, whose weights take \`bytes\` each. */
typedef struct {
  const uint32_t *values;
  int32_t bytes;
  const wherry_channel *channels;
  int32_t pairs;
  int8_t *output, *second;
  const int32_t *weights;
} wherry_two_pixels;

#ifdef WHERRY_DSP
/* Of one row of values: sums, scales and writes pairs until none is left. */
WHERRY_ASSEMBLY void wherry_finish_pairs(wherry_two_pixels *work WHERRY_UNNAMED) {
  __asm__ volatile(
      "push {r0, r4, r5, r6, r7, r8, r10, r11, lr}\\n\\t"
      "ldr r1, [r0, #24]\\n"
      "2:\\n\\t"
      "ldr r2, [sp]\\n\\t"
      "ldr r0, [r2]\\n\\t"
      "ldrd r4, r5, [r2, #4]\\n\\t"
      "ldr lr, [r5, #12]\\n\\t"
      "add r2, r1, r4\\n\\t"
      "mov r3, lr\\n\\t"
      "mov r12, lr\\n\\t"
      "mov r11, lr\\n"
      "1:\\n\\t"
      "ldmia r0!, {r4, r5, r6, r7}\\n\\t"
      "ldrd r8, r10, [r1], #8\\n\\t"
      "smlad r3, r4, r8, r3\\n\\t"
      "smlad r12, r6, r8, r12\\n\\t"
      "sxtb16 r8, r8\\n\\t"
      "smlad r3, r5, r10, r3\\n\\t"
      "smlad r12, r7, r10, r12\\n\\t"
      "sxtb16 r10, r10\\n\\t"
      "smlad lr, r4, r8, lr\\n\\t"
      "smlad r11, r6, r8, r11\\n\\t"
      "smlad lr, r5, r10, lr\\n\\t"
      "smlad r11, r7, r10, r11\\n\\t"
      "ldmia r0!, {r4, r5, r6, r7}\\n\\t"
      "ldrd r8, r10, [r1], #8\\n\\t"
      "smlad r3, r4, r8, r3\\n\\t"
      "smlad r12, r6, r8, r12\\n\\t"
      "sxtb16 r8, r8\\n\\t"
      "smlad r3, r5, r10, r3\\n\\t"
      "smlad r12, r7, r10, r12\\n\\t"
      "sxtb16 r10, r10\\n\\t"
      "smlad lr, r4, r8, lr\\n\\t"
      "smlad r11, r6, r8, r11\\n\\t"
      "smlad lr, r5, r10, lr\\n\\t"
      "smlad r11, r7, r10, r11\\n\\t"
      "cmp r1, r2\\n\\t"
      "bne 1b\\n\\t"
      "ldr r0, [sp]\\n\\t"
      "ldr r2, [r0, #8]\\n\\t"
      "sub r3, r3, lr\\n\\t"
      "sub r12, r12, r11\\n\\t"
      "ldmia r2!, {r4, r5, r6, r7}\\n\\t"
      "smmlar lr, lr, r4, lr\\n\\t"
      "smmlar r11, r11, r4, r11\\n\\t"
      "add lr, lr, lr, asr #31\\n\\t"
      "add r11, r11, r11, asr #31\\n\\t"
      "add lr, lr, r5\\n\\t"
      "add r11, r11, r5\\n\\t"
      "asr lr, lr, r6\\n\\t"
      "asr r11, r11, r6\\n\\t"
      "ssat lr, #8, lr\\n\\t"
      "ssat r11, #8, r11\\n\\t"
      "ldmia r2!, {r4, r5, r6, r7}\\n\\t"
      "str r2, [r0, #8]\\n\\t"
      "add r3, r7, r3, asr #8\\n\\t"
      "add r12, r7, r12, asr #8\\n\\t"
      "smmlar r3, r3, r4, r3\\n\\t"
      "smmlar r12, r12, r4, r12\\n\\t"
      "add r3, r3, r3, asr #31\\n\\t"
      "add r12, r12, r12, asr #31\\n\\t"
      "add r3, r3, r5\\n\\t"
      "add r12, r12, r5\\n\\t"
      "asr r3, r3, r6\\n\\t"
      "asr r12, r12, r6\\n\\t"
      "ssat r3, #8, r3\\n\\t"
      "ssat r12, #8, r12\\n\\t"
      "ldrd r4, r5, [r0, #16]\\n\\t"
      "strb r11, [r5], #1\\n\\t"
      "strb r12, [r5], #1\\n\\t"
      "strb lr, [r4], #1\\n\\t"
      "strb r3, [r4], #1\\n\\t"
      "strd r4, r5, [r0, #16]\\n\\t"
      "ldr r6, [r0, #12]\\n\\t"
      "subs r6, r6, #1\\n\\t"
      "str r6, [r0, #12]\\n\\t"
      "bne 2b\\n\\t"
      "str r1, [r0, #24]\\n\\t"
      "pop {r0, r4, r5, r6, r7, r8, r10, r11, pc}");
}
#endif`,
  },
  'arm-dsp/instructions.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/* Instructions of Arm's DSP extension; plain C where they are absent, in Arm state, and where nothing is optimized. */

#if defined(__ARM_FEATURE_DSP) && defined(__thumb2__) && defined(__GNUC__) && defined(__OPTIMIZE__) && \\
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
}`,
  },
  'arm-dsp/requantize-small.h': {
    needs: ['portable/channel.h', 'portable/clamp.h', 'arm-dsp/instructions.h'],
    headers: ['stdint.h'],
    source: c`/* From sums to int8, where no sum reaches 2^30 and every shift is negative. */

/* The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h; see wherry_small_scale. */
static inline int32_t wherry_requantize_small(uint32_t sum, int32_t multiplier, int32_t offset, int32_t shift) {
  const int32_t x = wherry_add_high_word((int32_t)sum, multiplier);
  return wherry_saturate_s8((x + (x >> 31) + offset) >> shift);
}

static inline int32_t wherry_requantize_channel(uint32_t sum, const wherry_small_scale *scale) {
  return wherry_requantize_small(sum, scale->multiplier, scale->offset, scale->shift);
}

/* Where an activation leaves less than int8 has. */
static inline void wherry_clamp_run_s8(int8_t *from, const int8_t *end, int32_t low, int32_t high) {
  for (; from != end; ++from) *from = (int8_t)wherry_clamp(*from, low, high);
}`,
  },
  'arm-dsp/widen.h': {
    needs: ['arm-dsp/instructions.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * Values under a window, widened to 16 bits. Those of two pixels stand side by side: of each four values of the one two
 * words, then two words of the other; in the words values 0 and 2, then 1 and 3.
 */

/* \`count\` values, a multiple of four. Returns where the next ones stand. */
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

/* As if \`count\` values were all the same. */
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
}`,
  },
  'arm-mve/conv-2d-rows-s8.h': {
    needs: ['arm-mve/requantize-four.h', 'arm-mve/runs.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int8 for the vector unit of Armv8.1-M, where every shift is negative. Input [N,H,W,C],
 * weights [O / 4][H * W * C / 16][4][16], then those that are left, [O % 4][H * W * C], output [N,H,W,O]. The bias has the input's zero point folded in, so that values are multiplied as
 * they are stored.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, top, left;
  int32_t input_zero_point;
  /* 1: the filter covers one pixel, whose values are read where they lie. */
  int32_t in_place;
  wherry_requantization to;
} wherry_conv_2d_rows;

/* Four channels, whose weights stand in pieces of sixteen side by side; the last ones are filled up. */
static inline void wherry_conv_2d_four_s8(const int8_t *values, int32_t count, int8_t *output, const int8_t *weights,
                                          const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                          const wherry_requantization *to) {
  uint32_t s0 = (uint32_t)bias[0], s1 = (uint32_t)bias[1], s2 = (uint32_t)bias[2], s3 = (uint32_t)bias[3];
#ifdef WHERRY_MVE
  __asm__ volatile(
      "wlstp.8 lr, %[count], 2f\\n"
      "1:\\n\\t"
      "vldrb.8 q0, [%[values]], #16\\n\\t"
      "vldrb.8 q1, [%[weights]], #16\\n\\t"
      "vmladava.s8 %[s0], q0, q1\\n\\t"
      "vldrb.8 q2, [%[weights]], #16\\n\\t"
      "vmladava.s8 %[s1], q0, q2\\n\\t"
      "vldrb.8 q3, [%[weights]], #16\\n\\t"
      "vmladava.s8 %[s2], q0, q3\\n\\t"
      "vldrb.8 q1, [%[weights]], #16\\n\\t"
      "vmladava.s8 %[s3], q0, q1\\n\\t"
      "letp lr, 1b\\n"
      "2:"
      : [values] "+r"(values), [weights] "+r"(weights), [s0] "+Te"(s0), [s1] "+Te"(s1), [s2] "+Te"(s2), [s3] "+Te"(s3)
      : [count] "r"(count)
      : "q0", "q1", "q2", "q3", "lr", "memory");
  wherry_requantize_vector(wherry_vector_of(s0, s1, s2, s3), output, multipliers, shifts, to);
#else
  int32_t i;
  for (i = 0; i < count; ++i) {
    const int8_t *const four = weights + i / 16 * 64 + i % 16;
    const int32_t value = values[i];
    s0 += (uint32_t)(value * four[0]);
    s1 += (uint32_t)(value * four[16]);
    s2 += (uint32_t)(value * four[32]);
    s3 += (uint32_t)(value * four[48]);
  }
  output[0] = wherry_requantize(s0, multipliers[0], shifts[0], to);
  output[1] = wherry_requantize(s1, multipliers[1], shifts[1], to);
  output[2] = wherry_requantize(s2, multipliers[2], shifts[2], to);
  output[3] = wherry_requantize(s3, multipliers[3], shifts[3], to);
#endif
}

/* All channels of one pixel. */
static inline void wherry_conv_2d_pixel_of_rows_s8(const int8_t *values, int32_t count, int8_t *output,
                                                   const int8_t *weights, const int32_t *bias,
                                                   const int32_t *multipliers, const int8_t *shifts, int32_t channels,
                                                   const wherry_requantization to) {
  int8_t *const end = output + channels, *const in_fours = output + channels / 4 * 4;
  const int32_t step = (count + 15) / 16 * 64;
  int32_t i;
  for (; output != in_fours; output += 4, bias += 4, multipliers += 4, shifts += 4, weights += step)
    wherry_conv_2d_four_s8(values, count, output, weights, bias, multipliers, shifts, &to);
  for (; output != end; weights += count) {
    uint32_t sum = (uint32_t)*bias++;
    for (i = 0; i < count; ++i) sum += (uint32_t)(values[i] * weights[i]);
    *output++ = wherry_requantize(sum, *multipliers++, *shifts++, &to);
  }
}

/* The values under the filter side by side, with the zero point where it stands in the padding. */
static inline void wherry_rows_of_window_s8(const int8_t *image, int32_t y, int32_t x, int8_t *patch,
                                            const wherry_conv_2d_rows *s) {
  const int32_t first = x >= 0 ? 0 : -x < s->filter_w ? -x : s->filter_w;
  const int32_t last = s->input_w - x < first ? first : s->input_w - x < s->filter_w ? s->input_w - x : s->filter_w;
  const int32_t before = first * s->input_c, inside = (last - first) * s->input_c;
  const int32_t behind = (s->filter_w - last) * s->input_c, run = before + inside + behind;
  int32_t fy;
  for (fy = 0; fy < s->filter_h; ++fy, patch += run) {
    const int32_t iy = y + fy * s->dilation_h;
    if (iy < 0 || iy >= s->input_h) {
      wherry_fill_run(patch, s->input_zero_point, run);
    } else {
      if (before > 0) wherry_fill_run(patch, s->input_zero_point, before);
      wherry_copy_run(patch + before, image + (iy * s->input_w + x + first) * s->input_c, inside);
      if (behind > 0) wherry_fill_run(patch + before + inside, s->input_zero_point, behind);
    }
  }
}

/* \`patch\` has room for filter_h * filter_w * input_c values where they are not read in place. */
static inline void wherry_conv_2d_rows_s8(const int8_t *input, int8_t *output, int8_t *patch, const int8_t *weights,
                                          const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                          const wherry_conv_2d_rows *s) {
  const int32_t count = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const int8_t *values = patch;
        if (s->in_place)
          values = input + (y * s->input_w + x) * s->input_c;
        else
          wherry_rows_of_window_s8(input, y, x, patch, s);
        wherry_conv_2d_pixel_of_rows_s8(values, count, output, weights, bias, multipliers, shifts, s->output_c, s->to);
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'arm-mve/depthwise-lanes-s8.h': {
    needs: ['arm-mve/depthwise-taps.h', 'arm-mve/requantize-four.h'],
    headers: ['stdint.h'],
    source: c`/*
 * DEPTHWISE_CONV_2D on int8 for the vector unit of Armv8.1-M, one output channel for each of the input. Input [N,H,W,C],
 * weights [H,W,C], output [N,H,W,C]. The bias has the input's zero point folded in.
 */

#ifdef WHERRY_MVE
/* Sixteen channels: their sums over all taps. */
static inline void wherry_sixteen_lanes(int32x4_t *sums, const int8_t *const *taps, int32_t first, const int8_t *weights,
                                        int32_t step, int32_t count) {
  int32x4_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  do {
    const int8_t *const values = *taps++ + first;
    s0 = vaddq_s32(s0, vmulq_s32(vldrbq_s32(values), vldrbq_s32(weights)));
    s1 = vaddq_s32(s1, vmulq_s32(vldrbq_s32(values + 4), vldrbq_s32(weights + 4)));
    s2 = vaddq_s32(s2, vmulq_s32(vldrbq_s32(values + 8), vldrbq_s32(weights + 8)));
    s3 = vaddq_s32(s3, vmulq_s32(vldrbq_s32(values + 12), vldrbq_s32(weights + 12)));
    weights += step;
  } while (--count > 0);
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}
#endif

/* Channels of one pixel in blocks of vectors, as far as they go. Returns how many. */
static inline int32_t wherry_depthwise_blocks(const int8_t *const *taps, int32_t count, int8_t *output,
                                              const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                                              const int8_t *shifts, const wherry_depthwise_conv_2d *s) {
  int32_t c = 0;
#ifdef WHERRY_MVE
  const int32_t channels = s->input_c;
  int32_t i, t;
  for (; c + 16 <= channels; c += 16) {
    int32x4_t sums[4];
    for (i = 0; i < 4; ++i) sums[i] = vldrwq_s32(bias + c + 4 * i);
    wherry_sixteen_lanes(sums, taps, c, weights + c, channels, count);
    for (i = 0; i < 4; ++i) {
      const int32_t at = c + 4 * i;
      wherry_requantize_vector(sums[i], output + at, multipliers + at, shifts + at, &s->to);
    }
  }
  for (; c + 4 <= channels; c += 4) {
    int32x4_t sum = vldrwq_s32(bias + c);
    for (t = 0; t < count; ++t)
      sum = vaddq_s32(sum, vmulq_s32(vldrbq_s32(taps[t] + c), vldrbq_s32(weights + t * channels + c)));
    wherry_requantize_vector(sum, output + c, multipliers + c, shifts + c, &s->to);
  }
#else
  (void)taps, (void)count, (void)output, (void)weights, (void)bias, (void)multipliers, (void)shifts, (void)s;
#endif
  return c;
}

/* \`taps\` has room for filter_h * filter_w pointers; \`padding\` are input_c zero points. */
static inline void wherry_depthwise_lanes_s8(const int8_t *input, int8_t *output, const int8_t **taps,
                                             const int8_t *padding, const int8_t *weights, const int32_t *bias,
                                             const int32_t *multipliers, const int8_t *shifts,
                                             const wherry_depthwise_conv_2d *s) {
  const int32_t channels = s->input_c, count = s->filter_h * s->filter_w;
  int32_t batch, y, x, c, t;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        wherry_depthwise_taps_s8(input, y, x, taps, padding, s);
        c = wherry_depthwise_blocks(taps, count, output, weights, bias, multipliers, shifts, s);
        for (; c < channels; ++c) {
          uint32_t sum = (uint32_t)bias[c];
          for (t = 0; t < count; ++t) sum += (uint32_t)(taps[t][c] * weights[t * channels + c]);
          output[c] = wherry_requantize(sum, multipliers[c], shifts[c], &s->to);
        }
        output += channels;
      }
    }
    input += s->input_h * s->input_w * channels;
  }
}`,
  },
  'arm-mve/depthwise-taps.h': {
    needs: ['portable/requantize.h'],
    headers: ['stdint.h'],
    source: c`/* What DEPTHWISE_CONV_2D on int8 is told of a layer, and where the values lie that it multiplies for one pixel. */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  wherry_requantization to;
} wherry_depthwise_conv_2d;

/* One pointer for each place of the filter at (y, x); \`padding\` are input_c zero points. */
static inline void wherry_depthwise_taps_s8(const int8_t *image, int32_t y, int32_t x, const int8_t **taps,
                                            const int8_t *padding, const wherry_depthwise_conv_2d *s) {
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t iy = y + fy * s->dilation_h;
    for (fx = 0; fx < s->filter_w; ++fx) {
      const int32_t ix = x + fx * s->dilation_w;
      *taps++ = iy < 0 || iy >= s->input_h || ix < 0 || ix >= s->input_w
                    ? padding
                    : image + (iy * s->input_w + ix) * s->input_c;
    }
  }
}`,
  },
  'arm-mve/requantize-four.h': {
    needs: ['portable/requantize.h', 'arm-mve/vectors.h'],
    headers: ['stdint.h'],
    source: c`/* Sums of four channels to int8, where every shift is negative. */

#ifdef WHERRY_MVE
static inline int32x4_t wherry_vector_of(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  int32x4_t x = vdupq_n_s32((int32_t)a);
  x = vsetq_lane_s32((int32_t)b, x, 1);
  x = vsetq_lane_s32((int32_t)c, x, 2);
  x = vsetq_lane_s32((int32_t)d, x, 3);
  return x;
}

/* The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h, four at once. */
static inline void wherry_requantize_vector(int32x4_t sums, int8_t *output, const int32_t *multipliers,
                                            const int8_t *shifts, const wherry_requantization *to) {
  int32x4_t x = vqrdmulhq_s32(sums, vldrwq_s32(multipliers));
  x = vaddq_s32(x, vshrq_n_s32(x, 31));
  x = vrshlq_s32(x, vldrbq_s32(shifts));
  x = vminq_s32(vmaxq_s32(x, vdupq_n_s32(to->low)), vdupq_n_s32(to->high));
  vstrbq_s32(output, vaddq_n_s32(x, to->zero_point));
}
#endif`,
  },
  'arm-mve/runs.h': {
    needs: ['arm-mve/vectors.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/* Runs of bytes, too short for a library's function. */

static inline void wherry_copy_run(int8_t *to, const int8_t *from, int32_t count) {
#ifdef WHERRY_MVE
  __asm__ volatile(
      "wlstp.8 lr, %[count], 2f\\n"
      "1:\\n\\t"
      "vldrb.8 q0, [%[from]], #16\\n\\t"
      "vstrb.8 q0, [%[to]], #16\\n\\t"
      "letp lr, 1b\\n"
      "2:"
      : [to] "+r"(to), [from] "+r"(from)
      : [count] "r"(count)
      : "q0", "lr", "memory");
#else
  memcpy(to, from, (size_t)count);
#endif
}

static inline void wherry_fill_run(int8_t *to, int32_t value, int32_t count) {
#ifdef WHERRY_MVE
  __asm__ volatile(
      "vdup.8 q0, %[value]\\n\\t"
      "wlstp.8 lr, %[count], 2f\\n"
      "1:\\n\\t"
      "vstrb.8 q0, [%[to]], #16\\n\\t"
      "letp lr, 1b\\n"
      "2:"
      : [to] "+r"(to)
      : [value] "r"(value), [count] "r"(count)
      : "q0", "lr", "memory");
#else
  memset(to, value, (size_t)count);
#endif
}`,
  },
  'arm-mve/vectors.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* The vector unit of Armv8.1-M: WHERRY_MVE is defined where it is there. Elsewhere the same file is plain C. */

#if defined(__ARM_FEATURE_MVE) && defined(__GNUC__) && defined(__OPTIMIZE__)
#define WHERRY_MVE
#  include <arm_mve.h>
#endif`,
  },
  'mul32/conv-2d-joined-s8.h': {
    needs: ['portable/requantize-channel.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D on int8 where a multiplication of 32 bits costs no more than one of 8. Input [N,H,W,C], output [N,H,W,O]. Values of
 * two pixels are joined in a word, so that one product with a weight is both of theirs. Weights stand in blocks of four output
 * channels, [O / 4][steps][4][2], then those that are left, [O % 4][steps][2], two values of the window to a step.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t input_zero_point;
  int32_t steps;
  int32_t low, high;
} wherry_conv_2d_joined;

/*
 * Sums of two pixels, of which the second one's products are 2^16 times as much: of both together, modulo 2^32, and of the
 * second by itself.
 */
typedef struct {
  uint32_t both;
  uint32_t second;
} wherry_joined_sums;

static inline wherry_joined_sums wherry_no_sums(int32_t bias, int32_t steps) {
  wherry_joined_sums sums;
  sums.second = (uint32_t)bias;
  /* Each step adds 2^15 beside its products. */
  sums.both = (uint32_t)bias + ((uint32_t)bias << 16) - ((uint32_t)steps << 15);
  return sums;
}

/*
 * Two values of each pixel. The first one's two products are an integer of 16 bits: with 2^15 added to them, what is behind
 * the 16 bits is the second one's.
 */
static inline void wherry_add_joined(wherry_joined_sums *sums, uint32_t x, uint32_t y, const int8_t *weights) {
  const int32_t a = weights[0], b = weights[1];
  const uint32_t products = x * (uint32_t)a + y * (uint32_t)b + 32768;
  sums->both += products;
  sums->second += (uint32_t)((int32_t)products >> 16);
}

typedef struct {
  int8_t *first, *second;
} wherry_two_outputs;

static inline void wherry_write_joined(wherry_joined_sums sums, const wherry_channel *channel, wherry_two_outputs to,
                                       int32_t at, const wherry_conv_2d_joined *s) {
  /* The second first: both are one where there is one pixel. */
  to.second[at] = wherry_channel_to_s8(sums.second, &channel->scale, s->low, s->high);
  to.first[at] = wherry_channel_to_s8(sums.both - (sums.second << 16), &channel->scale, s->low, s->high);
}

/* All channels of two pixels. */
static inline void wherry_conv_2d_two_s8(const uint32_t *window, wherry_two_outputs to, const int8_t *weights,
                                         const wherry_channel *channels, const wherry_conv_2d_joined *s) {
  const uint32_t *const end = window + 2 * s->steps;
  int32_t o = 0;
  for (; o + 4 <= s->output_c; o += 4) {
    wherry_joined_sums s0 = wherry_no_sums(channels[o].bias, s->steps);
    wherry_joined_sums s1 = wherry_no_sums(channels[o + 1].bias, s->steps);
    wherry_joined_sums s2 = wherry_no_sums(channels[o + 2].bias, s->steps);
    wherry_joined_sums s3 = wherry_no_sums(channels[o + 3].bias, s->steps);
    const uint32_t *words = window;
    do {
      const uint32_t x = words[0], y = words[1];
      wherry_add_joined(&s0, x, y, weights);
      wherry_add_joined(&s1, x, y, weights + 2);
      wherry_add_joined(&s2, x, y, weights + 4);
      wherry_add_joined(&s3, x, y, weights + 6);
      words += 2;
      weights += 8;
    } while (words != end);
    wherry_write_joined(s0, channels + o, to, o, s);
    wherry_write_joined(s1, channels + o + 1, to, o + 1, s);
    wherry_write_joined(s2, channels + o + 2, to, o + 2, s);
    wherry_write_joined(s3, channels + o + 3, to, o + 3, s);
  }
  for (; o < s->output_c; ++o) {
    wherry_joined_sums sums = wherry_no_sums(channels[o].bias, s->steps);
    const uint32_t *words = window;
    for (; words != end; words += 2, weights += 2) wherry_add_joined(&sums, words[0], words[1], weights);
    wherry_write_joined(sums, channels + o, to, o, s);
  }
}

/* A pixel's window: where it begins, which may be outside the image. */
typedef struct {
  int32_t y, x;
} wherry_corner;

static inline int32_t wherry_is_inside(wherry_corner at, const wherry_conv_2d_joined *s) {
  return at.y >= 0 && at.y + (s->filter_h - 1) * s->dilation_h < s->input_h && at.x >= 0 &&
         at.x + (s->filter_w - 1) * s->dilation_w < s->input_w;
}

/* Windows that lie in the image. */
static inline void wherry_join_windows_s8(const int8_t *first, const int8_t *second, uint32_t *words,
                                          const wherry_conv_2d_joined *s) {
  const int32_t is_run = s->dilation_w == 1, run = (is_run ? s->filter_w : 1) * s->input_c;
  const int32_t runs = is_run ? 1 : s->filter_w, across = s->dilation_w * s->input_c;
  const int32_t down = s->dilation_h * s->input_w * s->input_c - (is_run ? 0 : runs * across);
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h; ++fy, first += down, second += down) {
    for (fx = 0; fx < runs; ++fx) {
      const int8_t *a = first, *b = second, *const end = first + run;
      if (run % 2 != 0) *words++ = (uint32_t)*a++ + ((uint32_t)*b++ << 16);
      for (; a != end; a += 2, b += 2, words += 2) {
        words[0] = (uint32_t)a[0] + ((uint32_t)b[0] << 16);
        words[1] = (uint32_t)a[1] + ((uint32_t)b[1] << 16);
      }
      if (is_run) break;
      first += across;
      second += across;
    }
  }
}

/* Adds a pixel's values, 2^\`shift\` times as much, with the zero point where they stand in the padding. */
static inline void wherry_add_window_s8(const int8_t *image, wherry_corner at, uint32_t *words, int32_t shift,
                                        const wherry_conv_2d_joined *s) {
  int32_t fy, fx, c;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t y = at.y + fy * s->dilation_h;
    for (fx = 0; fx < s->filter_w; ++fx) {
      const int32_t x = at.x + fx * s->dilation_w;
      if (y < 0 || y >= s->input_h || x < 0 || x >= s->input_w) {
        for (c = 0; c < s->input_c; ++c) *words++ += (uint32_t)s->input_zero_point << shift;
      } else {
        const int8_t *const values = image + (y * s->input_w + x) * s->input_c;
        for (c = 0; c < s->input_c; ++c) *words++ += (uint32_t)values[c] << shift;
      }
    }
  }
}

/* \`window\` has room for two words for each step. */
static inline void wherry_conv_2d_joined_s8(const int8_t *input, int8_t *output, int8_t *window, const int8_t *weights,
                                            const wherry_channel *channels, const wherry_conv_2d_joined *s) {
  uint32_t *const words = (uint32_t *)(void *)window;
  int32_t batch, i, left_over;
  /* Where the window ends in the middle of a step, its weight is zero. */
  words[2 * s->steps - 1] = 0;
  for (batch = 0; batch < s->batches; ++batch) {
    wherry_corner next;
    next.y = -s->top;
    next.x = -s->left;
    for (left_over = s->output_h * s->output_w; left_over > 0; left_over -= 2) {
      wherry_corner at[2];
      wherry_two_outputs to;
      for (i = 0; i < 2; ++i) {
        at[i] = next;
        if (i == 1 && left_over == 1) at[1] = at[0];
        next.x += s->stride_w;
        if (next.x == s->output_w * s->stride_w - s->left) {
          next.x = -s->left;
          next.y += s->stride_h;
        }
      }
      if (wherry_is_inside(at[0], s) && wherry_is_inside(at[1], s)) {
        wherry_join_windows_s8(input + (at[0].y * s->input_w + at[0].x) * s->input_c,
                               input + (at[1].y * s->input_w + at[1].x) * s->input_c, words, s);
      } else {
        for (i = 0; i < 2 * s->steps; ++i) words[i] = 0;
        wherry_add_window_s8(input, at[0], words, 0, s);
        wherry_add_window_s8(input, at[1], words, 16, s);
      }
      to.first = output;
      to.second = left_over == 1 ? output : output + s->output_c;
      wherry_conv_2d_two_s8(words, to, weights, channels, s);
      output = to.second + s->output_c;
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'mul32/dense-blocks-s8.h': {
    needs: ['portable/requantize-channel.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int8 of one output pixel, whose window is the whole input, four channels at once. Weights as in
 * conv-2d-s8.h.
 */

typedef struct {
  int32_t depth, output_c;
  int32_t low, high;
  /* From the scale of a channel to that of the next: 0 where one is that of all. */
  int32_t scales_apart;
} wherry_dense_blocks;

/* The products of a value with four channels' weights. */
static inline void wherry_add_four(uint32_t *sums, int32_t value, const int8_t *weights) {
  sums[0] += (uint32_t)(value * weights[0]);
  sums[1] += (uint32_t)(value * weights[1]);
  sums[2] += (uint32_t)(value * weights[2]);
  sums[3] += (uint32_t)(value * weights[3]);
}

static inline void wherry_dense_blocks_s8(const int8_t *input, int8_t *output, const int8_t *weights,
                                          const int32_t *bias, const wherry_small_scale *scale,
                                          const wherry_dense_blocks *s) {
  const int8_t *const end = input + s->depth, *const in_fours = end - s->depth % 4;
  const int32_t *const in_blocks = bias + s->output_c / 4 * 4, *const last = bias + s->output_c;
  const int32_t apart = s->scales_apart, low = s->low, high = s->high;
  for (; bias != in_blocks; bias += 4) {
    const int8_t *values = input;
    uint32_t sums[4];
    int32_t r;
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[r];
    for (; values != in_fours; values += 4, weights += 16) {
      wherry_add_four(sums, values[0], weights);
      wherry_add_four(sums, values[1], weights + 4);
      wherry_add_four(sums, values[2], weights + 8);
      wherry_add_four(sums, values[3], weights + 12);
    }
    for (; values != end; ++values, weights += 4) wherry_add_four(sums, *values, weights);
    for (r = 0; r < 4; ++r, scale += apart) *output++ = wherry_channel_to_s8(sums[r], scale, low, high);
  }
  for (; bias != last; ++bias, scale += apart) {
    const int8_t *values = input;
    uint32_t sum = (uint32_t)*bias;
    for (; values != end; ++values, ++weights) sum += (uint32_t)(*values * *weights);
    *output++ = wherry_channel_to_s8(sum, scale, low, high);
  }
}`,
  },
  'portable/abs-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_abs_f32, fabsf(x))`,
  },
  'portable/abs-s16.h': {
    needs: ['portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* ABS on int16: magnitudes, scaled. */

static inline void wherry_abs_s16(const int16_t *input, int16_t *output, int32_t count, int32_t multiplier,
                                  int32_t shift, int32_t zero_point) {
  const int32_t low = -32768 - zero_point, high = 32767 - zero_point;
  for (int32_t i = 0; i < count; ++i) {
    const int32_t value = input[i] < 0 ? -(int32_t)input[i] : input[i];
    output[i] = (int16_t)(wherry_clamp(wherry_scale(value, multiplier, shift), low, high) + zero_point);
  }
}`,
  },
  'portable/activate-f32.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* Fused activations of float32 by their numbers: 0 none, 1 RELU, 2 RELU_N1_TO_1, 3 RELU6. What is no number stays. */

static inline float wherry_activated(float value, int32_t activation) {
  if (activation == 0) return value;
  if (activation == 2) return value < -1.0f ? -1.0f : value > 1.0f ? 1.0f : value;
  if (value < 0.0f) return 0.0f;
  return activation == 3 && value > 6.0f ? 6.0f : value;
}`,
  },
  'portable/add-f32.h': {
    needs: ['portable/binary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_F32(wherry_add_f32, x + y)`,
  },
  'portable/add-s16.h': {
    needs: ['portable/addition.h', 'portable/clamp.h', 'portable/scale.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* ADD and SUB on int16: both operands are brought to twice the greater scale, 15 bits up, and the sum is scaled down. */

static inline void wherry_add_s16(const int16_t *first, const int16_t *second, int16_t *output,
                                  const wherry_nest *nest, const wherry_addition *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = (first[a + i * nest->first[4]] - s->first_zero_point) * 32768;
      const int32_t y = (second[b + i * nest->second[4]] - s->second_zero_point) * 32768;
      const uint32_t left = (uint32_t)wherry_scale(x, s->first_multiplier, s->first_shift);
      const uint32_t right = (uint32_t)wherry_scale(y, s->second_multiplier, s->second_shift);
      /* The sum wraps, as the reference lets it. */
      const int32_t sum = (int32_t)(s->subtracts ? left - right : left + right);
      const int32_t scaled = wherry_scale(sum, s->multiplier, s->shift);
      *output++ = (int16_t)(wherry_clamp(scaled, s->low, s->high) + s->zero_point);
    }
  }
}`,
  },
  'portable/add-s32.h': {
    needs: ['portable/binary-whole.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_WHOLE(wherry_add_s32, int32_t, uint32_t, x + y)`,
  },
  'portable/add-s64.h': {
    needs: ['portable/binary-whole.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_WHOLE(wherry_add_s64, int64_t, uint64_t, x + y)`,
  },
  'portable/add-s8.h': {
    needs: ['portable/addition.h', 'portable/clamp.h', 'portable/scale.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* ADD and SUB on int8: both operands are brought to twice the greater scale, 20 bits up, and the sum is scaled down. */

static inline void wherry_add_s8(const int8_t *first, const int8_t *second, int8_t *output, const wherry_nest *nest,
                                 const wherry_addition *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = (first[a + i * nest->first[4]] - s->first_zero_point) * 1048576;
      const int32_t y = (second[b + i * nest->second[4]] - s->second_zero_point) * 1048576;
      const int32_t left = wherry_scale(x, s->first_multiplier, s->first_shift);
      const int32_t right = wherry_scale(y, s->second_multiplier, s->second_shift);
      const int32_t sum = wherry_scale(s->subtracts ? left - right : left + right, s->multiplier, s->shift);
      *output++ = (int8_t)(wherry_clamp(sum, s->low, s->high) + s->zero_point);
    }
  }
}`,
  },
  'portable/addition.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* How ADD and SUB bring two operands to one scale, and their sum to the output's. */

typedef struct {
  int32_t first_zero_point, first_multiplier, first_shift;
  int32_t second_zero_point, second_multiplier, second_shift;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
  /* 1: the second operand is taken away. */
  int32_t subtracts;
} wherry_addition;`,
  },
  'portable/apart.h': {
    needs: [],
    headers: [],
    source: c`/* Of an inner loop that fills the registers: what is around it, drawn into one function with it, would take some away. */
#if defined(__GNUC__)
#define WHERRY_APART static __attribute__((noinline, unused))
#else
#define WHERRY_APART static inline
#endif

/* What stands behind it is not read before it: values that are all read ahead take registers that are needed for what stays. */
#if defined(__GNUC__)
#define WHERRY_READ_NOW __asm__ volatile("" : : : "memory")
#else
#define WHERRY_READ_NOW (void)0
#endif`,
  },
  'portable/average-pool-2d-s16.h': {
    needs: ['portable/clamp.h', 'portable/pool-window.h'],
    headers: ['stdint.h'],
    source: c`/* AVERAGE_POOL_2D on int16: rounded half away from zero on the stored values, as the reference does. */

static inline void wherry_average_pool_2d_s16(const int16_t *input, int16_t *output, const wherry_pool *s) {
  int32_t batch, y, x, c, wy, wx;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const int16_t *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        const int32_t count = window.height * window.width;
        for (c = 0; c < s->channels; ++c) {
          int32_t sum = 0;
          for (wy = 0; wy < window.height; ++wy) {
            const int16_t *value = corner + wy * s->input_w * s->channels + c;
            for (wx = 0; wx < window.width; ++wx, value += s->channels) sum += *value;
          }
          sum = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
          *output++ = (int16_t)wherry_clamp(sum, s->low, s->high);
        }
      }
    }
  }
}`,
  },
  'portable/average-pool-2d-s8.h': {
    needs: ['portable/clamp.h', 'portable/pool-window.h'],
    headers: ['stdint.h'],
    source: c`/* AVERAGE_POOL_2D on int8: rounded half away from zero on the stored values, as the reference does. */

static inline void wherry_average_pool_2d_s8(const int8_t *input, int8_t *output, const wherry_pool *s) {
  int32_t batch, y, x, c, wy, wx;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const int8_t *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        const int32_t count = window.height * window.width;
        for (c = 0; c < s->channels; ++c) {
          int32_t sum = 0;
          for (wy = 0; wy < window.height; ++wy) {
            const int8_t *value = corner + wy * s->input_w * s->channels + c;
            for (wx = 0; wx < window.width; ++wx, value += s->channels) sum += *value;
          }
          sum = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
          *output++ = (int8_t)wherry_clamp(sum, s->low, s->high);
        }
      }
    }
  }
}`,
  },
  'portable/batch-matmul-f32.h': {
    needs: ['portable/batch-matmul.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* BATCH_MATMUL on float32. */

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_f32(const float *first, const float *second, float *output,
                                           const wherry_nest *nest, const wherry_matrices *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->rows; ++m) {
      for (int32_t n = 0; n < s->columns; ++n) {
        const float *x = first + a + m * s->first_down, *y = second + b + n * s->second_across;
        float sum = 0.0f;
        for (int32_t k = 0; k < s->depth; ++k) sum += x[k * s->first_across] * y[k * s->second_down];
        *output++ = sum;
      }
    }
  }
}`,
  },
  'portable/batch-matmul-s16.h': {
    needs: ['portable/batch-matmul.h', 'portable/clamp.h', 'portable/nest.h', 'portable/scale-wide.h'],
    headers: ['stdint.h'],
    source: c`/* BATCH_MATMUL on int16, whose zero points are 0. */

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_s16(const int16_t *first, const int16_t *second, int16_t *output,
                                           const wherry_nest *nest, const wherry_batch_matmul *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->of.rows; ++m) {
      for (int32_t n = 0; n < s->of.columns; ++n) {
        const int16_t *x = first + a + m * s->of.first_down, *y = second + b + n * s->of.second_across;
        int64_t sum = 0;
        for (int32_t k = 0; k < s->of.depth; ++k)
          sum += (int32_t)x[k * s->of.first_across] * y[k * s->of.second_down];
        *output++ = (int16_t)wherry_clamp(wherry_scale_wide((uint64_t)sum, s->multiplier, s->shift), -32768, 32767);
      }
    }
  }
}`,
  },
  'portable/batch-matmul-s8.h': {
    needs: ['portable/batch-matmul.h', 'portable/clamp.h', 'portable/scale.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* BATCH_MATMUL on int8: matrices by their steps, so that either may stand transposed. */

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_s8(const int8_t *first, const int8_t *second, int8_t *output,
                                          const wherry_nest *nest, const wherry_batch_matmul *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->of.rows; ++m) {
      for (int32_t n = 0; n < s->of.columns; ++n) {
        const int8_t *x = first + a + m * s->of.first_down, *y = second + b + n * s->of.second_across;
        uint32_t sum = 0;
        int32_t scaled;
        for (int32_t k = 0; k < s->of.depth; ++k, x += s->of.first_across, y += s->of.second_down)
          sum += (uint32_t)((*x - s->first_zero_point) * (*y - s->second_zero_point));
        scaled = wherry_scale((int32_t)sum, s->multiplier, s->shift);
        *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
      }
    }
  }
}`,
  },
  'portable/batch-matmul.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* Two matrices by their steps, so that either may stand transposed, and how sums become the output's integers. */

typedef struct {
  int32_t rows, columns, depth;
  /* Elements from one row, and one column, of each matrix to the next. */
  int32_t first_down, first_across, second_down, second_across;
} wherry_matrices;

typedef struct {
  wherry_matrices of;
  int32_t first_zero_point, second_zero_point;
  int32_t multiplier, shift, zero_point;
} wherry_batch_matmul;`,
  },
  'portable/binary-f32.h': {
    needs: ['portable/activate-f32.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* Functions of two float32 that are broadcast to each other: a kernel for each, with its value of \`x\` and \`y\`. */

#define WHERRY_DEFINE_BINARY_F32(name, value)                                                                       \\
  static inline void name(const float *first, const float *second, float *output, const wherry_nest *nest,          \\
                          int32_t activation) {                                                                     \\
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \\
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \\
        const float x = first[a + i * nest->first[4]], y = second[b + i * nest->second[4]];                         \\
        *output++ = wherry_activated(value, activation);                                                            \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/binary-whole.h': {
    needs: ['portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/*
 * Arithmetic of two whole numbers without a scale, which wraps, and is clamped by a fused activation: a kernel for each type, with
 * its value of the unsigned \`x\` and \`y\`.
 */

#define WHERRY_DEFINE_BINARY_WHOLE(name, type, unsigned_type, value)                                                \\
  static inline void name(const type *first, const type *second, type *output, const wherry_nest *nest,             \\
                          int32_t activation) {                                                                     \\
    const type low = activation == 2 ? -1 : 0, high = activation == 2 ? 1 : 6;                                      \\
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \\
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \\
        const unsigned_type x = (unsigned_type)first[a + i * nest->first[4]];                                       \\
        const unsigned_type y = (unsigned_type)second[b + i * nest->second[4]];                                     \\
        type whole = (type)(value);                                                                                 \\
        if (activation != 0 && whole < low) whole = low;                                                            \\
        if (activation > 1 && whole > high) whole = high;                                                           \\
        *output++ = whole;                                                                                          \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/cast.h': {
    needs: ['portable/half.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * CAST between any two types, whose numbers are those of \`wherry_type\`: fractions are cut off, integers keep their low bits. What
 * an int64 cannot hold, and what is no number, becomes the integer 0.
 */

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
}`,
  },
  'portable/channel.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* What scales the sums of a channel, where no sum reaches 2^30 and every shift is negative. */

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
} wherry_channel;`,
  },
  'portable/clamp-s16.h': {
    needs: ['portable/clamp.h'],
    headers: ['stdint.h'],
    source: c`/* RELU6 on int16: stored values, held within bounds. */

static inline void wherry_clamp_s16(const int16_t *input, int16_t *output, int32_t count, int32_t low, int32_t high) {
  for (int32_t i = 0; i < count; ++i) output[i] = (int16_t)wherry_clamp(input[i], low, high);
}`,
  },
  'portable/clamp.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* The value, held within low and high. */
static inline int32_t wherry_clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}`,
  },
  'portable/conv-2d-f32.h': {
    needs: ['portable/activate-f32.h', 'portable/filter-span.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on float32. Input [N,H,W,C], weights [O,H,W,C / groups], output [N,H,W,O]. What lies in the
 * padding is left out. Sums are float32, in the order of the weights.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, groups;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t activation;
} wherry_conv_2d_f32_settings;

/* Adds the products of \`count\` values with up to four channels of weights, \`pitch\` apart. */
static inline void wherry_dot_f32(float *sums, const float *values, const float *weights, int32_t pitch, int32_t count,
                                  int32_t channels) {
  int32_t k, r;
  if (channels == 4) {
    float s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
    for (k = 0; k < count; ++k) {
      const float value = values[k];
      s0 += value * weights[k];
      s1 += value * weights[k + pitch];
      s2 += value * weights[k + 2 * pitch];
      s3 += value * weights[k + 3 * pitch];
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
  } else {
    for (r = 0; r < channels; ++r)
      for (k = 0; k < count; ++k) sums[r] += values[k] * weights[k + r * pitch];
  }
}

/* All channels of group \`g\` at one pixel; (y, x): where the filter's first place lies. */
static inline void wherry_conv_2d_pixel_f32(const float *image, int32_t y, int32_t x, int32_t g,
                                            wherry_filter_span rows, wherry_filter_span columns, float *output,
                                            const float *weights, const float *bias, int32_t channels,
                                            const wherry_conv_2d_f32_settings *s) {
  const int32_t group_c = s->input_c / s->groups, pitch = s->filter_h * s->filter_w * group_c;
  /* Columns whose values lie in one run are taken at once. */
  const int32_t width = columns.end - columns.first;
  const int32_t step = s->groups == 1 && s->dilation_w == 1 && width > 0 ? width : 1;
  int32_t o, r, fy, fx;
  for (o = 0; o < channels; o += 4) {
    const int32_t count = channels - o < 4 ? channels - o : 4;
    float sums[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (fy = rows.first; fy < rows.end; ++fy)
      for (fx = columns.first; fx < columns.end; fx += step)
        wherry_dot_f32(sums,
                       image + ((y + fy * s->dilation_h) * s->input_w + x + fx * s->dilation_w) * s->input_c +
                           g * group_c,
                       weights + o * pitch + (fy * s->filter_w + fx) * group_c, pitch, step * group_c, count);
    for (r = 0; r < count; ++r) output[o + r] = wherry_activated(sums[r] + bias[o + r], s->activation);
  }
}

static inline void wherry_conv_2d_f32(const float *input, float *output, const float *weights, const float *bias,
                                      const wherry_conv_2d_f32_settings *s) {
  const int32_t channels = s->output_c / s->groups;
  const int32_t filter = s->filter_h * s->filter_w * (s->input_c / s->groups);
  int32_t batch, y, x, g;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (g = 0; g < s->groups; ++g)
          wherry_conv_2d_pixel_f32(input, y, x, g, rows, columns, output + g * channels,
                                   weights + g * channels * filter, bias + g * channels, channels, s);
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'portable/conv-2d-s16.h': {
    needs: ['portable/filter-span.h', 'portable/requantize-s16.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int16 with int8 weights. Input [N,H,W,C], weights [O,H,W,C / groups], output [N,H,W,O]. The
 * zero point is 0: what lies in the padding adds nothing and is left out.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, groups;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  wherry_requantization_s16 to;
} wherry_conv_2d_s16_settings;

/* Products have 22 bits and a sign: so many add up to less than 2^31. */
#define WHERRY_PRODUCTS_S16 511

/* Adds the products of \`count\` values with four channels of weights, \`pitch\` apart. */
static inline void wherry_dot_four_s16(uint64_t *sums, const int16_t *values, const int8_t *weights, int32_t pitch,
                                       int32_t count) {
  while (count > 0) {
    const int16_t *const end = values + (count < WHERRY_PRODUCTS_S16 ? count : WHERRY_PRODUCTS_S16);
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    count -= WHERRY_PRODUCTS_S16;
    for (; values != end; ++values, ++weights) {
      const int32_t value = *values;
      s0 += value * weights[0];
      s1 += value * weights[pitch];
      s2 += value * weights[2 * pitch];
      s3 += value * weights[3 * pitch];
    }
    sums[0] += (uint64_t)s0;
    sums[1] += (uint64_t)s1;
    sums[2] += (uint64_t)s2;
    sums[3] += (uint64_t)s3;
  }
}

static inline uint64_t wherry_dot_s16(const int16_t *values, const int8_t *weights, int32_t count) {
  uint64_t total = 0;
  while (count > 0) {
    const int16_t *const end = values + (count < WHERRY_PRODUCTS_S16 ? count : WHERRY_PRODUCTS_S16);
    int32_t sum = 0;
    count -= WHERRY_PRODUCTS_S16;
    while (values != end) sum += (int32_t)*values++ * *weights++;
    total += (uint64_t)sum;
  }
  return total;
}

/* All channels of group \`g\` at one pixel; (y, x): where the filter's first place lies. */
static inline void wherry_conv_2d_pixel_s16(const int16_t *image, int32_t y, int32_t x, int32_t g,
                                            wherry_filter_span rows, wherry_filter_span columns,
                                            int16_t *output, const int8_t *weights, const int64_t *bias,
                                            const int32_t *multipliers, const int8_t *shifts, int32_t channels,
                                            const wherry_conv_2d_s16_settings *s) {
  const int32_t group_c = s->input_c / s->groups, pitch = s->filter_h * s->filter_w * group_c;
  /* Columns whose values lie in one run are taken at once. */
  const int32_t width = columns.end - columns.first;
  const int32_t step = s->groups == 1 && s->dilation_w == 1 && width > 0 ? width : 1;
  int32_t o, r, fy, fx;
  for (o = 0; o < channels; o += r) {
    const int8_t *const filter = weights + o * pitch;
    uint64_t sums[4];
    for (r = 0; r < 4 && o + r < channels; ++r) sums[r] = (uint64_t)bias[o + r];
    for (fy = rows.first; fy < rows.end; ++fy) {
      for (fx = columns.first; fx < columns.end; fx += step) {
        const int16_t *const values =
            image + ((y + fy * s->dilation_h) * s->input_w + x + fx * s->dilation_w) * s->input_c + g * group_c;
        const int8_t *const first = filter + (fy * s->filter_w + fx) * group_c;
        if (o + 4 <= channels) {
          wherry_dot_four_s16(sums, values, first, pitch, step * group_c);
        } else {
          for (r = 0; o + r < channels; ++r) sums[r] += wherry_dot_s16(values, first + r * pitch, step * group_c);
        }
      }
    }
    for (r = 0; r < 4 && o + r < channels; ++r)
      output[o + r] = wherry_requantize_s16(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
}

static inline void wherry_conv_2d_s16(const int16_t *input, int16_t *output, const int8_t *weights,
                                      const int64_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                      const wherry_conv_2d_s16_settings *s) {
  const int32_t group_c = s->input_c / s->groups, channels = s->output_c / s->groups;
  const int32_t filter = s->filter_h * s->filter_w * group_c;
  int32_t batch, y, x, g;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (g = 0; g < s->groups; ++g)
          wherry_conv_2d_pixel_s16(input, y, x, g, rows, columns,
                                   output + g * channels, weights + g * channels * filter, bias + g * channels,
                                   multipliers + g * channels, shifts + g * channels, channels, s);
        output += s->output_c;
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'portable/conv-2d-s4.h': {
    needs: ['portable/conv-2d.h', 'portable/nibbles.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int8 with weights of 4 bits. A word of a block of four output channels has one of each,
 * [O / 4][H][W][C / groups]; the channels that are left stand in words of their own behind them, [O % 4][H][W][C / groups]; no
 * word belongs to two groups.
 */

/* Adds the products of \`count\` values with four channels of weights. */
static inline const uint16_t *wherry_dot_four_s4(uint32_t *sums, const int8_t *values, const uint16_t *weights,
                                                 int32_t count) {
  uint32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const int8_t *const end = values + count;
  while (values != end) {
    const int32_t value = *values++;
    const uint16_t word = *weights++;
    s0 += (uint32_t)(value * wherry_nibble_of(word, 0));
    s1 += (uint32_t)(value * wherry_nibble_of(word, 4));
    s2 += (uint32_t)(value * wherry_nibble_of(word, 8));
    s3 += (uint32_t)(value * wherry_nibble_of(word, 12));
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  return weights;
}

/* All channels of a group at one pixel; \`rows\` are filter_h runs of \`run\` values, \`pitch\` apart. */
static inline void wherry_conv_2d_pixel_s4(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                           const uint16_t *weights, const int32_t *bias, const int32_t *multipliers,
                                           const int8_t *shifts, int32_t channels, const wherry_conv_2d *s) {
  const int32_t in_blocks = channels - channels % 4;
  int32_t o, r, k, at = 0;
  for (o = 0; o < in_blocks; o += 4) {
    uint32_t sums[4];
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[o + r];
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_four_s4(sums, rows + r * pitch, weights, run);
    for (r = 0; r < 4; ++r) output[o + r] = wherry_requantize(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
  for (o = in_blocks; o < channels; ++o) {
    uint32_t sum = (uint32_t)bias[o];
    for (r = 0; r < s->filter_h; ++r)
      for (k = 0; k < run; ++k) sum += (uint32_t)((int32_t)rows[r * pitch + k] * wherry_nibble(weights, at++));
    output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);
  }
}

static inline int32_t wherry_words_s4(int32_t channels, int32_t rows, int32_t run) {
  const int32_t length = rows * run;
  return channels / 4 * length + (channels % 4 * length + 3) / 4;
}

WHERRY_DEFINE_CONV_2D(wherry_conv_2d_s4, uint16_t, wherry_conv_2d_pixel_s4, wherry_words_s4)`,
  },
  'portable/conv-2d-s8.h': {
    needs: ['portable/conv-2d.h'],
    headers: ['stdint.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int8 with weights of a byte. They stand in blocks of four output channels,
 * [O / 4][H][W][C / groups][4], then those that are left, [O % 4][H][W][C / groups]; no block belongs to two groups.
 */

/* Adds the products of \`count\` values with four channels of weights. */
static inline const int8_t *wherry_dot_four_s8(uint32_t *sums, const int8_t *values, const int8_t *weights, int32_t count) {
  uint32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  const int8_t *const end = values + count;
  while (values != end) {
    const int32_t value = *values++;
    s0 += (uint32_t)(value * weights[0]);
    s1 += (uint32_t)(value * weights[1]);
    s2 += (uint32_t)(value * weights[2]);
    s3 += (uint32_t)(value * weights[3]);
    weights += 4;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  return weights;
}

/* All channels of a group at one pixel; \`rows\` are filter_h runs of \`run\` values, \`pitch\` apart. */
static inline void wherry_conv_2d_pixel_s8(const int8_t *rows, int32_t pitch, int32_t run, int8_t *output,
                                           const int8_t *weights, const int32_t *bias, const int32_t *multipliers,
                                           const int8_t *shifts, int32_t channels, const wherry_conv_2d *s) {
  const int32_t in_blocks = channels - channels % 4;
  int32_t o, r;
  for (o = 0; o < in_blocks; o += 4) {
    uint32_t sums[4];
    for (r = 0; r < 4; ++r) sums[r] = (uint32_t)bias[o + r];
    for (r = 0; r < s->filter_h; ++r) weights = wherry_dot_four_s8(sums, rows + r * pitch, weights, run);
    for (r = 0; r < 4; ++r) output[o + r] = wherry_requantize(sums[r], multipliers[o + r], shifts[o + r], &s->to);
  }
  for (o = in_blocks; o < channels; ++o) {
    uint32_t sum = (uint32_t)bias[o];
    for (r = 0; r < s->filter_h; ++r) {
      const int8_t *values = rows + r * pitch;
      const int8_t *const end = values + run;
      while (values != end) sum += (uint32_t)(*values++ * *weights++);
    }
    output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);
  }
}

static inline int32_t wherry_weights_s8(int32_t channels, int32_t rows, int32_t run) {
  return channels * rows * run;
}

WHERRY_DEFINE_CONV_2D(wherry_conv_2d_s8, int8_t, wherry_conv_2d_pixel_s8, wherry_weights_s8)`,
  },
  'portable/conv-2d.h': {
    needs: ['portable/requantize.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * CONV_2D and FULLY_CONNECTED on int8: a kernel for each form that weights are stored in. Input [N,H,W,C], output [N,H,W,O]. The
 * bias has the input's zero point folded in, so that values are multiplied as they are stored.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, groups;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t input_zero_point;
  wherry_requantization to;
} wherry_conv_2d;

/* The values under the filter side by side, with the zero point where it stands in the padding. */
static inline void wherry_gather_patch_s8(const int8_t *image, int32_t y, int32_t x, int32_t first, int32_t count,
                                          int8_t *patch, const wherry_conv_2d *s) {
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h; ++fy) {
    const int32_t iy = y + fy * s->dilation_h;
    for (fx = 0; fx < s->filter_w; ++fx) {
      const int32_t ix = x + fx * s->dilation_w;
      if (iy < 0 || iy >= s->input_h || ix < 0 || ix >= s->input_w)
        memset(patch, s->input_zero_point, (size_t)count);
      else
        memcpy(patch, image + (iy * s->input_w + ix) * s->input_c + first, (size_t)count);
      patch += count;
    }
  }
}

/*
 * \`patch\` has room for filter_h * filter_w * input_c / groups values where a patch is not to be read in place. pixel: computes all
 * channels of a group at one pixel; words(channels, rows, run): elements of the weights of a group.
 */
#define WHERRY_DEFINE_CONV_2D(name, type, pixel, words)                                                             \\
  static inline void name(const int8_t *input, int8_t *output, int8_t *patch, const type *weights,                  \\
                          const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,                    \\
                          const wherry_conv_2d *s) {                                                                \\
    const int32_t group_c = s->input_c / s->groups, channels = s->output_c / s->groups;                             \\
    const int32_t run = s->filter_w * group_c;                                                                      \\
    const int32_t in_place = s->groups == 1 && (s->dilation_w == 1 || s->filter_w == 1);                            \\
    int32_t batch, y, x, g;                                                                                         \\
    for (batch = 0; batch < s->batches; ++batch) {                                                                  \\
      for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {                                 \\
        const int32_t rows_inside = y >= 0 && y + (s->filter_h - 1) * s->dilation_h < s->input_h;                   \\
        for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {                             \\
          const int32_t inside = rows_inside && x >= 0 && x + (s->filter_w - 1) * s->dilation_w < s->input_w;       \\
          for (g = 0; g < s->groups; ++g) {                                                                         \\
            const int8_t *rows = patch;                                                                             \\
            int32_t pitch = run;                                                                                    \\
            if (in_place && inside) {                                                                               \\
              rows = input + (y * s->input_w + x) * s->input_c;                                                     \\
              pitch = s->dilation_h * s->input_w * s->input_c;                                                      \\
            } else {                                                                                                \\
              wherry_gather_patch_s8(input, y, x, g * group_c, group_c, patch, s);                                  \\
            }                                                                                                       \\
            pixel(rows, pitch, run, output + g * channels,                                                          \\
                                    weights + g * words(channels, s->filter_h, run), bias + g * channels,           \\
                                    multipliers + g * channels, shifts + g * channels, channels, s);                \\
          }                                                                                                         \\
          output += s->output_c;                                                                                    \\
        }                                                                                                           \\
      }                                                                                                             \\
      input += s->input_h * s->input_w * s->input_c;                                                                \\
    }                                                                                                               \\
  }`,
  },
  'portable/dense-asymmetric-s4.h': {
    needs: ['portable/dense-asymmetric.h', 'portable/nibbles.h'],
    headers: [],
    source: c`WHERRY_DEFINE_DENSE_ASYMMETRIC(wherry_dense_asymmetric_s4, uint16_t, wherry_nibble)`,
  },
  'portable/dense-asymmetric-s8.h': {
    needs: ['portable/dense-asymmetric.h'],
    headers: [],
    source: c`static inline int8_t wherry_weight_s8(const int8_t *weights, int32_t at) { return weights[at]; }

WHERRY_DEFINE_DENSE_ASYMMETRIC(wherry_dense_asymmetric_s8, int8_t, wherry_weight_s8)`,
  },
  'portable/dense-asymmetric.h': {
    needs: ['portable/requantize.h'],
    headers: ['stdint.h'],
    source: c`/*
 * FULLY_CONNECTED on int8 with weights that have a zero point: a kernel for each form that they are stored in. Input
 * [vectors, depth], weights [units, depth].
 */

typedef struct {
  int32_t vectors, units, depth;
  int32_t input_zero_point, weight_zero_point;
  wherry_requantization to;
} wherry_dense_asymmetric;

#define WHERRY_DEFINE_DENSE_ASYMMETRIC(name, type, weight_at)                                                       \\
  static inline void name(const int8_t *input, int8_t *output, const type *weights, const int32_t *bias,            \\
                          const int32_t *multipliers, const int8_t *shifts, const wherry_dense_asymmetric *s) {     \\
    int32_t v, o, k;                                                                                                \\
    for (v = 0; v < s->vectors; ++v, input += s->depth, output += s->units)                                         \\
      for (o = 0; o < s->units; ++o) {                                                                              \\
        uint32_t sum = (uint32_t)bias[o];                                                                           \\
        for (k = 0; k < s->depth; ++k)                                                                              \\
          sum += (uint32_t)((input[k] - s->input_zero_point) *                                                      \\
                            (weight_at(weights, o * s->depth + k) - s->weight_zero_point));                         \\
        output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);                                      \\
      }                                                                                                             \\
  }`,
  },
  'portable/depthwise-channels-s4.h': {
    needs: ['portable/depthwise-channels.h', 'portable/nibbles.h'],
    headers: [],
    source: c`static inline const int8_t *wherry_taps_s4(const uint16_t *weights, int32_t first, int32_t taps, int8_t *room) {
  for (int32_t i = 0; i < taps; ++i) room[i] = (int8_t)wherry_nibble(weights, first + i);
  return room;
}

WHERRY_DEFINE_DEPTHWISE_CHANNELS(wherry_depthwise_channels_s4, uint16_t, wherry_taps_s4)`,
  },
  'portable/depthwise-channels-s8.h': {
    needs: ['portable/depthwise-channels.h'],
    headers: [],
    source: c`static inline const int8_t *wherry_taps_s8(const int8_t *weights, int32_t first, int32_t taps, int8_t *room) {
  (void)taps;
  (void)room;
  return weights + first;
}

WHERRY_DEFINE_DEPTHWISE_CHANNELS(wherry_depthwise_channels_s8, int8_t, wherry_taps_s8)`,
  },
  'portable/depthwise-channels.h': {
    needs: ['portable/apart.h', 'portable/requantize.h', 'portable/requantize-channel.h'],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * DEPTHWISE_CONV_2D on int8, a kernel for each form that weights are stored in: channel by channel and band by band. What the filter sees of the channel is copied into a plane
 * with the zero point around it, and nobody reads those bytes again. Input [N,H,W,C],
 * weights [C * multiplier][H][W], output [N,H,W,C * multiplier]. The bias has the input's zero point folded in, so that values are multiplied as they are stored.
 */

/* Rows of the plane of a filter of 3x3: with this, one pointer and constants are where all of its values lie. */
#define WHERRY_PLANE_H 16

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w, stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t input_zero_point;
  /* Rows of the output that are computed from the plane at once, and rows under the filter. */
  int32_t band, reach_h;
  /* Of the plane, whose columns stand behind each other. */
  int32_t plane_w, plane_h;
  /* 1: a filter of 3x3 without places apart, and scales as wherry_small_scale has them. */
  int32_t is_3x3;
  wherry_requantization to;
} wherry_depthwise_channels;

/* What a channel's results come of, and where they go. */
typedef struct {
  const int8_t *plane;
  int32_t rows;
  int8_t *output;
  const int8_t *weights;
  int32_t bias, multiplier, shift;
} wherry_depthwise_band;

/* Three weights in a column. Products of 16 bits: an int may have no more. */
typedef struct {
  int16_t a, b, c;
} wherry_three_weights;

static inline wherry_three_weights wherry_column_of_three(const int8_t *weights) {
  wherry_three_weights column;
  column.a = weights[0];
  column.b = weights[3];
  column.c = weights[6];
  return column;
}

static inline int32_t wherry_times_three(const int8_t *values, const wherry_three_weights *w) {
  return (int32_t)(values[0] * w->a) + (int32_t)(values[1] * w->b) + (int32_t)(values[2] * w->c);
}

/* Column after column, as the plane has them. */
WHERRY_APART void wherry_depthwise_3x3(const wherry_depthwise_band *of, const wherry_depthwise_channels *s) {
  const wherry_three_weights w0 = wherry_column_of_three(of->weights), w1 = wherry_column_of_three(of->weights + 1);
  const wherry_three_weights w2 = wherry_column_of_three(of->weights + 2);
  const int32_t step = s->input_c * s->depth_multiplier, down = s->output_w * step, stride = s->stride_h;
  const int32_t low = s->to.low + s->to.zero_point, high = s->to.high + s->to.zero_point;
  const int8_t *plane = of->plane;
  int8_t *top = of->output, *const behind = top + down;
  const int32_t bias = of->bias;
  wherry_small_scale scale;
  scale.multiplier = (int32_t)((uint32_t)of->multiplier << 1);
  scale.shift = -of->shift;
  scale.offset = (2 * s->to.zero_point + 1) * ((int32_t)1 << (scale.shift - 1));
  for (; top != behind; top += step, plane += s->stride_w * WHERRY_PLANE_H) {
    const int8_t *values = plane, *const end = plane + of->rows * stride;
    int8_t *output = top;
    do {
      int32_t sum = bias + wherry_times_three(values, &w0) + wherry_times_three(values + WHERRY_PLANE_H, &w1);
      WHERRY_READ_NOW;
      sum += wherry_times_three(values + 2 * WHERRY_PLANE_H, &w2);
      values += stride;
      *output = wherry_channel_to_s8((uint32_t)sum, &scale, low, high);
      output += down;
    } while (values != end);
  }
}

/* Any filter. */
static inline void wherry_depthwise_any(const wherry_depthwise_band *of, const wherry_depthwise_channels *s) {
  const int32_t step = s->input_c * s->depth_multiplier, across = s->dilation_w * s->plane_h;
  int8_t *output = of->output;
  int32_t y, x, fy, fx;
  for (y = 0; y < of->rows; ++y) {
    for (x = 0; x < s->output_w; ++x) {
      const int8_t *row = of->plane + x * s->stride_w * s->plane_h + y * s->stride_h, *weights = of->weights;
      uint32_t sum = (uint32_t)of->bias;
      for (fy = 0; fy < s->filter_h; ++fy, row += s->dilation_h) {
        const int8_t *value = row;
        for (fx = 0; fx < s->filter_w; ++fx, value += across) sum += (uint32_t)(*value * *weights++);
      }
      *output = wherry_requantize(sum, of->multiplier, of->shift, &s->to);
      output += step;
    }
  }
}

/* Rows of the plane, from above to below: those of the last band that are needed again, \`down\` below, then new ones. */
typedef struct {
  int32_t kept, down, above, inside, below;
} wherry_plane_rows;

/* \`from\`: the first new value in the image; the zero point stands in rows that are none of it. */
static inline void wherry_fill_plane_s8(const int8_t *from, int8_t *plane, const wherry_plane_rows *rows,
                                        const wherry_depthwise_channels *s) {
  const int32_t columns = s->input_w < s->plane_w - s->left ? s->input_w : s->plane_w - s->left;
  const int32_t pitch = s->input_w * s->input_c;
  int32_t x, y;
  plane += s->left * s->plane_h;
  for (x = 0; x < columns; ++x, plane += s->plane_h, from += s->input_c) {
    const int8_t *value = from;
    int8_t *to = plane, *end;
    for (y = 0; y < rows->kept; ++y, ++to) *to = to[rows->down];
    for (y = 0; y < rows->above; ++y) *to++ = (int8_t)s->input_zero_point;
    for (end = to + rows->inside / 2 * 2; to != end; to += 2, value += 2 * pitch) {
      to[0] = value[0];
      to[1] = value[pitch];
    }
    if (rows->inside % 2 != 0) *to++ = *value;
    for (y = 0; y < rows->below; ++y) *to++ = (int8_t)s->input_zero_point;
  }
}

/* What the band of \`count\` rows of results from row \`y\` on needs; \`at\`: the first new row, which may be outside the image. */
static inline wherry_plane_rows wherry_rows_of_band(int32_t y, int32_t count, int32_t *at,
                                                    const wherry_depthwise_channels *s) {
  const int32_t end = (y + count - 1) * s->stride_h - s->top + s->reach_h;
  wherry_plane_rows rows;
  rows.down = s->band * s->stride_h;
  rows.kept = y == 0 || s->reach_h < s->stride_h ? 0 : s->reach_h - s->stride_h;
  *at = y * s->stride_h - s->top + rows.kept;
  rows.above = *at < 0 ? (end < 0 ? end : 0) - *at : 0;
  rows.below = end > s->input_h ? end - (*at > s->input_h ? *at : s->input_h) : 0;
  rows.inside = end - *at - rows.above - rows.below;
  return rows;
}

/*
 * \`plane\` has room for plane_w columns of plane_h rows, and behind them for what weights_of(weights, first, taps, room) writes: the
 * weights of a channel as bytes.
 */
#define WHERRY_DEFINE_DEPTHWISE_CHANNELS(name, type, weights_of)                                                        \\
  static inline void name(const int8_t *input, int8_t *output, int8_t *plane, const type *weights, const int32_t *bias, \\
                          const int32_t *multipliers, const int8_t *shifts, const wherry_depthwise_channels *s) {       \\
    const int32_t step = s->input_c * s->depth_multiplier, taps = s->filter_h * s->filter_w;                            \\
    int32_t batch, c, m, y;                                                                                             \\
    memset(plane, s->input_zero_point, (size_t)(s->plane_w * s->plane_h));                                              \\
    for (batch = 0; batch < s->batches; ++batch) {                                                                      \\
      for (c = 0; c < s->input_c; ++c) {                                                                                \\
        for (y = 0; y < s->output_h; y += s->band) {                                                                    \\
          const int32_t count = s->output_h - y < s->band ? s->output_h - y : s->band;                                  \\
          int32_t at;                                                                                                   \\
          const wherry_plane_rows rows = wherry_rows_of_band(y, count, &at, s);                                         \\
          wherry_depthwise_band of;                                                                                     \\
          of.plane = plane;                                                                                             \\
          of.rows = count;                                                                                              \\
          wherry_fill_plane_s8(input + c + (at + rows.above) * s->input_w * s->input_c, plane, &rows, s);               \\
          for (m = c * s->depth_multiplier; m < (c + 1) * s->depth_multiplier; ++m) {                                   \\
            of.output = output + y * s->output_w * step + m;                                                            \\
            of.weights = weights_of(weights, m * taps, taps, plane + s->plane_w * s->plane_h);                          \\
            of.bias = bias[m];                                                                                          \\
            of.multiplier = multipliers[m];                                                                             \\
            of.shift = shifts[m];                                                                                       \\
            if (s->is_3x3)                                                                                              \\
              wherry_depthwise_3x3(&of, s);                                                                             \\
            else                                                                                                        \\
              wherry_depthwise_any(&of, s);                                                                             \\
          }                                                                                                             \\
        }                                                                                                               \\
      }                                                                                                                 \\
      input += s->input_h * s->input_w * s->input_c;                                                                    \\
      output += s->output_h * s->output_w * step;                                                                       \\
    }                                                                                                                   \\
  }`,
  },
  'portable/depthwise-conv-2d-f32.h': {
    needs: ['portable/activate-f32.h', 'portable/filter-span.h'],
    headers: ['stdint.h'],
    source: c`/*
 * DEPTHWISE_CONV_2D on float32. Input [N,H,W,C], weights [H,W,C * multiplier], output [N,H,W,C * multiplier]. What lies in the
 * padding is left out.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  int32_t activation;
} wherry_depthwise_f32_settings;

/* Output channel \`c\` at one pixel, without its bias; (y, x): where the filter's first place lies. */
static inline float wherry_depthwise_sum_f32(const float *image, int32_t y, int32_t x, wherry_filter_span rows,
                                             wherry_filter_span columns, const float *weights, int32_t c,
                                             const wherry_depthwise_f32_settings *s) {
  const int32_t from = c / s->depth_multiplier, channels = s->input_c * s->depth_multiplier;
  float sum = 0.0f;
  int32_t fy, fx;
  for (fy = rows.first; fy < rows.end; ++fy) {
    const int32_t row = (y + fy * s->dilation_h) * s->input_w + x;
    for (fx = columns.first; fx < columns.end; ++fx)
      sum += image[(row + fx * s->dilation_w) * s->input_c + from] * weights[(fy * s->filter_w + fx) * channels + c];
  }
  return sum;
}

static inline void wherry_depthwise_conv_2d_f32(const float *input, float *output, const float *weights,
                                                const float *bias, const wherry_depthwise_f32_settings *s) {
  const int32_t channels = s->input_c * s->depth_multiplier;
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (c = 0; c < channels; ++c) {
          const float sum = wherry_depthwise_sum_f32(input, y, x, rows, columns, weights, c, s);
          *output++ = wherry_activated(sum + bias[c], s->activation);
        }
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'portable/depthwise-conv-2d-s16.h': {
    needs: ['portable/filter-span.h', 'portable/requantize-s16.h'],
    headers: ['stdint.h'],
    source: c`/*
 * DEPTHWISE_CONV_2D on int16 with int8 weights. Input [N,H,W,C], weights [H,W,C * multiplier], output [N,H,W,C * multiplier].
 * The zero point is 0: what lies in the padding adds nothing and is left out.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, depth_multiplier;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w, dilation_h, dilation_w, top, left;
  wherry_requantization_s16 to;
} wherry_depthwise_s16_settings;

/* Output channel \`c\` at one pixel, without its bias; (y, x): where the filter's first place lies. */
static inline uint64_t wherry_depthwise_sum_s16(const int16_t *image, int32_t y, int32_t x, wherry_filter_span rows,
                                               wherry_filter_span columns, const int8_t *weights, int32_t c,
                                               const wherry_depthwise_s16_settings *s) {
  const int32_t from = c / s->depth_multiplier, channels = s->input_c * s->depth_multiplier;
  uint64_t sum = 0;
  int32_t fy, fx;
  for (fy = rows.first; fy < rows.end; ++fy) {
    const int32_t row = (y + fy * s->dilation_h) * s->input_w + x;
    for (fx = columns.first; fx < columns.end; ++fx) {
      const int32_t value = image[(row + fx * s->dilation_w) * s->input_c + from];
      sum += (uint64_t)(value * weights[(fy * s->filter_w + fx) * channels + c]);
    }
  }
  return sum;
}

static inline void wherry_depthwise_conv_2d_s16(const int16_t *input, int16_t *output, const int8_t *weights,
                                                const int64_t *bias, const int32_t *multipliers,
                                                const int8_t *shifts, const wherry_depthwise_s16_settings *s) {
  const int32_t channels = s->input_c * s->depth_multiplier;
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch) {
    for (y = -s->top; y < s->output_h * s->stride_h - s->top; y += s->stride_h) {
      const wherry_filter_span rows = wherry_span_inside(y, s->dilation_h, s->filter_h, s->input_h);
      for (x = -s->left; x < s->output_w * s->stride_w - s->left; x += s->stride_w) {
        const wherry_filter_span columns = wherry_span_inside(x, s->dilation_w, s->filter_w, s->input_w);
        for (c = 0; c < channels; ++c) {
          const uint64_t sum = wherry_depthwise_sum_s16(input, y, x, rows, columns, weights, c, s);
          *output++ = wherry_requantize_s16((uint64_t)bias[c] + sum, multipliers[c], shifts[c], &s->to);
        }
      }
    }
    input += s->input_h * s->input_w * s->input_c;
  }
}`,
  },
  'portable/dequantize-f16-f32.h': {
    needs: ['portable/half.h'],
    headers: ['stdint.h'],
    source: c`/* DEQUANTIZE of halves to float32, exactly. */

static inline void wherry_dequantize_f16_f32(const uint16_t *input, float *output, int32_t count) {
  for (int32_t i = 0; i < count; ++i) output[i] = wherry_widen_half(input[i]);
}`,
  },
  'portable/dequantize-s16-f32.h': {
    needs: ['portable/dequantize.h'],
    headers: [],
    source: c`WHERRY_DEFINE_DEQUANTIZE(wherry_dequantize_s16_f32, int16_t)`,
  },
  'portable/dequantize-s8-f32.h': {
    needs: ['portable/dequantize.h'],
    headers: [],
    source: c`WHERRY_DEFINE_DEQUANTIZE(wherry_dequantize_s8_f32, int8_t)`,
  },
  'portable/dequantize-u8-f32.h': {
    needs: ['portable/dequantize.h'],
    headers: [],
    source: c`WHERRY_DEFINE_DEQUANTIZE(wherry_dequantize_u8_f32, uint8_t)`,
  },
  'portable/dequantize.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* DEQUANTIZE to float32: a kernel for integers of one type. */

#define WHERRY_DEFINE_DEQUANTIZE(name, type)                                                                        \\
  static inline void name(const type *input, float *output, int32_t count, float scale, int32_t zero_point) {       \\
    for (int32_t i = 0; i < count; ++i) output[i] = scale * (float)(input[i] - zero_point);                         \\
  }`,
  },
  'portable/divide-by-power-of-two.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* x / 2^exponent, rounded half away from zero, for 1 <= exponent <= 31 and x > -2^31. */
static inline int32_t wherry_divide_by_power_of_two(int32_t x, int32_t exponent) {
  const int32_t y = x + (x >> 31);
  return ((y >> (exponent - 1)) + 1) >> 1;
}`,
  },
  'portable/divide-f32.h': {
    needs: ['portable/binary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_F32(wherry_divide_f32, x / y)`,
  },
  'portable/elu-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`/* exp(x) - 1 of x <= 0, which not every library has by itself: near 0 by its series, from within. */
static inline float wherry_exp_less_one(float x) {
  float sum = 1.0f;
  int32_t i;
  if (x < -0.5f) return expf(x) - 1.0f;
  for (i = 9; i > 1; --i) sum = 1.0f + x / (float)i * sum;
  return x * sum;
}

WHERRY_DEFINE_UNARY_F32(wherry_elu_f32, x < 0.0f ? wherry_exp_less_one(x) : x)`,
  },
  'portable/exp-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_exp_f32, expf(x))`,
  },
  'portable/extremum-f32.h': {
    needs: ['portable/extremum.h'],
    headers: [],
    source: c`WHERRY_DEFINE_EXTREMUM(wherry_extremum_f32, float)`,
  },
  'portable/extremum-s16.h': {
    needs: ['portable/extremum.h'],
    headers: [],
    source: c`WHERRY_DEFINE_EXTREMUM(wherry_extremum_s16, int16_t)`,
  },
  'portable/extremum-s32.h': {
    needs: ['portable/extremum.h'],
    headers: [],
    source: c`WHERRY_DEFINE_EXTREMUM(wherry_extremum_s32, int32_t)`,
  },
  'portable/extremum-s64.h': {
    needs: ['portable/extremum.h'],
    headers: [],
    source: c`WHERRY_DEFINE_EXTREMUM(wherry_extremum_s64, int64_t)`,
  },
  'portable/extremum-s8.h': {
    needs: ['portable/extremum.h'],
    headers: [],
    source: c`WHERRY_DEFINE_EXTREMUM(wherry_extremum_s8, int8_t)`,
  },
  'portable/extremum-u8.h': {
    needs: ['portable/extremum.h'],
    headers: [],
    source: c`WHERRY_DEFINE_EXTREMUM(wherry_extremum_u8, uint8_t)`,
  },
  'portable/extremum.h': {
    needs: ['portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* MAXIMUM and MINIMUM, of operands with the output's scale: a kernel for values of one type. */

#define WHERRY_DEFINE_EXTREMUM(name, type)                                                                          \\
  static inline void name(const type *first, const type *second, type *output, const wherry_nest *nest,             \\
                          int32_t takes_greater) {                                                                  \\
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \\
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \\
        const type x = first[a + i * nest->first[4]], y = second[b + i * nest->second[4]];                          \\
        *output++ = (takes_greater ? x > y : x < y) ? x : y;                                                        \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/fill.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/* One value everywhere: what stands around a tensor that is padded. */

static inline void wherry_fill(void *output, const void *value, int32_t size, int32_t count) {
  uint8_t *to = (uint8_t *)output;
  for (; count > 0; --count, to += size) memcpy(to, value, (size_t)size);
}`,
  },
  'portable/filter-span.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* The places of a filter, along one dimension, that lie within the input. */

typedef struct {
  int32_t first, end;
} wherry_filter_span;

/* \`place\`: where the filter's first place lies. */
static inline wherry_filter_span wherry_span_inside(int32_t place, int32_t dilation, int32_t filter, int32_t input) {
  wherry_filter_span span;
  span.first = place < 0 ? (dilation - 1 - place) / dilation : 0;
  span.end = place < input ? (input - place + dilation - 1) / dilation : 0;
  if (span.end > filter) span.end = filter;
  return span;
}`,
  },
  'portable/gather-runs.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/* Values from places in no regular order: runs of bytes, one behind the other, each from where a table says. */

static inline void wherry_gather_runs(const void *input, void *output, const int32_t *from, int32_t count,
                                      int32_t run) {
  uint8_t *to = (uint8_t *)output;
  int32_t i;
  for (i = 0; i < count; ++i, to += run) memcpy(to, (const uint8_t *)input + from[i], (size_t)run);
}`,
  },
  'portable/gather-s32.h': {
    needs: ['portable/gather.h'],
    headers: [],
    source: c`WHERRY_DEFINE_GATHER(wherry_gather_s32, int32_t)`,
  },
  'portable/gather-s64.h': {
    needs: ['portable/gather.h'],
    headers: [],
    source: c`WHERRY_DEFINE_GATHER(wherry_gather_s64, int64_t)`,
  },
  'portable/gather.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/*
 * GATHER from positions that are known when it runs only: a kernel for positions of one type. One that lies outside of the input
 * is taken for the nearest that does not; the reference refuses to run there.
 */

typedef struct {
  /* Rows that share their positions, in turn for each batch; positions of a batch. */
  int32_t batches, rows, positions;
  /* Positions that the input has, and bytes of each. */
  int32_t size, run;
} wherry_gathering;

#define WHERRY_DEFINE_GATHER(name, type)                                                                            \\
  static inline void name(const void *input, const type *positions, void *output, const wherry_gathering *s) {      \\
    const uint8_t *from = (const uint8_t *)input;                                                                   \\
    uint8_t *to = (uint8_t *)output;                                                                                \\
    for (int32_t batch = 0; batch < s->batches; ++batch, positions += s->positions)                                 \\
      for (int32_t row = 0; row < s->rows; ++row, from += s->size * s->run)                                         \\
        for (int32_t i = 0; i < s->positions; ++i, to += s->run) {                                                  \\
          const type at = positions[i];                                                                             \\
          const int32_t inside = at < 0 ? 0 : at < s->size ? (int32_t)at : s->size - 1;                             \\
          memcpy(to, from + inside * s->run, (size_t)s->run);                                                       \\
        }                                                                                                           \\
  }`,
  },
  'portable/gelu-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`/*
 * The part of a normal distribution that is above z >= 0; not every library has an error function. Its density times z + z^3 / 3 +
 * z^5 / 15 + ... is what lies between 0 and z; divided by z + 1 / (z + 2 / (z + 3 / ...)) it is the tail. Both from within.
 */
static inline float wherry_normal_above(float z) {
  const float density = 0.39894228f * expf(-0.5f * z * z);
  float sum = 1.0f;
  int32_t i;
  if (z < 1.25f) {
    for (i = 27; i > 1; i -= 2) sum = 1.0f + z * z / (float)i * sum;
    return 0.5f - density * z * sum;
  }
  sum = z;
  for (i = 48; i > 0; --i) sum = z + (float)i / sum;
  return density / sum;
}

WHERRY_DEFINE_UNARY_F32(wherry_gelu_f32, x * (x < 0.0f ? wherry_normal_above(-x) : 1.0f - wherry_normal_above(x)))`,
  },
  'portable/gelu-tanh-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`/* (1 + tanh(u)) / 2 as 1 / (1 + exp(-2 u)), which is exact where it is small. */
WHERRY_DEFINE_UNARY_F32(wherry_gelu_tanh_f32, x / (1.0f + expf(-1.59576912f * (x + 0.044715f * x * x * x))))`,
  },
  'portable/half.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/* Numbers of 16 bits: a sign, 5 bits of exponent, 10 bits of fraction. */

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
}`,
  },
  'portable/hard-swish-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_hard_swish_f32, x >= 3.0f ? x : x <= -3.0f ? 0.0f * x : x * (x + 3.0f) / 6.0f)`,
  },
  'portable/high-multiply.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* floor((a * b + 2^30) / 2^31), for a and b that are not both -2^31. */
static inline int32_t wherry_high_multiply(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + 1073741824) >> 31);
}`,
  },
  'portable/kept.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* A state is kept as its distance from its zero point, modulo 2^8 of an int8: memory of zeros is how it begins. */
static inline int32_t wherry_kept_s8(int8_t kept, int32_t zero_point) {
  return (int8_t)(kept + zero_point) - zero_point;
}`,
  },
  'portable/leaky-relu-f32.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* LEAKY_RELU on float32. */

static inline void wherry_leaky_relu_f32(const float *input, float *output, int32_t count, float alpha) {
  for (int32_t i = 0; i < count; ++i) output[i] = input[i] > 0.0f ? input[i] : input[i] * alpha;
}`,
  },
  'portable/leaky-relu-s16.h': {
    needs: ['portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* LEAKY_RELU on int16: one scale for values of 0 or more, another for those below. */

typedef struct {
  int32_t input_zero_point, zero_point;
  int32_t multiplier, shift;
  int32_t leak_multiplier, leak_shift;
  /* 1: the factor of values below 0 is negative. */
  int32_t leak_turns;
} wherry_leaky_relu;

static inline void wherry_leaky_relu_s16(const int16_t *input, int16_t *output, int32_t count,
                                         const wherry_leaky_relu *s) {
  const int32_t low = -32768 - s->zero_point, high = 32767 - s->zero_point;
  for (int32_t i = 0; i < count; ++i) {
    const int32_t value = input[i] - s->input_zero_point;
    int32_t scaled;
    if (value >= 0) {
      scaled = wherry_clamp(wherry_scale(value, s->multiplier, s->shift), low, high);
    } else {
      scaled = wherry_scale(value, s->leak_multiplier, s->leak_shift);
      scaled = s->leak_turns ? -wherry_clamp(scaled, -high, -low) : wherry_clamp(scaled, low, high);
    }
    output[i] = (int16_t)(scaled + s->zero_point);
  }
}`,
  },
  'portable/log-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_log_f32, logf(x))`,
  },
  'portable/logistic-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_logistic_f32, 1.0f / (1.0f + expf(-x)))`,
  },
  'portable/look-up-s8.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* Any function of one 8-bit value: its 256 answers, those of negative values first. */

static inline void wherry_look_up_s8(const int8_t *input, int8_t *output, const int8_t *table, int32_t count) {
  for (int32_t i = 0; i < count; ++i) output[i] = table[input[i] + 128];
}`,
  },
  'portable/lstm-f32.h': {
    needs: [],
    headers: ['math.h', 'stdint.h'],
    source: c`/* UNIDIRECTIONAL_SEQUENCE_LSTM on float32. */

typedef struct {
  int32_t batches, steps, depth, units;
  /* Vectors from one sequence, and from one step of it, to the next. */
  int32_t along_batch, along_time;
  /* The cell state is held between this and its negative; 0: it is not. */
  float clip;
} wherry_lstm_f32_settings;

static inline float wherry_lstm_logistic_f32(float x) { return 1.0f / (1.0f + expf(-x)); }

static inline float wherry_lstm_dot_f32(float sum, const float *values, const float *filter, int32_t count) {
  for (int32_t k = 0; k < count; ++k) sum += values[k] * filter[k];
  return sum;
}

/* Of filters and biases there are four each: input, forget, what is added to the cell state, output. */
static inline void wherry_lstm_f32(const float *input, float *output, float *hidden, float *cell,
                                   const float *filters, const float *recurrent, const float *bias,
                                   const wherry_lstm_f32_settings *s) {
  for (int32_t b = 0; b < s->batches; ++b, hidden += s->units, cell += s->units)
    for (int32_t t = 0; t < s->steps; ++t) {
      const int32_t vector = b * s->along_batch + t * s->along_time;
      const float *const from = input + vector * s->depth;
      float *const to = output + vector * s->units;
      int32_t u;
      for (u = 0; u < s->units; ++u) {
        float sums[4], next;
        for (int32_t g = 0; g < 4; ++g) {
          const int32_t row = g * s->units + u;
          sums[g] = wherry_lstm_dot_f32(bias[row], from, filters + row * s->depth, s->depth);
          sums[g] = wherry_lstm_dot_f32(sums[g], hidden, recurrent + row * s->units, s->units);
        }
        next = wherry_lstm_logistic_f32(sums[1]) * cell[u] + wherry_lstm_logistic_f32(sums[0]) * tanhf(sums[2]);
        if (s->clip > 0.0f) next = next < -s->clip ? -s->clip : next > s->clip ? s->clip : next;
        cell[u] = next;
        to[u] = tanhf(next) * wherry_lstm_logistic_f32(sums[3]);
      }
      /* All units have read the hidden state by now. */
      for (u = 0; u < s->units; ++u) hidden[u] = to[u];
    }
}`,
  },
  'portable/lstm-s8.h': {
    needs: ['portable/clamp.h', 'portable/kept.h', 'portable/scale.h', 'portable/sigmoid-s16.h'],
    headers: ['stdint.h'],
    source: c`/* UNIDIRECTIONAL_SEQUENCE_LSTM on int8: gates and cell state are int16, the hidden state is an int8. */

/* From sums over the input and over the hidden state to steps of a gate, which are 2^-12. */
typedef struct {
  int32_t input_multiplier, input_shift, hidden_multiplier, hidden_shift;
} wherry_lstm_gate;

typedef struct {
  int32_t batches, steps, depth, units;
  /* Vectors from one sequence, and from one step of it, to the next. */
  int32_t along_batch, along_time;
  int32_t hidden_zero_point;
  /* From products to the cell state as it was and as it is added to, and to the hidden state. */
  int32_t kept_multiplier, kept_shift, added_multiplier, added_shift, shown_multiplier, shown_shift;
  /* Of the cell state. */
  int32_t low, high;
  wherry_sigmoid cell;
} wherry_lstm;

static inline int32_t wherry_lstm_short(int32_t value) { return wherry_clamp(value, -32768, 32767); }

/* One unit of one gate before its function. */
static inline int32_t wherry_lstm_sum(const int8_t *input, const int8_t *hidden, const int8_t *filter,
                                      const int8_t *recurrent, int32_t bias, const wherry_lstm_gate *gate,
                                      const wherry_lstm *s) {
  uint32_t own = (uint32_t)bias, past = 0;
  int32_t k;
  for (k = 0; k < s->depth; ++k) own += (uint32_t)((int32_t)input[k] * filter[k]);
  for (k = 0; k < s->units; ++k)
    past += (uint32_t)(wherry_kept_s8(hidden[k], s->hidden_zero_point) * recurrent[k]);
  return wherry_lstm_short(
      wherry_lstm_short(wherry_scale((int32_t)own, gate->input_multiplier, gate->input_shift)) +
      wherry_lstm_short(wherry_scale((int32_t)past, gate->hidden_multiplier, gate->hidden_shift)));
}

/* Of filters, biases and gates there are four each: input, forget, what is added to the cell state, output. */
static inline void wherry_lstm_s8(const int8_t *input, int8_t *output, int8_t *hidden, int16_t *cell,
                                  const int8_t *filters, const int8_t *recurrent, const int32_t *bias,
                                  const wherry_lstm_gate *gates, const uint16_t *places, const wherry_lstm *s) {
  for (int32_t b = 0; b < s->batches; ++b, hidden += s->units, cell += s->units)
    for (int32_t t = 0; t < s->steps; ++t) {
      const int32_t vector = b * s->along_batch + t * s->along_time;
      const int8_t *const from = input + vector * s->depth;
      int8_t *const to = output + vector * s->units;
      int32_t u;
      for (u = 0; u < s->units; ++u) {
        int32_t sums[4], g, old, fresh, product;
        for (g = 0; g < 4; ++g) {
          const int32_t row = g * s->units + u;
          sums[g] = wherry_lstm_sum(from, hidden, filters + row * s->depth, recurrent + row * s->units, bias[row],
                                    gates + g, s);
        }
        old = wherry_scale(wherry_logistic_of(3 * sums[1], places) * (int32_t)cell[u], s->kept_multiplier,
                           s->kept_shift);
        fresh = wherry_scale((int32_t)wherry_logistic_of(3 * sums[0], places) * wherry_tanh_of(3 * sums[2], places),
                             s->added_multiplier, s->added_shift);
        cell[u] = (int16_t)wherry_clamp(wherry_lstm_short(old) + wherry_lstm_short(fresh), s->low, s->high);
        product = (int32_t)wherry_tanh_of(wherry_sigmoid_steps(cell[u], &s->cell), places) *
                  wherry_logistic_of(3 * sums[3], places);
        to[u] = (int8_t)(wherry_clamp(wherry_scale(product, s->shown_multiplier, s->shown_shift),
                                      -128 - s->hidden_zero_point, 127 - s->hidden_zero_point) +
                         s->hidden_zero_point);
      }
      /* All units have read the hidden state by now. */
      for (u = 0; u < s->units; ++u) hidden[u] = (int8_t)(to[u] - s->hidden_zero_point);
    }
}`,
  },
  'portable/max-pool-2d-s16.h': {
    needs: ['portable/clamp.h', 'portable/pool-window.h'],
    headers: ['stdint.h'],
    source: c`/* MAX_POOL_2D on int16. */

static inline void wherry_max_pool_2d_s16(const int16_t *input, int16_t *output, const wherry_pool *s) {
  int32_t batch, y, x, c, wy, wx;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const int16_t *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        for (c = 0; c < s->channels; ++c) {
          int32_t most = -32768;
          for (wy = 0; wy < window.height; ++wy) {
            const int16_t *value = corner + wy * s->input_w * s->channels + c;
            for (wx = 0; wx < window.width; ++wx, value += s->channels)
              if (*value > most) most = *value;
          }
          *output++ = (int16_t)wherry_clamp(most, s->low, s->high);
        }
      }
    }
  }
}`,
  },
  'portable/max-pool-2d-s8.h': {
    needs: ['portable/clamp.h', 'portable/pool-window.h'],
    headers: ['stdint.h'],
    source: c`/* MAX_POOL_2D on int8. */

static inline void wherry_max_pool_2d_s8(const int8_t *input, int8_t *output, const wherry_pool *s) {
  int32_t batch, y, x, c, wy, wx;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const int8_t *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        for (c = 0; c < s->channels; ++c) {
          int32_t most = -128;
          for (wy = 0; wy < window.height; ++wy) {
            const int8_t *value = corner + wy * s->input_w * s->channels + c;
            for (wx = 0; wx < window.width; ++wx, value += s->channels)
              if (*value > most) most = *value;
          }
          *output++ = (int8_t)wherry_clamp(most, s->low, s->high);
        }
      }
    }
  }
}`,
  },
  'portable/move.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/* Whatever moves values: runs of bytes from places of one tensor to places of another. */

typedef struct {
  /* Bytes that lie together in both. */
  int32_t run;
  /* How often, in up to six dimensions; those that are not needed count 1. */
  int32_t counts[6];
  /* Bytes from one place to the next, and to the first. */
  int32_t from[6], to[6];
  int32_t first_from, first_to;
} wherry_move;

static inline void wherry_move_runs(const void *input, void *output, const wherry_move *s) {
  const uint8_t *const from = (const uint8_t *)input + s->first_from;
  uint8_t *const to = (uint8_t *)output + s->first_to;
  int32_t i, j, k, l, m, n;
  for (i = 0; i < s->counts[0]; ++i)
    for (j = 0; j < s->counts[1]; ++j)
      for (k = 0; k < s->counts[2]; ++k)
        for (l = 0; l < s->counts[3]; ++l)
          for (m = 0; m < s->counts[4]; ++m)
            for (n = 0; n < s->counts[5]; ++n)
              memcpy(to + i * s->to[0] + j * s->to[1] + k * s->to[2] + l * s->to[3] + m * s->to[4] + n * s->to[5],
                     from + i * s->from[0] + j * s->from[1] + k * s->from[2] + l * s->from[3] + m * s->from[4] +
                         n * s->from[5],
                     (size_t)s->run);
}`,
  },
  'portable/multiplication.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* How the product of two operands becomes the output's integer. */

typedef struct {
  int32_t first_zero_point, second_zero_point;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
} wherry_multiplication;`,
  },
  'portable/multiply-f32.h': {
    needs: ['portable/binary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_F32(wherry_multiply_f32, x * y)`,
  },
  'portable/multiply-s16.h': {
    needs: ['portable/clamp.h', 'portable/multiplication.h', 'portable/scale.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* MUL on int16. */

static inline void wherry_multiply_s16(const int16_t *first, const int16_t *second, int16_t *output,
                                       const wherry_nest *nest, const wherry_multiplication *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const uint32_t x = (uint32_t)(first[a + i * nest->first[4]] - s->first_zero_point);
      const uint32_t y = (uint32_t)(second[b + i * nest->second[4]] - s->second_zero_point);
      const int32_t product = wherry_scale((int32_t)(x * y), s->multiplier, s->shift);
      *output++ = (int16_t)(wherry_clamp(product, s->low, s->high) + s->zero_point);
    }
  }
}`,
  },
  'portable/multiply-s32.h': {
    needs: ['portable/binary-whole.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_WHOLE(wherry_multiply_s32, int32_t, uint32_t, x * y)`,
  },
  'portable/multiply-s64.h': {
    needs: ['portable/binary-whole.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_WHOLE(wherry_multiply_s64, int64_t, uint64_t, x * y)`,
  },
  'portable/multiply-s8.h': {
    needs: ['portable/multiplication.h', 'portable/clamp.h', 'portable/scale.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* MUL on int8. */

static inline void wherry_multiply_s8(const int8_t *first, const int8_t *second, int8_t *output,
                                      const wherry_nest *nest, const wherry_multiplication *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = first[a + i * nest->first[4]] - s->first_zero_point;
      const int32_t y = second[b + i * nest->second[4]] - s->second_zero_point;
      const int32_t product = wherry_scale(x * y, s->multiplier, s->shift);
      *output++ = (int8_t)(wherry_clamp(product, s->low, s->high) + s->zero_point);
    }
  }
}`,
  },
  'portable/nest.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* Loops over several dimensions, with a step for each of two operands; dimensions that are not needed count 1. */

typedef struct {
  int32_t counts[5];
  /* Elements from one place to the next. */
  int32_t first[5];
  int32_t second[5];
} wherry_nest;

/* Runs what follows for each row along the last dimension, with \`first_at\` and \`second_at\` as its first elements. */
#define WHERRY_FOR_EACH_ROW(nest, first_at, second_at)                                                              \\
  for (int32_t i0_ = 0; i0_ < (nest)->counts[0]; ++i0_)                                                             \\
    for (int32_t i1_ = 0; i1_ < (nest)->counts[1]; ++i1_)                                                           \\
      for (int32_t i2_ = 0; i2_ < (nest)->counts[2]; ++i2_)                                                         \\
        for (int32_t i3_ = 0, first_at = i0_ * (nest)->first[0] + i1_ * (nest)->first[1] + i2_ * (nest)->first[2],  \\
                     second_at = i0_ * (nest)->second[0] + i1_ * (nest)->second[1] + i2_ * (nest)->second[2];       \\
             i3_ < (nest)->counts[3]; ++i3_, first_at += (nest)->first[3], second_at += (nest)->second[3])`,
  },
  'portable/nibbles.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* Weights of 4 bits, four to a word, the first in its lowest bits. */

/* The weight in bits \`shift\` to \`shift\` + 3. */
static inline int16_t wherry_nibble_of(uint16_t word, int32_t shift) {
  return (int16_t)((int16_t)(uint16_t)(word << (12 - shift)) >> 12);
}

static inline int16_t wherry_nibble(const uint16_t *words, int32_t at) {
  return wherry_nibble_of(words[at >> 2], 4 * (at & 3));
}`,
  },
  'portable/pool-2d-f32.h': {
    needs: ['portable/activate-f32.h', 'portable/pool-window.h'],
    headers: ['stdint.h'],
    source: c`/* AVERAGE_POOL_2D and MAX_POOL_2D on float32. Values that are no numbers are never the greatest. */

/* What one window makes of a channel, whose first value is at \`corner\`. */
static inline float wherry_pooled_f32(const float *corner, wherry_window window, int32_t takes_greatest,
                                      const wherry_pool *s) {
  float sum = 0.0f, most = corner[0];
  int32_t wy, wx;
  for (wy = 0; wy < window.height; ++wy) {
    for (wx = 0; wx < window.width; ++wx) {
      const float value = corner[(wy * s->input_w + wx) * s->channels];
      sum += value;
      if (value > most || most != most) most = value;
    }
  }
  return takes_greatest ? most : sum / (float)(window.height * window.width);
}

static inline void wherry_pool_2d_f32(const float *input, float *output, const wherry_pool *s, int32_t takes_greatest,
                                      int32_t activation) {
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      for (x = 0; x < s->output_w; ++x) {
        const wherry_window window = wherry_window_at(y, x, s);
        const float *const corner = input + (window.top * s->input_w + window.left) * s->channels;
        for (c = 0; c < s->channels; ++c)
          *output++ = wherry_activated(wherry_pooled_f32(corner + c, window, takes_greatest, s), activation);
      }
    }
  }
}`,
  },
  'portable/pool-window.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* The windows of AVERAGE_POOL_2D and MAX_POOL_2D: what lies in the padding does not count. */

typedef struct {
  int32_t batches, input_h, input_w, channels;
  int32_t output_h, output_w;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  /* Least and greatest value of the output. */
  int32_t low, high;
} wherry_pool;

/* The window of one output pixel, and where its pixels begin: those of padding are cut off. */
typedef struct {
  int32_t top, left, height, width;
} wherry_window;

static inline wherry_window wherry_window_at(int32_t y, int32_t x, const wherry_pool *s) {
  const int32_t first_y = y * s->stride_h - s->top, first_x = x * s->stride_w - s->left;
  const int32_t end_y = first_y + s->filter_h < s->input_h ? first_y + s->filter_h : s->input_h;
  const int32_t end_x = first_x + s->filter_w < s->input_w ? first_x + s->filter_w : s->input_w;
  wherry_window window;
  window.top = first_y < 0 ? 0 : first_y;
  window.left = first_x < 0 ? 0 : first_x;
  window.height = end_y - window.top;
  window.width = end_x - window.left;
  return window;
}`,
  },
  'portable/prelu-f32.h': {
    needs: ['portable/binary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_F32(wherry_prelu_f32, x >= 0.0f ? x : x * y)`,
  },
  'portable/prelu-s8.h': {
    needs: ['portable/clamp.h', 'portable/scale.h', 'portable/nest.h'],
    headers: ['stdint.h'],
    source: c`/* PRELU on int8: one scale for values of 0 or more, another for those that are multiplied by a slope. */

typedef struct {
  int32_t input_zero_point, slope_zero_point, zero_point;
  int32_t multiplier, shift;
  int32_t slope_multiplier, slope_shift;
} wherry_prelu;

static inline void wherry_prelu_s8(const int8_t *input, const int8_t *slopes, int8_t *output, const wherry_nest *nest,
                                   const wherry_prelu *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = input[a + i * nest->first[4]] - s->input_zero_point;
      const int32_t slope = slopes[b + i * nest->second[4]] - s->slope_zero_point;
      const int32_t scaled = x >= 0 ? wherry_scale(x, s->multiplier, s->shift)
                                    : wherry_scale(x * slope, s->slope_multiplier, s->slope_shift);
      *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
    }
  }
}`,
  },
  'portable/quantize-f32-s16.h': {
    needs: ['portable/quantize.h'],
    headers: [],
    source: c`WHERRY_DEFINE_QUANTIZE(wherry_quantize_f32_s16, int16_t, -32768, 32767)`,
  },
  'portable/quantize-f32-s8.h': {
    needs: ['portable/quantize.h'],
    headers: [],
    source: c`WHERRY_DEFINE_QUANTIZE(wherry_quantize_f32_s8, int8_t, -128, 127)`,
  },
  'portable/quantize-f32-u8.h': {
    needs: ['portable/quantize.h'],
    headers: [],
    source: c`WHERRY_DEFINE_QUANTIZE(wherry_quantize_f32_u8, uint8_t, 0, 255)`,
  },
  'portable/quantize.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* QUANTIZE from float32: the quotient is rounded half away from zero; what is no number becomes the zero point. */

/* An integer of at most 16 bits, not less than \`low\` and not more than \`high\`. */
static inline int32_t wherry_quantized(float value, float scale, int32_t zero_point, int32_t low, int32_t high) {
  const float scaled = value / scale;
  int32_t whole, rounded;
  float rest;
  if (scaled >= 131072.0f) return high;
  if (scaled <= -131072.0f) return low;
  if (scaled != scaled) return zero_point;
  whole = (int32_t)scaled;
  rest = scaled - (float)whole;
  rounded = whole + (rest >= 0.5f) - (rest <= -0.5f) + zero_point;
  return rounded > high ? high : rounded < low ? low : rounded;
}

#define WHERRY_DEFINE_QUANTIZE(name, type, low, high)                                                               \\
  static inline void name(const float *input, type *output, int32_t count, float scale, int32_t zero_point) {       \\
    for (int32_t i = 0; i < count; ++i) output[i] = (type)wherry_quantized(input[i], scale, zero_point, low, high); \\
  }`,
  },
  'portable/reduce-f32.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* MEAN and SUM on float32: for each place that is kept, the sum over all that are reduced to it. */

typedef struct {
  /* Dimensions that stay, and those that go, with the steps between their elements; those not needed count 1. */
  int32_t kept[4], kept_steps[4];
  int32_t reduced[4], reduced_steps[4];
  /* What sums are divided by. */
  int32_t divisor;
} wherry_reduction_f32;

static inline float wherry_sum_f32(const float *input, const wherry_reduction_f32 *s) {
  float sum = 0.0f;
  int32_t i, j, k, l;
  for (i = 0; i < s->reduced[0]; ++i)
    for (j = 0; j < s->reduced[1]; ++j)
      for (k = 0; k < s->reduced[2]; ++k)
        for (l = 0; l < s->reduced[3]; ++l)
          sum += input[i * s->reduced_steps[0] + j * s->reduced_steps[1] + k * s->reduced_steps[2] +
                       l * s->reduced_steps[3]];
  return sum;
}

static inline void wherry_reduce_f32(const float *input, float *output, const wherry_reduction_f32 *s) {
  int32_t i, j, k, l;
  for (i = 0; i < s->kept[0]; ++i)
    for (j = 0; j < s->kept[1]; ++j)
      for (k = 0; k < s->kept[2]; ++k)
        for (l = 0; l < s->kept[3]; ++l)
          *output++ = wherry_sum_f32(input + i * s->kept_steps[0] + j * s->kept_steps[1] + k * s->kept_steps[2] +
                                         l * s->kept_steps[3],
                                     s) /
                      (float)s->divisor;
}`,
  },
  'portable/reduce-s16.h': {
    needs: ['portable/clamp.h', 'portable/reduction.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* MEAN and SUM on int16: for each place that is kept, the sum over all that are reduced to it, modulo 2^32. */

static inline uint32_t wherry_sum_s16(const int16_t *input, const wherry_reduction *s) {
  uint32_t sum = 0;
  int32_t i, j, k, l;
  for (i = 0; i < s->reduced[0]; ++i)
    for (j = 0; j < s->reduced[1]; ++j)
      for (k = 0; k < s->reduced[2]; ++k)
        for (l = 0; l < s->reduced[3]; ++l) {
          const int32_t value = input[i * s->reduced_steps[0] + j * s->reduced_steps[1] + k * s->reduced_steps[2] +
                                      l * s->reduced_steps[3]];
          sum += (uint32_t)value;
        }
  return sum;
}

static inline void wherry_reduce_s16(const int16_t *input, int16_t *output, const wherry_reduction *s) {
  int32_t i, j, k, l;
  for (i = 0; i < s->kept[0]; ++i)
    for (j = 0; j < s->kept[1]; ++j)
      for (k = 0; k < s->kept[2]; ++k)
        for (l = 0; l < s->kept[3]; ++l) {
          const uint32_t sum = wherry_sum_s16(input + i * s->kept_steps[0] + j * s->kept_steps[1] +
                                                  k * s->kept_steps[2] + l * s->kept_steps[3],
                                              s);
          const int32_t scaled = wherry_scale((int32_t)(sum - (uint32_t)s->offset), s->multiplier, s->shift);
          *output++ = (int16_t)(wherry_clamp(scaled, -32768 - s->zero_point, 32767 - s->zero_point) + s->zero_point);
        }
}`,
  },
  'portable/reduce-s8.h': {
    needs: ['portable/reduction.h', 'portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* MEAN and SUM on int8: for each place that is kept, the sum over all that are reduced to it. */

static inline int32_t wherry_sum_s8(const int8_t *input, const wherry_reduction *s) {
  int32_t i, j, k, l, sum = 0;
  for (i = 0; i < s->reduced[0]; ++i)
    for (j = 0; j < s->reduced[1]; ++j)
      for (k = 0; k < s->reduced[2]; ++k)
        for (l = 0; l < s->reduced[3]; ++l)
          sum += input[i * s->reduced_steps[0] + j * s->reduced_steps[1] + k * s->reduced_steps[2] +
                       l * s->reduced_steps[3]];
  return sum;
}

static inline void wherry_reduce_s8(const int8_t *input, int8_t *output, const wherry_reduction *s) {
  int32_t i, j, k, l;
  for (i = 0; i < s->kept[0]; ++i)
    for (j = 0; j < s->kept[1]; ++j)
      for (k = 0; k < s->kept[2]; ++k)
        for (l = 0; l < s->kept[3]; ++l) {
          const int32_t sum = wherry_sum_s8(input + i * s->kept_steps[0] + j * s->kept_steps[1] +
                                                k * s->kept_steps[2] + l * s->kept_steps[3],
                                            s);
          const int32_t scaled = wherry_scale(sum - s->offset, s->multiplier, s->shift);
          *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
        }
}`,
  },
  'portable/reduction.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* What MEAN and SUM sum up, and how a sum becomes the output's integer. */

typedef struct {
  /* Dimensions that stay, and those that go, with the steps between their elements; those not needed count 1. */
  int32_t kept[4], kept_steps[4];
  int32_t reduced[4], reduced_steps[4];
  /* The input's zero point as often as values are summed. */
  int32_t offset;
  int32_t multiplier, shift, zero_point;
} wherry_reduction;`,
  },
  'portable/relu-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_relu_f32, x < 0.0f ? 0.0f : x)`,
  },
  'portable/relu6-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_relu6_f32, x > 6.0f ? 6.0f : x < 0.0f ? 0.0f : x)`,
  },
  'portable/requantize-channel.h': {
    needs: ['portable/channel.h'],
    headers: ['stdint.h'],
    source: c`/* From the sums of a channel to int8. */

/*
 * The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h. Of the product, the high word and
 * what it is rounded by are asked for one by one, which many cores have an instruction for.
 */
static inline int8_t wherry_channel_to_s8(uint32_t sum, const wherry_small_scale *scale, int32_t low, int32_t high) {
  const int64_t product = (int64_t)(int32_t)sum * (uint32_t)scale->multiplier;
  int32_t x = (int32_t)(product >> 32) + (int32_t)((uint32_t)product >> 31);
  x = (x + (x >> 31) + scale->offset) >> scale->shift;
  /* One after the other: two branches that are mostly not taken. */
  if (x < low) x = low;
  if (x > high) x = high;
  return (int8_t)x;
}`,
  },
  'portable/requantize-s16.h': {
    needs: ['portable/clamp.h', 'portable/scale.h', 'portable/scale-wide.h'],
    headers: ['stdint.h'],
    source: c`/* From sums of int16 values times int8 weights to the output's int16, one scale for each channel. */

typedef struct {
  /* Least and greatest value of the output, whose zero point is 0. */
  int32_t low, high;
  /* 1: sums have 32 bits and wrap, and multipliers have 31 bits instead of 15. */
  int32_t narrow;
} wherry_requantization_s16;

/* \`sum\` is taken modulo 2^64, as the reference lets it wrap. */
static inline int16_t wherry_requantize_s16(uint64_t sum, int32_t multiplier, int32_t shift,
                                            const wherry_requantization_s16 *to) {
  const int32_t scaled = to->narrow ? wherry_scale((int32_t)(uint32_t)sum, multiplier, shift)
                                    : wherry_scale_wide(sum, multiplier, shift);
  return (int16_t)wherry_clamp(scaled, to->low, to->high);
}`,
  },
  'portable/requantize.h': {
    needs: ['portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* From 32-bit sums to the output's int8, one scale for each channel. */

typedef struct {
  int32_t zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low;
  int32_t high;
  /* 1: the shift of every channel is negative. */
  int32_t shifts_down;
} wherry_requantization;

/* \`sum\` is taken modulo 2^32, as the reference lets it wrap. */
static inline int8_t wherry_requantize(uint32_t sum, int32_t multiplier, int32_t shift, const wherry_requantization *to) {
  const int32_t scaled =
      to->shifts_down ? wherry_divide_by_power_of_two(wherry_high_multiply((int32_t)sum, multiplier), -shift)
                      : wherry_scale((int32_t)sum, multiplier, shift);
  return (int8_t)(wherry_clamp(scaled, to->low, to->high) + to->zero_point);
}`,
  },
  'portable/rescale-s16-s32.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s16_s32, int16_t, int32_t)`,
  },
  'portable/rescale-s16-s8.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s16_s8, int16_t, int8_t)`,
  },
  'portable/rescale-s16.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s16, int16_t, int16_t)`,
  },
  'portable/rescale-s32-s16.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s32_s16, int32_t, int16_t)`,
  },
  'portable/rescale-s32-s8.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s32_s8, int32_t, int8_t)`,
  },
  'portable/rescale-s8-s16.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s8_s16, int8_t, int16_t)`,
  },
  'portable/rescale-s8-s32.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s8_s32, int8_t, int32_t)`,
  },
  'portable/rescale-s8-u8.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_s8_u8, int8_t, uint8_t)`,
  },
  'portable/rescale-u8-s8.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_u8_s8, uint8_t, int8_t)`,
  },
  'portable/rescale-u8.h': {
    needs: ['portable/rescale.h'],
    headers: [],
    source: c`WHERRY_DEFINE_RESCALE(wherry_rescale_u8, uint8_t, uint8_t)`,
  },
  'portable/rescale.h': {
    needs: ['portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* From integers of one scale to integers of another: a kernel for each pair of types. */

typedef struct {
  int32_t input_zero_point;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
} wherry_rescaling;

static inline int32_t wherry_rescaled(int32_t value, const wherry_rescaling *s) {
  /* Values of 32 bits less a zero point wrap, as the reference lets them. */
  const int32_t steps = (int32_t)((uint32_t)value - (uint32_t)s->input_zero_point);
  return wherry_clamp(wherry_scale(steps, s->multiplier, s->shift), s->low, s->high) + s->zero_point;
}

#define WHERRY_DEFINE_RESCALE(name, from, to)                                                                       \\
  static inline void name(const from *input, to *output, int32_t count, const wherry_rescaling *s) {                \\
    for (int32_t i = 0; i < count; ++i) output[i] = (to)wherry_rescaled(input[i], s);                               \\
  }`,
  },
  'portable/resize-bilinear-f32.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* RESIZE_BILINEAR on float32: for each row and column of the output two of the input, and the weight of the second. */

typedef struct {
  int32_t batches, input_h, input_w, output_h, output_w, channels;
} wherry_bilinear_f32;

/* A place along one dimension: its two neighbours, and how much of 1 the second counts. */
typedef struct {
  int32_t low, high;
  float weight;
} wherry_neighbours_f32;

static inline void wherry_resize_bilinear_f32(const float *input, float *output, const wherry_neighbours_f32 *rows,
                                              const wherry_neighbours_f32 *columns, const wherry_bilinear_f32 *s) {
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      const float *const upper = input + rows[y].low * s->input_w * s->channels;
      const float *const lower = input + rows[y].high * s->input_w * s->channels;
      const float v = rows[y].weight, u = 1.0f - v;
      for (x = 0; x < s->output_w; ++x) {
        const int32_t left = columns[x].low * s->channels, right = columns[x].high * s->channels;
        const float h = columns[x].weight, g = 1.0f - h;
        for (c = 0; c < s->channels; ++c)
          *output++ = (upper[left + c] * u * g + lower[left + c] * v * g) +
                      (upper[right + c] * u * h + lower[right + c] * v * h);
      }
    }
  }
}`,
  },
  'portable/resize-bilinear-s8.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* RESIZE_BILINEAR on int8: for each row and column of the output two of the input, and the weight of the second in 1024ths. */

typedef struct {
  int32_t batches, input_h, input_w, output_h, output_w, channels;
} wherry_bilinear;

/* A place along one dimension: its two neighbours, and how much of 1024 the second counts. */
typedef struct {
  int32_t low, high, weight;
} wherry_neighbours;

static inline void wherry_resize_bilinear_s8(const int8_t *input, int8_t *output, const wherry_neighbours *rows,
                                             const wherry_neighbours *columns, const wherry_bilinear *s) {
  int32_t batch, y, x, c;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->channels) {
    for (y = 0; y < s->output_h; ++y) {
      const int8_t *const upper = input + rows[y].low * s->input_w * s->channels;
      const int8_t *const lower = input + rows[y].high * s->input_w * s->channels;
      const int32_t v = rows[y].weight;
      for (x = 0; x < s->output_w; ++x) {
        const int32_t left = columns[x].low * s->channels, right = columns[x].high * s->channels;
        const int32_t h = columns[x].weight;
        for (c = 0; c < s->channels; ++c) {
          const int32_t sum = (upper[left + c] * (1024 - v) + lower[left + c] * v) * (1024 - h) +
                              (upper[right + c] * (1024 - v) + lower[right + c] * v) * h;
          *output++ = (int8_t)((sum + (sum > 0 ? 524288 : -524288)) / 1048576);
        }
      }
    }
  }
}`,
  },
  'portable/resize-nearest-neighbor.h': {
    needs: [],
    headers: ['stdint.h', 'string.h'],
    source: c`/* RESIZE_NEAREST_NEIGHBOR: for each row and column of the output the one that it is taken from. */

typedef struct {
  int32_t batches, input_h, input_w, output_h, output_w;
  /* Bytes of a pixel. */
  int32_t pixel;
} wherry_resize;

static inline void wherry_resize_nearest_neighbor(const void *input, void *output, const int32_t *rows,
                                                  const int32_t *columns, const wherry_resize *s) {
  const uint8_t *image = (const uint8_t *)input;
  uint8_t *to = (uint8_t *)output;
  int32_t batch, y, x;
  for (batch = 0; batch < s->batches; ++batch, image += s->input_h * s->input_w * s->pixel)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x, to += s->pixel)
        memcpy(to, image + (rows[y] * s->input_w + columns[x]) * s->pixel, (size_t)s->pixel);
}`,
  },
  'portable/rsqrt-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_rsqrt_f32, 1.0f / sqrtf(x))`,
  },
  'portable/scale-wide.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* The integer scaling of accumulators of 64 bits: a multiplier of 15 bits, and one rounding, halves up. */

/* x * multiplier * 2^(shift - 15) of a signed x, for -31 <= shift <= 14; what does not fit 64 and 32 bits wraps. */
static inline int32_t wherry_scale_wide(uint64_t x, int32_t multiplier, int32_t shift) {
  const uint64_t half = (uint64_t)1 << (14 - shift);
  return (int32_t)((int64_t)(x * (uint64_t)multiplier + half) >> (15 - shift));
}`,
  },
  'portable/scale.h': {
    needs: ['portable/divide-by-power-of-two.h', 'portable/high-multiply.h'],
    headers: ['stdint.h'],
    source: c`/* The integer scaling of TensorFlow Lite Micro: a doubling high multiply and a shift, each rounded. */

/* x * multiplier * 2^(shift - 31), for multiplier >= 0 and -31 <= shift <= 31. What is shifted up wraps. */
static inline int32_t wherry_scale(int32_t x, int32_t multiplier, int32_t shift) {
  if (shift > 0) return wherry_high_multiply((int32_t)((uint32_t)x << shift), multiplier);
  x = wherry_high_multiply(x, multiplier);
  return shift == 0 ? x : wherry_divide_by_power_of_two(x, -shift);
}`,
  },
  'portable/sigmoid-s16.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* LOGISTIC and TANH on int16: places of the logistic function with straight lines between them. */

typedef struct {
  /* From steps of the input to steps of 1 / (3 * 4096). */
  int32_t multiplier, shift;
} wherry_sigmoid;

static inline int32_t wherry_sigmoid_steps(int32_t value, const wherry_sigmoid *s) {
  const int32_t half = s->shift > 0 ? (int32_t)1 << (s->shift - 1) : 0;
  /* A product without a shift may wrap, as the reference lets it; with one it has room for the half. */
  return ((int32_t)((uint32_t)value * (uint32_t)s->multiplier) + half) >> s->shift;
}

/* 65536 * logistic(|steps|) with \`bits\` more fraction bits, for at most 255 << bits steps. */
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
}`,
  },
  'portable/softmax-f32.h': {
    needs: [],
    headers: ['math.h', 'stdint.h'],
    source: c`/* SOFTMAX on float32 along the last dimension. */

static inline void wherry_softmax_f32(const float *input, float *output, int32_t rows, int32_t depth, float beta) {
  int32_t c;
  for (; rows > 0; --rows, input += depth, output += depth) {
    float most = input[0], sum = 0.0f;
    for (c = 1; c < depth; ++c)
      if (input[c] > most) most = input[c];
    for (c = 0; c < depth; ++c) sum += output[c] = expf((input[c] - most) * beta);
    for (c = 0; c < depth; ++c) output[c] /= sum;
  }
}`,
  },
  'portable/softmax-rows.h': {
    needs: ['portable/divide-by-power-of-two.h', 'portable/high-multiply.h'],
    headers: ['stdint.h'],
    source: c`/*
 * SOFTMAX on int8 along the last dimension. The exponentials of all differences to a row's greatest value are in a table. A kernel
 * for outputs of each type.
 */

/* 1 / (1 + a) for 0 <= a < 1, both with 31 fraction bits: Newton's method on (1 + a) / 2, from 48/17 - 32/17 of it. */
static inline int32_t wherry_reciprocal(int32_t a) {
  const int32_t half = (int32_t)(((int64_t)a + 2147483648) >> 1);
  int32_t step, x = 1515870810 + wherry_high_multiply(half, -1010580540);
  for (step = 0; step < 3; ++step) x += 4 * wherry_high_multiply(x, 536870912 - wherry_high_multiply(half, x));
  return x > 1073741823 ? 2147483647 : 2 * x;
}

/* Rows of \`depth\` values. Table: 256 exponentials with 31 fraction bits, of differences from 0 down to -255. */
#define WHERRY_DEFINE_SOFTMAX(name, type, bits, least, greatest)                                                    \\
  static inline void name(const int8_t *input, type *output, const int32_t *table, int32_t rows, int32_t depth) {   \\
    int32_t c;                                                                                                      \\
    for (; rows > 0; --rows, input += depth, output += depth) {                                                     \\
      int32_t most = -128, headroom = 0, reciprocal, exponent;                                                      \\
      uint32_t sum = 0;                                                                                             \\
      for (c = 0; c < depth; ++c)                                                                                   \\
        if (input[c] > most) most = input[c];                                                                       \\
      for (c = 0; c < depth; ++c) sum += (uint32_t)wherry_divide_by_power_of_two(table[most - input[c]], 12);       \\
      while ((sum << headroom & 0x80000000u) == 0) ++headroom;                                                      \\
      reciprocal = wherry_reciprocal((int32_t)((sum << headroom) & 0x7fffffffu));                                   \\
      /* Of 31 fraction bits those of the output stay, and the sum has up to 12 in front of the point. */           \\
      exponent = 43 - bits - headroom;                                                                              \\
      for (c = 0; c < depth; ++c) {                                                                                 \\
        const int32_t share = wherry_high_multiply(reciprocal, table[most - input[c]]);                             \\
        const int32_t rounded = exponent > 31 ? 0 : wherry_divide_by_power_of_two(share, exponent);                 \\
        output[c] = (type)(rounded > (int32_t)greatest - least ? greatest : rounded + least);                       \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/softmax-s16.h': {
    needs: ['portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* SOFTMAX on int16 along the last dimension: exponentials and reciprocals from places with straight lines between them. */

typedef struct {
  /* Rows of \`depth\` values. */
  int32_t rows, depth;
  /* From differences to steps of 10 / 65535. */
  int32_t multiplier, shift;
} wherry_softmax;

/* What 513 places say of any int16. */
static inline int32_t wherry_interpolated(const int16_t *places, int32_t value) {
  const int32_t place = 256 + (value >> 7);
  const int32_t slope = (int16_t)((int32_t)places[place + 1] - places[place]);
  return places[place] + ((slope * (value & 127) + 64) >> 7);
}

static inline void wherry_softmax_s16(const int16_t *input, int16_t *output, const int16_t *exponentials,
                                      const int16_t *reciprocals, const wherry_softmax *s) {
  int32_t row, c;
  for (row = 0; row < s->rows; ++row, input += s->depth, output += s->depth) {
    int32_t most = -32768, headroom = 0, share, bits;
    uint32_t sum = 0;
    for (c = 0; c < s->depth; ++c)
      if (input[c] > most) most = input[c];
    for (c = 0; c < s->depth; ++c) {
      const int32_t difference = wherry_scale(input[c] - most, s->multiplier, s->shift);
      const int32_t power = wherry_interpolated(exponentials, wherry_clamp(difference, -65535, 0) + 32767);
      sum += (uint32_t)power;
      output[c] = (int16_t)power;
    }
    while ((sum << headroom & 0x80000000u) == 0) ++headroom;
    /* One integer bit and 16 fraction bits, of which the one is left away. */
    share = (int32_t)(((sum << (headroom - 1)) + 8192) >> 14) - 98304;
    share = wherry_interpolated(reciprocals, share > 32767 ? 32767 : share);
    bits = 31 - headroom;
    for (c = 0; c < s->depth; ++c)
      output[c] = (int16_t)wherry_clamp((output[c] * share + ((int32_t)1 << (bits - 1))) >> bits, 0, 32767);
  }
}`,
  },
  'portable/softmax-s8-s16.h': {
    needs: ['portable/softmax-rows.h'],
    headers: [],
    source: c`WHERRY_DEFINE_SOFTMAX(wherry_softmax_s8_s16, int16_t, 16, -32768, 32767)`,
  },
  'portable/softmax-s8.h': {
    needs: ['portable/softmax-rows.h'],
    headers: [],
    source: c`WHERRY_DEFINE_SOFTMAX(wherry_softmax_s8, int8_t, 8, -128, 127)`,
  },
  'portable/squared-difference-f32.h': {
    needs: ['portable/binary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_F32(wherry_squared_difference_f32, (x - y) * (x - y))`,
  },
  'portable/squared-difference-s16.h': {
    needs: ['portable/squared-difference.h'],
    headers: [],
    source: c`WHERRY_DEFINE_SQUARED_DIFFERENCE(wherry_squared_difference_s16, int16_t, 1)`,
  },
  'portable/squared-difference-s8.h': {
    needs: ['portable/squared-difference.h'],
    headers: [],
    source: c`WHERRY_DEFINE_SQUARED_DIFFERENCE(wherry_squared_difference_s8, int8_t, 128)`,
  },
  'portable/squared-difference.h': {
    needs: ['portable/clamp.h', 'portable/nest.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* SQUARED_DIFFERENCE of integers: both operands are brought to twice the greater scale, and the square is scaled down. */

typedef struct {
  int32_t first_zero_point, first_multiplier, first_shift;
  int32_t second_zero_point, second_multiplier, second_shift;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
} wherry_squared_difference;

/* \`factor\`: a power of two that both operands are moved up by. */
#define WHERRY_DEFINE_SQUARED_DIFFERENCE(name, type, factor)                                                        \\
  static inline void name(const type *first, const type *second, type *output, const wherry_nest *nest,             \\
                          const wherry_squared_difference *s) {                                                     \\
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \\
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \\
        const int32_t x = (first[a + i * nest->first[4]] - s->first_zero_point) * factor;                           \\
        const int32_t y = (second[b + i * nest->second[4]] - s->second_zero_point) * factor;                        \\
        const int32_t difference = wherry_scale(x, s->first_multiplier, s->first_shift) -                           \\
                                   wherry_scale(y, s->second_multiplier, s->second_shift);                          \\
        const int32_t scaled = wherry_scale(difference * difference, s->multiplier, s->shift);                      \\
        *output++ = (type)(wherry_clamp(scaled, s->low, s->high) + s->zero_point);                                  \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/subtract-f32.h': {
    needs: ['portable/binary-f32.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_F32(wherry_subtract_f32, x - y)`,
  },
  'portable/subtract-s32.h': {
    needs: ['portable/binary-whole.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_WHOLE(wherry_subtract_s32, int32_t, uint32_t, x - y)`,
  },
  'portable/subtract-s64.h': {
    needs: ['portable/binary-whole.h'],
    headers: [],
    source: c`WHERRY_DEFINE_BINARY_WHOLE(wherry_subtract_s64, int64_t, uint64_t, x - y)`,
  },
  'portable/svdf-f32.h': {
    needs: ['portable/activate-f32.h'],
    headers: ['stdint.h'],
    source: c`/* SVDF on float32. */

typedef struct {
  int32_t batches, units, rank, depth, length;
  int32_t activation;
} wherry_svdf_f32_settings;

static inline void wherry_svdf_f32(const float *input, float *output, float *state, const float *feature,
                                   const float *time, const float *bias, const wherry_svdf_f32_settings *s) {
  for (int32_t b = 0; b < s->batches; ++b, input += s->depth) {
    const float *filter = feature, *factors = time;
    for (int32_t u = 0; u < s->units; ++u) {
      float total = bias[u];
      for (int32_t r = 0; r < s->rank; ++r, filter += s->depth, factors += s->length, state += s->length) {
        float sum = 0.0f;
        int32_t t;
        for (int32_t k = 0; k < s->depth; ++k) sum += input[k] * filter[k];
        for (t = 0; t + 1 < s->length; ++t) {
          state[t] = state[t + 1];
          total += state[t] * factors[t];
        }
        state[t] = sum;
        total += sum * factors[t];
      }
      *output++ = wherry_activated(total, s->activation);
    }
  }
}`,
  },
  'portable/svdf-s16.h': {
    needs: ['portable/svdf.h'],
    headers: [],
    source: c`/* The zero point of an int16 state is 0. */
static inline int32_t wherry_kept_s16(int16_t kept, int32_t zero_point) { return kept - zero_point; }

WHERRY_DEFINE_SVDF(wherry_svdf_s16, int16_t, -32768, 32767, wherry_kept_s16)`,
  },
  'portable/svdf-s8.h': {
    needs: ['portable/kept.h', 'portable/svdf.h'],
    headers: [],
    source: c`WHERRY_DEFINE_SVDF(wherry_svdf_s8, int8_t, -128, 127, wherry_kept_s8)`,
  },
  'portable/svdf.h': {
    needs: ['portable/clamp.h', 'portable/scale.h'],
    headers: ['stdint.h'],
    source: c`/* SVDF on int8, with time filters and a state of one type. A kernel for each such type. */

typedef struct {
  int32_t batches, units, rank, depth, length;
  int32_t state_zero_point;
  /* From sums over the input to the state, and from sums over the state to the output. */
  int32_t state_multiplier, state_shift, multiplier, shift;
  int32_t zero_point;
} wherry_svdf;

/* kept(value, zero_point): the distance of a place of the state from its zero point. */
#define WHERRY_DEFINE_SVDF(name, type, least, greatest, kept)                                                       \\
  static inline void name(const int8_t *input, int8_t *output, type *state, const int8_t *feature, const type *time, \\
                          const int32_t *offsets, const int32_t *bias, const wherry_svdf *s) {                      \\
    for (int32_t b = 0; b < s->batches; ++b, input += s->depth) {                                                   \\
      const int8_t *filter = feature;                                                                               \\
      const type *factors = time;                                                                                   \\
      const int32_t *offset = offsets;                                                                              \\
      for (int32_t u = 0; u < s->units; ++u) {                                                                      \\
        uint32_t total = (uint32_t)bias[u];                                                                         \\
        for (int32_t r = 0; r < s->rank; ++r, filter += s->depth, factors += s->length, state += s->length) {       \\
          uint32_t sum = (uint32_t)*offset++;                                                                       \\
          int32_t t;                                                                                                \\
          for (int32_t k = 0; k < s->depth; ++k) sum += (uint32_t)((int32_t)input[k] * filter[k]);                  \\
          for (t = 0; t + 1 < s->length; ++t) {                                                                     \\
            state[t] = state[t + 1];                                                                                \\
            total += (uint32_t)(kept(state[t], s->state_zero_point) * factors[t]);                                  \\
          }                                                                                                         \\
          state[t] = (type)wherry_clamp(wherry_scale((int32_t)sum, s->state_multiplier, s->state_shift), least,     \\
                                        greatest);                                                                  \\
          total += (uint32_t)(kept(state[t], s->state_zero_point) * factors[t]);                                    \\
        }                                                                                                           \\
        *output++ = (int8_t)(wherry_clamp(wherry_scale((int32_t)total, s->multiplier, s->shift),                    \\
                                          -128 - s->zero_point, 127 - s->zero_point) +                              \\
                             s->zero_point);                                                                        \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/tanh-f32.h': {
    needs: ['portable/unary-f32.h'],
    headers: ['math.h'],
    source: c`WHERRY_DEFINE_UNARY_F32(wherry_tanh_f32, tanhf(x))`,
  },
  'portable/topk-f32.h': {
    needs: ['portable/topk.h'],
    headers: [],
    source: c`WHERRY_DEFINE_TOPK(wherry_topk_f32, float)`,
  },
  'portable/topk-s16.h': {
    needs: ['portable/topk.h'],
    headers: [],
    source: c`WHERRY_DEFINE_TOPK(wherry_topk_s16, int16_t)`,
  },
  'portable/topk-s32.h': {
    needs: ['portable/topk.h'],
    headers: [],
    source: c`WHERRY_DEFINE_TOPK(wherry_topk_s32, int32_t)`,
  },
  'portable/topk-s64.h': {
    needs: ['portable/topk.h'],
    headers: [],
    source: c`WHERRY_DEFINE_TOPK(wherry_topk_s64, int64_t)`,
  },
  'portable/topk-s8.h': {
    needs: ['portable/topk.h'],
    headers: [],
    source: c`WHERRY_DEFINE_TOPK(wherry_topk_s8, int8_t)`,
  },
  'portable/topk-u8.h': {
    needs: ['portable/topk.h'],
    headers: [],
    source: c`WHERRY_DEFINE_TOPK(wherry_topk_u8, uint8_t)`,
  },
  'portable/topk.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* TOPK_V2: the greatest values of each row, greatest first, with their places; of equal ones the first. A kernel for each type. */

#define WHERRY_DEFINE_TOPK(name, type)                                                                              \\
  static inline void name(const type *input, type *values, int32_t *places, int32_t rows, int32_t length,           \\
                          int32_t count) {                                                                          \\
    for (; rows > 0; --rows, input += length, values += count, places += count) {                                   \\
      for (int32_t i = 0; i < length; ++i) {                                                                        \\
        int32_t at = i < count ? i : count;                                                                         \\
        for (; at > 0 && input[i] > values[at - 1]; --at) {                                                         \\
          if (at == count) continue;                                                                                \\
          values[at] = values[at - 1];                                                                              \\
          places[at] = places[at - 1];                                                                              \\
        }                                                                                                           \\
        if (at == count) continue;                                                                                  \\
        values[at] = input[i];                                                                                      \\
        places[at] = i;                                                                                             \\
      }                                                                                                             \\
    }                                                                                                               \\
  }`,
  },
  'portable/transpose-conv-f32.h': {
    needs: ['portable/activate-f32.h'],
    headers: ['stdint.h'],
    source: c`/*
 * TRANSPOSE_CONV on float32. Input [N,H,W,C], weights [O,H,W,C], output [N,H,W,O]. Each output pixel collects what the input's
 * pixels spread to it.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  int32_t activation;
} wherry_transpose_conv_f32_settings;

/* The sum of one output channel at (y, x), counted from the corner of the padding. */
static inline float wherry_collect_f32(const float *image, const float *weights, int32_t y, int32_t x,
                                       const wherry_transpose_conv_f32_settings *s) {
  float sum = 0.0f;
  int32_t fy, fx, c;
  for (fy = 0; fy < s->filter_h && fy <= y; ++fy) {
    const int32_t iy = (y - fy) / s->stride_h;
    if ((y - fy) % s->stride_h != 0 || iy >= s->input_h) continue;
    for (fx = 0; fx < s->filter_w && fx <= x; ++fx) {
      const int32_t ix = (x - fx) / s->stride_w;
      const float *values = image, *factors = weights + (fy * s->filter_w + fx) * s->input_c;
      if ((x - fx) % s->stride_w != 0 || ix >= s->input_w) continue;
      values += (iy * s->input_w + ix) * s->input_c;
      for (c = 0; c < s->input_c; ++c) sum += values[c] * factors[c];
    }
  }
  return sum;
}

static inline void wherry_transpose_conv_f32(const float *input, float *output, const float *weights,
                                             const float *bias, const wherry_transpose_conv_f32_settings *s) {
  const int32_t filter = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x, o;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->input_c)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x)
        for (o = 0; o < s->output_c; ++o)
          *output++ = wherry_activated(
              wherry_collect_f32(input, weights + o * filter, y + s->top, x + s->left, s) + bias[o], s->activation);
}`,
  },
  'portable/transpose-conv-s16.h': {
    needs: ['portable/requantize-s16.h'],
    headers: ['stdint.h'],
    source: c`/*
 * TRANSPOSE_CONV on int16 with int8 weights. Input [N,H,W,C], weights [O,H,W,C], output [N,H,W,O]. Each output pixel collects
 * what the input's pixels spread to it.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  wherry_requantization_s16 to;
} wherry_transpose_conv_s16_settings;

/* The sum of one output channel at (y, x), counted from the corner of the padding. */
static inline uint64_t wherry_collect_s16(const int16_t *image, const int8_t *weights, int32_t y, int32_t x,
                                         const wherry_transpose_conv_s16_settings *s) {
  uint64_t sum = 0;
  int32_t fy, fx, c;
  for (fy = 0; fy < s->filter_h && fy <= y; ++fy) {
    const int32_t iy = (y - fy) / s->stride_h;
    if ((y - fy) % s->stride_h != 0 || iy >= s->input_h) continue;
    for (fx = 0; fx < s->filter_w && fx <= x; ++fx) {
      const int32_t ix = (x - fx) / s->stride_w;
      const int8_t *const filter = weights + (fy * s->filter_w + fx) * s->input_c;
      if ((x - fx) % s->stride_w != 0 || ix >= s->input_w) continue;
      for (c = 0; c < s->input_c; ++c)
        sum += (uint64_t)((int32_t)image[(iy * s->input_w + ix) * s->input_c + c] * filter[c]);
    }
  }
  return sum;
}

static inline void wherry_transpose_conv_s16(const int16_t *input, int16_t *output, const int8_t *weights,
                                             const int64_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                             const wherry_transpose_conv_s16_settings *s) {
  const int32_t filter = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x, o;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->input_c)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x)
        for (o = 0; o < s->output_c; ++o) {
          const uint64_t sum = wherry_collect_s16(input, weights + o * filter, y + s->top, x + s->left, s);
          *output++ = wherry_requantize_s16((uint64_t)bias[o] + sum, multipliers[o], shifts[o], &s->to);
        }
}`,
  },
  'portable/transpose-conv-s8.h': {
    needs: ['portable/requantize.h'],
    headers: ['stdint.h'],
    source: c`/*
 * TRANSPOSE_CONV on int8. Input [N,H,W,C], weights [O,H,W,C], output [N,H,W,O]. Each output pixel collects what the input's
 * pixels spread to it.
 */

typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w, stride_h, stride_w, top, left;
  int32_t input_zero_point;
  wherry_requantization to;
} wherry_transpose_conv;

static inline uint32_t wherry_dot_s8(const int8_t *values, const int8_t *weights, int32_t count, int32_t zero_point) {
  uint32_t sum = 0;
  int32_t i;
  for (i = 0; i < count; ++i) sum += (uint32_t)((values[i] - zero_point) * weights[i]);
  return sum;
}

/* The sum of output channel \`o\` at (y, x), counted from the corner of the padding. */
static inline uint32_t wherry_collect_s8(const int8_t *image, const int8_t *weights, int32_t y, int32_t x,
                                         const wherry_transpose_conv *s) {
  uint32_t sum = 0;
  int32_t fy, fx;
  for (fy = 0; fy < s->filter_h && fy <= y; ++fy) {
    const int32_t iy = (y - fy) / s->stride_h;
    if ((y - fy) % s->stride_h != 0 || iy >= s->input_h) continue;
    for (fx = 0; fx < s->filter_w && fx <= x; ++fx) {
      const int32_t ix = (x - fx) / s->stride_w;
      if ((x - fx) % s->stride_w != 0 || ix >= s->input_w) continue;
      sum += wherry_dot_s8(image + (iy * s->input_w + ix) * s->input_c,
                           weights + (fy * s->filter_w + fx) * s->input_c, s->input_c, s->input_zero_point);
    }
  }
  return sum;
}

static inline void wherry_transpose_conv_s8(const int8_t *input, int8_t *output, const int8_t *weights,
                                            const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                            const wherry_transpose_conv *s) {
  const int32_t filter = s->filter_h * s->filter_w * s->input_c;
  int32_t batch, y, x, o;
  for (batch = 0; batch < s->batches; ++batch, input += s->input_h * s->input_w * s->input_c)
    for (y = 0; y < s->output_h; ++y)
      for (x = 0; x < s->output_w; ++x)
        for (o = 0; o < s->output_c; ++o) {
          const uint32_t sum = wherry_collect_s8(input, weights + o * filter, y + s->top, x + s->left, s);
          *output++ = wherry_requantize((uint32_t)bias[o] + sum, multipliers[o], shifts[o], &s->to);
        }
}`,
  },
  'portable/unary-f32.h': {
    needs: [],
    headers: ['stdint.h'],
    source: c`/* Functions of one float32: a kernel for each, with its value of \`x\`. */

#define WHERRY_DEFINE_UNARY_F32(name, value)                                                                        \\
  static inline void name(const float *input, float *output, int32_t count) {                                       \\
    for (int32_t i = 0; i < count; ++i) {                                                                           \\
      const float x = input[i];                                                                                     \\
      output[i] = value;                                                                                            \\
    }                                                                                                               \\
  }`,
  },
};
