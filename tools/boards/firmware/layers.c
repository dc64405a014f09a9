/*
 * Runs compiled models on the least, the greatest, both in turn and numbers of a seed; prints a hash of what each layer left.
 * The inputs are those of inputsByChance in the pipeline, number for number.
 */
#include "board.h"
#include "hash-hooks.h"
#include "program.h"

static uint32_t hashes[OUTPUTS];
static uint32_t next_output;

void hash_layer(const void *data, uint32_t bytes) {
  const uint8_t *byte = (const uint8_t *)data;
  uint32_t hash = hashes[next_output];
  for (; bytes > 0; --bytes) hash = (hash ^ *byte++) * 16777619u;
  hashes[next_output++] = hash;
}

static uint32_t state;

static uint32_t next(void) { return state = state * 1664525u + 1013904223u; }

#define DEFINE_FILL(type)                                                                            \
  static void fill_##type(type *input, uint32_t count, uint32_t run, int32_t least, int32_t most) {  \
    const uint64_t span = (uint64_t)((int64_t)most - least) + 1u;                                            \
    for (uint32_t i = 0; i < count; ++i)                                                             \
      input[i] = (type)(run == 0                         ? least                                     \
                        : run == 1 || (run == 2 && i % 2) ? most                                      \
                        : run == 2                       ? least                                     \
                                                         : least + (int64_t)((span * next()) >> 32)); \
  }
DEFINE_FILL(int8_t)
DEFINE_FILL(uint8_t)
DEFINE_FILL(int16_t)
DEFINE_FILL(int32_t)

/* From -8 to 8. */
static void fill_float(float *input, uint32_t count, uint32_t run) {
  for (uint32_t i = 0; i < count; ++i)
    input[i] = run == 0                          ? -8.0f
               : run == 1 || (run == 2 && i % 2) ? 8.0f
               : run == 2                        ? -8.0f
                                                 : (float)((double)next() / 268435456.0 - 8.0);
}

struct network {
  void (*fill)(uint32_t run);
  void (*run)(void);
  uint32_t outputs;
};

FILLS
static const struct network networks[] = {NETWORKS};

int main(void) {
  uint32_t first = 0;
  /* Not every network has an input of each type. */
  (void)fill_int8_t, (void)fill_uint8_t, (void)fill_int16_t, (void)fill_int32_t, (void)fill_float;
  for (uint32_t i = 0; i < OUTPUTS; ++i) hashes[i] = 2166136261u;
  for (const struct network *one = networks; one != networks + sizeof networks / sizeof *networks; ++one) {
    state = 1;
    for (uint32_t run = 0; run < RUNS; ++run) {
      one->fill(run);
      next_output = first;
      one->run();
    }
    first += one->outputs;
  }
  for (uint32_t i = 0; i < OUTPUTS; ++i) {
    board_print_number(hashes[i]);
    board_print("\n");
  }
  return 0;
}
