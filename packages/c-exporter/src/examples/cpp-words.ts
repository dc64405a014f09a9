// What both C++ examples say: tensors as vectors of real numbers, conversions, the label, the line that is printed.
import type { DataType } from '@wherry/graph';
import { c, float, integer, join, stringLiteral, unsigned, type CFragment } from '@wherry/c-source';
import type { TensorExport } from '../model-export.js';
import { decisionOf, isReal, isStored, nothing, sizeOf, storedRange, type ExampleModel } from './example-model.js';

const types: { readonly [dtype in DataType]?: CFragment } = {
  float32: c`float`,
  int8: c`int8_t`,
  uint8: c`uint8_t`,
  int16: c`int16_t`,
  int32: c`int32_t`,
  int64: c`int64_t`,
};

/** Flags are a byte each. */
export const storedType = ({ dtype }: TensorExport): CFragment => types[dtype] ?? c`uint8_t`;
export const typeOf = (tensor: TensorExport): CFragment => (isReal(tensor) ? c`float` : storedType(tensor));

/** Input `at` of real numbers, and as it is stored where that is something else: `input0`, `stored0`. */
export function inputLines(tensor: TensorExport, at: number): CFragment {
  const name = c`input${integer(at)}`;
  const values = c`  std::vector<${typeOf(tensor)}> ${name}(${unsigned(sizeOf(tensor))});`;
  const { quantization, dtype } = tensor;
  if (quantization === undefined || !isStored(tensor)) return values;
  const [least, greatest] = storedRange[dtype]!;
  return c`${values}
  std::vector<${storedType(tensor)}> stored${integer(at)}(${name}.size());
  for (size_t i = 0; i < ${name}.size(); ++i) {
    stored${integer(at)}[i] = Stored<${storedType(tensor)}>(${name}[i], ${float(quantization.scale)}, ${integer(quantization.zeroPoint)}, ${integer(least)}, ${integer(greatest)});
  }`;
}

/** The vector that the runtime is handed. */
export function givenInput(tensor: TensorExport, at: number): CFragment {
  return isStored(tensor) ? c`stored${integer(at)}` : c`input${integer(at)}`;
}

/** Output `at` in `raw0`, as real numbers in `output0`. */
export function outputLines(tensor: TensorExport, at: number): CFragment {
  const { quantization } = tensor;
  if (quantization === undefined || !isStored(tensor))
    return c`  const auto& output${integer(at)} = raw${integer(at)};`;
  return c`  const std::vector<float> output${integer(at)} = Reals(raw${integer(at)}, ${float(quantization.scale)}, ${integer(quantization.zeroPoint)});`;
}

export function printLines(model: ExampleModel): CFragment {
  const decision = decisionOf(model);
  const lines = model.outputs.map(
    ({ name }, at) => c`  Print(${stringLiteral(name.slice(0, 300))}, output${integer(at)});`,
  );
  const label =
    decision === undefined
      ? []
      : [
          decision.by === 'greatest'
            ? c`  const auto best = std::max_element(output0.begin(), output0.end()) - output0.begin();
  std::printf("%s\\n", kLabels[best]);`
            : c`  std::printf("%s\\n", kLabels[output0[0] > 0.5f ? 1 : 0]);`,
        ];
  return join([...lines, ...label], '\n');
}

/** Constants and functions above the program. */
export function cppWords(model: ExampleModel): CFragment {
  const decision = decisionOf(model);
  const labels =
    decision === undefined
      ? nothing
      : c`const char* const kLabels[] = {${join(decision.labels.map(stringLiteral), ', ')}};
`;
  return c`${labels}
template <typename Value>
void Print(const char* name, const std::vector<Value>& values) {
  std::printf("%s:", name);
  for (size_t i = 0; i < values.size() && i < 16; ++i) std::printf(" %g", static_cast<double>(values[i]));
  std::printf("\\n");
}
${model.inputs.some(isStored) ? stored : nothing}${model.outputs.some(isStored) ? reals : nothing}`;
}

const stored = c`
// The stored value nearest to a real one; halves away from zero.
template <typename Value>
Value Stored(float real, float scale, int zero_point, int least, int greatest) {
  const float steps = std::round(real / scale) + static_cast<float>(zero_point);
  return static_cast<Value>(std::min(static_cast<float>(greatest), std::max(static_cast<float>(least), steps)));
}
`;

const reals = c`
// Real numbers of stored ones.
template <typename Value>
std::vector<float> Reals(const std::vector<Value>& values, float scale, int zero_point) {
  std::vector<float> result(values.size());
  for (size_t i = 0; i < values.size(); ++i) result[i] = scale * static_cast<float>(values[i] - zero_point);
  return result;
}
`;
