/* Runs a compiled model and prints how many instructions each layer took. */
#include "board.h"
#include "model.h"
#include "program.h"

static uint32_t before, counts[G_MODEL_LAYER_COUNT];

void enter_layer(void);
void leave_layer(uint32_t layer);
void enter_layer(void) { before = board_count(); }
void leave_layer(uint32_t layer) { counts[layer] = board_count() - before; }

static void fill(int8_t *input, uint32_t bytes, uint32_t run) {
  for (uint32_t i = 0; i < bytes; ++i) input[i] = (int8_t)((int32_t)((i * 37u + run) % 256u) - 128);
}

int main(void) {
  board_start_count();
  FILL_INPUTS(fill, 2)
  g_model_run();
  for (uint32_t layer = 0; layer < G_MODEL_LAYER_COUNT; ++layer) {
    board_print_number(counts[layer]);
    board_print("\n");
  }
  return 0;
}
