/* Prints sines as the model computes them, beside those of the C library. */
#include <math.h>
#include <stdio.h>

#include "sine_fine.h"
#include "sine_fine_io.h"
#include "sine_fine_selftest.h"
#include "sine_fine_settings.h"

static float model_sine(float angle) {
  *g_sine_fine_input_0() = g_sine_fine_quantize_input_0(angle);
  g_sine_fine_run();
  return g_sine_fine_dequantize_output_0(*g_sine_fine_output_0());
}

int main(void) {
  const float degree = 3.14159265f / 180.0f;
  const int wrong = g_sine_fine_selftest_run();
  int degrees;

  if (wrong != 0) {
    fprintf(stderr, "the self-test fails: %d\n", wrong);
    return 1;
  }
  printf("angle   model  libm\n");
  for (degrees = 0; degrees <= 360; degrees += 30) {
    const float angle = (float)degrees * degree;
    printf("%5d  %6.3f %6.3f\n", degrees, (double)model_sine(angle), sin((double)angle));
  }
  return 0;
}
