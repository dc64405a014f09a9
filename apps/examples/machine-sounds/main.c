/* Listens to motors: reads recordings, 16 bits at 2 kHz as the .wav files here, and says of each how strange it sounds. */
#include <stdio.h>

#include "machine_sounds.h"
#include "machine_sounds_io.h"
#include "machine_sounds_selftest.h"
#include "machine_sounds_settings.h"

#define WINDOW G_MACHINE_SOUNDS_INPUT_0_ELEMENTS
#define HEADER_BYTES 44

/* Above all of sound-motors; what is above it wants a look. */
static const double strange = 0.0072;

/* Fills the input with the next window, as deploy.config.json says: divided by 8192. Returns 0 where there is none. */
static int hear(FILE *file, float *window) {
  unsigned char bytes[2 * WINDOW];
  unsigned int i;

  if (fread(bytes, sizeof bytes, 1, file) != 1) return 0;
  for (i = 0; i < WINDOW; ++i) {
    const int value = bytes[2 * i] | (bytes[2 * i + 1] << 8);
    window[i] = (float)(value >= 32768 ? value - 65536 : value) / 8192.0f;
  }
  return 1;
}

/* The mean squared distance of what the model gives again from what it heard. */
static double distance(const float *window) {
  const g_machine_sounds_output_0_t *again;
  double sum = 0;
  unsigned int i;

  g_machine_sounds_quantize_input_0_n(window, g_machine_sounds_input_0(), WINDOW);
  g_machine_sounds_run();
  again = g_machine_sounds_output_0();
  for (i = 0; i < WINDOW; ++i) {
    const double off = (double)g_machine_sounds_dequantize_output_0(again[i]) - (double)window[i];
    sum += off * off;
  }
  return sum / WINDOW;
}

int main(int count, char **paths) {
  const int wrong = g_machine_sounds_selftest_run();
  float window[WINDOW];
  int i;

  if (wrong != 0) {
    fprintf(stderr, "the self-test fails: %d\n", wrong);
    return 1;
  }
  for (i = 1; i < count; ++i) {
    FILE *file = fopen(paths[i], "rb");
    double sum = 0;
    int windows = 0;

    if (file == NULL || fseek(file, HEADER_BYTES, SEEK_SET) != 0) {
      fprintf(stderr, "%s cannot be read\n", paths[i]);
      return 1;
    }
    for (; hear(file, window); ++windows) sum += distance(window);
    fclose(file);
    if (windows == 0) continue;
    printf("%s %.4f %s\n", paths[i], sum / windows, sum / windows > strange ? "strange" : "sound");
  }
  return 0;
}
