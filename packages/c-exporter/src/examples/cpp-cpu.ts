// model_example.cc: LiteRT's CompiledModel in C++ on a CPU, which XNNPACK computes on several threads. Names of the interface
// as in google-ai-edge/LiteRT v2.1.0, litert/cc (Environment, Options, CompiledModel, TensorBuffer).
import { c, integer, join, stringLiteral, unsigned, type CFragment } from '@wherry/c-source';
import { cppWords, givenInput, inputLines, outputLines, printLines, storedType } from './cpp-words.js';
import { exampleBanner, sizeOf, type ExampleModel } from './example-model.js';

export function cppCpuExample(model: ExampleModel): CFragment {
  const { inputs, outputs, name } = model;
  const writes = inputs.map((tensor, at) => {
    const given = givenInput(tensor, at);
    return c`  LITERT_RETURN_IF_ERROR(inputs[${unsigned(at)}].Write<${storedType(tensor)}>({${given}.data(), ${given}.size()}));`;
  });
  const reads = outputs.map((tensor, at) => {
    const raw = c`raw${integer(at)}`;
    return c`  std::vector<${storedType(tensor)}> ${raw}(${unsigned(sizeOf(tensor))});
  LITERT_RETURN_IF_ERROR(outputs[${unsigned(at)}].Read<${storedType(tensor)}>({${raw}.data(), ${raw}.size()}));
${outputLines(tensor, at)}`;
  });
  return c`${exampleBanner(model, 'cc', `how a program runs ${name}.tflite on the CPU with LiteRT in C++`, [
    'Build it with the LiteRT C++ SDK (litert_cc_sdk.zip of a release) or as a cc_binary in the LiteRT tree, as C++17 or later.',
    'XNNPACK is on without a word, and is asked for one thread for each large core.',
  ])}

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "litert/cc/litert_common.h"
#include "litert/cc/litert_compiled_model.h"
#include "litert/cc/litert_environment.h"
#include "litert/cc/litert_expected.h"
#include "litert/cc/litert_macros.h"
#include "litert/cc/litert_options.h"
#include "litert/cc/litert_tensor_buffer.h"
#include "litert/cc/options/litert_cpu_options.h"

namespace {

constexpr int kThreads = 4;
${cppWords(model)}
litert::Expected<void> Run(const char* file) {
  LITERT_ASSIGN_OR_RETURN(auto environment, litert::Environment::Create({}));
  LITERT_ASSIGN_OR_RETURN(auto options, litert::Options::Create());
  LITERT_RETURN_IF_ERROR(options.SetHardwareAccelerators(litert::HwAccelerators::kCpu));
  LITERT_ASSIGN_OR_RETURN(auto& cpu, options.GetCpuOptions());
  LITERT_RETURN_IF_ERROR(cpu.SetNumThreads(kThreads));
  LITERT_ASSIGN_OR_RETURN(auto model, litert::CompiledModel::Create(environment, file, options));
  LITERT_ASSIGN_OR_RETURN(auto inputs, model.CreateInputBuffers());
  LITERT_ASSIGN_OR_RETURN(auto outputs, model.CreateOutputBuffers());

  // Put a sample in here: values in the order of the shape, the last dimension fastest, as they were in training.
${join([...inputs.map(inputLines), ...writes], '\n')}
  LITERT_RETURN_IF_ERROR(model.Run(inputs, outputs));
${join(reads, '\n')}
${printLines(model)}
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  const auto done = Run(count > 1 ? arguments[1] : ${stringLiteral(`${name}.tflite`)});
  if (done) return 0;
  std::fprintf(stderr, "%s\\n", done.Error().Message().c_str());
  return 1;
}
`;
}
