/* Runs a compiled model twice and prints how many instructions each run took. */
#include "board.h"
#include "model.h"
#include "program.h"

static void fill(int8_t *input, uint32_t bytes, uint32_t run) {
  for (uint32_t i = 0; i < bytes; ++i) input[i] = (int8_t)((int32_t)((i * 37u + run) % 256u) - 128);
}

int main(void) {
  for (uint32_t run = 0; run < 2; ++run) {
    uint32_t before;
    FILL_INPUTS(fill, 2)
    board_start_count();
    before = board_count();
    g_model_run();
    board_print_number(board_count() - before);
    board_print("\n");
  }
  return 0;
}
