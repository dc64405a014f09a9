/* UNIDIRECTIONAL_SEQUENCE_LSTM on float32. */
#include <math.h>
#include <stdint.h>

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
}
