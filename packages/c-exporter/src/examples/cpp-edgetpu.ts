// model_example.cc: TensorFlow Lite's interpreter with the delegate of libedgetpu. Names of the interface as in
// google-coral/libedgetpu, tflite/public/edgetpu_c.h, and tensorflow/lite.
import { c, integer, join, stringLiteral, type CFragment } from '@wherry/c-source';
import { cppWords, givenInput, inputLines, outputLines, printLines, storedType } from './cpp-words.js';
import { exampleBanner, type ExampleModel } from './example-model.js';

export function cppEdgeTpuExample(model: ExampleModel): CFragment {
  const { inputs, outputs, name } = model;
  const writes = inputs.map((tensor, at) => {
    const given = givenInput(tensor, at);
    return c`  std::copy(${given}.begin(), ${given}.end(), interpreter->typed_input_tensor<${storedType(tensor)}>(${integer(at)}));`;
  });
  const reads = outputs.map((tensor, at) => {
    const [raw, type] = [c`raw${integer(at)}`, storedType(tensor)];
    const values = c`interpreter->typed_output_tensor<${type}>(${integer(at)})`;
    const end = c`interpreter->output_tensor(${integer(at)})->bytes / sizeof(${type})`;
    return c`  const std::vector<${type}> ${raw}(${values}, ${values} + ${end});
${outputLines(tensor, at)}`;
  });
  return c`${exampleBanner(model, 'cc', `how a program runs ${name}.tflite on the Edge TPU`, [
    `First compile the file for the chip, on a Linux PC: edgetpu_compiler -s ${name}.tflite, which writes ${name}_edgetpu.tflite`,
    'and lists what it mapped: every operator has to be among them. Then build this with TensorFlow Lite and -ledgetpu (libedgetpu-dev).',
  ])}

${includes}

namespace {

${cppWords(model)}
int Fail(const char* what) {
  std::fprintf(stderr, "%s\\n", what);
  return 1;
}

int Run(const char* file) {
  const auto model = tflite::FlatBufferModel::BuildFromFile(file);
  if (model == nullptr) return Fail("the file cannot be read");
  size_t device_count = 0;
  const std::unique_ptr<edgetpu_device, decltype(&edgetpu_free_devices)> devices(
      edgetpu_list_devices(&device_count), &edgetpu_free_devices);
  if (device_count == 0) return Fail("no Edge TPU is connected");

  tflite::ops::builtin::BuiltinOpResolver resolver;
  std::unique_ptr<tflite::Interpreter> interpreter;
  if (tflite::InterpreterBuilder(*model, resolver)(&interpreter) != kTfLiteOk) return Fail("the file has no use here");
  const edgetpu_device& device = *devices;
  TfLiteDelegate* delegate = edgetpu_create_delegate(device.type, device.path, nullptr, 0);
  if (interpreter->ModifyGraphWithDelegate({delegate, edgetpu_free_delegate}) != kTfLiteOk) {
    return Fail("the Edge TPU does not take the file: was it compiled?");
  }
  if (interpreter->AllocateTensors() != kTfLiteOk) return Fail("there is not enough memory");

  // Put a sample in here: values in the order of the shape, the last dimension fastest, as they were in training.
${join([...inputs.map(inputLines), ...writes], '\n')}
  if (interpreter->Invoke() != kTfLiteOk) return Fail("the model did not run");
${join(reads, '\n')}
${printLines(model)}
  return 0;
}

}  // namespace

int main(int count, char** arguments) { return Run(count > 1 ? arguments[1] : ${stringLiteral(`${name}_edgetpu.tflite`)}); }
`;
}

const includes = c`#include <edgetpu_c.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include "tensorflow/lite/interpreter.h"
#include "tensorflow/lite/kernels/register.h"
#include "tensorflow/lite/model.h"`;
