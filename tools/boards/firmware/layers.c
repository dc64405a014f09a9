/* Runs a compiled model on the least, the greatest, both in turn and numbers of a seed; prints a hash of what each layer left. */
#include "board.h"
#include "model.h"
#include "program.h"

uint32_t hashes[OUTPUTS];
static uint32_t next_output;

void hash_layer(const void *data, uint32_t bytes) {
  const uint8_t *byte = (const uint8_t *)data;
  uint32_t hash = hashes[next_output];
  for (; bytes > 0; --bytes) hash = (hash ^ *byte++) * 16777619u;
  hashes[next_output++] = hash;
}

static uint32_t state = 1;

static void fill(int8_t *input, uint32_t bytes, uint32_t run) {
  for (uint32_t i = 0; i < bytes; ++i) {
    if (run == 0) input[i] = -128;
    if (run == 1) input[i] = 127;
    if (run == 2) input[i] = i % 2 == 0 ? -128 : 127;
    if (run < 3) continue;
    state = state * 1664525u + 1013904223u;
    input[i] = (int8_t)((int32_t)(state >> 24) - 128);
  }
}

int main(void) {
  for (uint32_t i = 0; i < OUTPUTS; ++i) hashes[i] = 2166136261u;
  for (uint32_t run = 0; run < RUNS; ++run) {
    FILL_INPUTS(fill, run)
    next_output = 0;
    g_model_run();
  }
  for (uint32_t i = 0; i < OUTPUTS; ++i) {
    board_print_number(hashes[i]);
    board_print("\n");
  }
  return 0;
}
