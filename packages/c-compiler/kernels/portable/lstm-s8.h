/* UNIDIRECTIONAL_SEQUENCE_LSTM on int8: gates and cell state are int16, the hidden state is an int8. */
#include <stdint.h>
#include "clamp.h"
#include "kept.h"
#include "scale.h"
#include "sigmoid-s16.h"

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
}
