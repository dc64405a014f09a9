// How a sketch begins and prints.
import type { LayoutModel } from '../layout-model.js';
import type { Entry } from '../smoke.js';

/** What pulls TensorFlow Lite Micro in: a library is found by a header of its outermost folder alone. */
export const tensorFlowHeader = '<Chirale_TensorFlowLite.h>';

/** The line comes again and again: whoever opens the port later sees it as well. */
export function arduinoEntry({ name }: LayoutModel, includes: readonly string[]): Entry {
  return {
    includes,
    isCpp: true,
    code: `void setup() {
  Serial.begin(115200);
}

void loop() {
  static const int result = smoke();
  Serial.print("${name}: ");
  Serial.print(words(result));
  Serial.print(" (");
  Serial.print(result);
  Serial.println(")");
  delay(1000);
}`,
  };
}
