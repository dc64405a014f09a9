// Reads digits on a microcontroller with TensorFlow Lite Micro. NextPicture and Show stand for your camera and display.
#include "digits_data.h"
#include "digits_io.h"
#include "digits_ops.h"
#include "digits_selftest.h"
#include "digits_settings.h"

#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/schema/schema_generated.h"

// 28 x 28 values from 0 (paper) to 255 (ink); null at the end.
extern const float* NextPicture();
extern void Show(const char* digit, float share);

alignas(16) static uint8_t arena[G_DIGITS_ARENA_BYTES];
static const char* const kNames[] = G_DIGITS_OUTPUT_0_LABELS;

int main() {
  const tflite::Model* model = tflite::GetModel(g_digits);
  if (model->version() != TFLITE_SCHEMA_VERSION) return 1;
  static g_digits_op_resolver resolver;
  if (g_digits_register_ops(resolver) != kTfLiteOk) return 2;
  static tflite::MicroInterpreter interpreter(model, resolver, arena, sizeof arena);
  if (interpreter.AllocateTensors() != kTfLiteOk) return 3;
  // The known answers that were measured when the model was made.
  if (g_digits_selftest_tflm(interpreter) != 0) return 4;

  for (const float* picture = NextPicture(); picture != nullptr; picture = NextPicture()) {
    g_digits_quantize_input_0_n(picture, interpreter.input(0)->data.int8, G_DIGITS_INPUT_0_ELEMENTS);
    if (interpreter.Invoke() != kTfLiteOk) return 5;
    const g_digits_output_0_t* shares = interpreter.output(0)->data.int8;
    unsigned best = 0;
    for (unsigned i = 1; i < G_DIGITS_OUTPUT_0_ELEMENTS; ++i) {
      if (shares[i] > shares[best]) best = i;
    }
    Show(kNames[best], g_digits_dequantize_output_0(shares[best]));
  }
  return 0;
}
