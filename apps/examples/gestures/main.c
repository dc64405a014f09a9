/* Names gestures: reads a table of "x,y,z" in thousandths of g, a line for each moment, and says what each window of them was. */
#include <stdio.h>

#include "gestures.h"
#include "gestures_io.h"
#include "gestures_selftest.h"
#include "gestures_settings.h"

#define AXES 3u
#define MOMENTS (G_GESTURES_INPUT_0_ELEMENTS / AXES)

static const char *const names[] = G_GESTURES_OUTPUT_0_LABELS;

/* Runs the model on what its input holds. */
static void tell(void) {
  const g_gestures_output_0_t *shares;
  unsigned int i, best = 0;

  g_gestures_run();
  shares = g_gestures_output_0();
  for (i = 1; i < G_GESTURES_OUTPUT_0_ELEMENTS; ++i)
    if (shares[i] > shares[best]) best = i;
  printf("%s %.2f\n", names[best], (double)g_gestures_dequantize_output_0(shares[best]));
}

int main(int count, char **paths) {
  FILE *table = count == 2 ? fopen(paths[1], "r") : NULL;
  /* The input overlaps what the model works in: moments wait here until a window is full. */
  g_gestures_input_0_t window[G_GESTURES_INPUT_0_ELEMENTS];
  const int wrong = g_gestures_selftest_run();
  unsigned int moment = 0;
  char line[128];
  float x, y, z;

  if (wrong != 0) {
    fprintf(stderr, "the self-test fails: %d\n", wrong);
    return 1;
  }
  if (table == NULL) {
    fprintf(stderr, "name a table of moments\n");
    return 1;
  }
  while (fgets(line, sizeof line, table) != NULL) {
    if (sscanf(line, "%f,%f,%f", &x, &y, &z) != 3) continue;
    /* What deploy.config.json says of the data: divided by 1000. */
    window[AXES * moment] = g_gestures_quantize_input_0(x / 1000.0f);
    window[AXES * moment + 1u] = g_gestures_quantize_input_0(y / 1000.0f);
    window[AXES * moment + 2u] = g_gestures_quantize_input_0(z / 1000.0f);
    if (++moment < MOMENTS) continue;
    for (moment = 0; moment < G_GESTURES_INPUT_0_ELEMENTS; ++moment) g_gestures_input_0()[moment] = window[moment];
    tell();
    moment = 0;
  }
  fclose(table);
  return 0;
}
