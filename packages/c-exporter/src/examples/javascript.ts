// model_example.js: LiteRT.js on WebGPU in a browser. Names of the interface as in google-ai-edge/LiteRT at f677904,
// litert/js/packages/core 2.5.3 (loadLiteRt, loadAndCompile, Tensor).
import type { DataType } from '@wherry/graph';
import { c, decimal, integer, join, unicodeString, type CFragment } from '@wherry/c-source';
import type { TensorExport } from '../model-export.js';
import {
  className,
  decisionOf,
  exampleBanner,
  isReal,
  isStored,
  nothing,
  sizeOf,
  storedRange,
  type Decision,
  type ExampleModel,
} from './example-model.js';

const arrays: { readonly [dtype in DataType]?: CFragment } = {
  float32: c`Float32Array`,
  int8: c`Int8Array`,
  uint8: c`Uint8Array`,
  int16: c`Int16Array`,
  int32: c`Int32Array`,
  int64: c`BigInt64Array`,
  bool: c`Uint8Array`,
};

/** What a LiteRT.js tensor can be made of. */
const known: readonly DataType[] = ['float32', 'int32', 'uint8'];

const storedArray = ({ dtype }: TensorExport): CFragment => arrays[dtype] ?? c`Uint8Array`;
const arrayOf = (tensor: TensorExport): CFragment => (isReal(tensor) ? c`Float32Array` : storedArray(tensor));

export function javascriptExample(model: ExampleModel): CFragment {
  const { inputs, outputs, name } = model;
  const decision = decisionOf(model);
  const parameters = inputs.map((_, at) => c`input${integer(at)}`);
  return c`${exampleBanner(model, 'js', `how a web page runs ${name}.tflite on WebGPU with LiteRT.js`, [
    'npm install @litertjs/core, and serve its folder wasm/ and the file.',
    ...([...inputs, ...outputs].some(({ dtype }) => !known.includes(dtype))
      ? ['LiteRT.js 2.5.3 has tensors of float32, int32 and uint8 only: this model has others at its ends.']
      : []),
  ])}

import { getGlobalLiteRtPromise, loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

${
  decision === undefined
    ? nothing
    : c`export const labels = [${join(
        decision.labels.map((label) => unicodeString(label, 'javascript')),
        ', ',
      )}];\n\n`
}export class ${className(model)} {
  #model;

  /** @param model what load() compiled */
  constructor(model) {
    this.#model = model;
  }

  /** Compiles the model once. \`wasm\`: where the folder of @litertjs/core is served. */
  static async load(url = ${unicodeString(`./${name}.tflite`, 'javascript')}, wasm = '/node_modules/@litertjs/core/wasm/') {
    await (getGlobalLiteRtPromise() ?? loadLiteRt(wasm));
    const options = { accelerator: 'webgpu', gpuOptions: { precision: ${model.halfPrecision ? c`'fp16'` : c`'fp32'`} } };
    return new ${className(model)}(await loadAndCompile(url, options));
  }

  /**
   * Values in the order of the shape, the last dimension fastest; real numbers as they were in training.
${join(
  inputs.map((tensor, at) => c`   * @param {${arrayOf(tensor)}} input${integer(at)}`),
  '\n',
)}
   * @returns {Promise<[${join(outputs.map(arrayOf), ', ')}]>} one array for each output
   */
  async run(${join(parameters, ', ')}) {
    const inputs = [
${join(inputs.map(writeOf), '\n')}
    ];
    const outputs = await this.#model.run(inputs);
    const values = await Promise.all(outputs.map((output) => onHost(output)));
    // Memory of the GPU is given back by hand.
    inputs.forEach((input) => input.delete());
    return [${join(outputs.map(readOf), ', ')}];
  }

  delete() {
    this.#model.delete();
  }
}

${functions}
${inputs.some(isStored) ? conversions : nothing}${outputs.some(isStored) ? backwards : nothing}${decision === undefined ? nothing : labelFunction(decision)}`;
}

function writeOf(tensor: TensorExport, at: number): CFragment {
  const { quantization, dtype, shape } = tensor;
  const which = unicodeString(`input ${at}`, 'javascript');
  const values = c`checked(input${integer(at)}, ${integer(sizeOf(tensor))}, ${which})`;
  const dimensions = c`[${join(shape.map(integer), ', ')}]`;
  if (quantization === undefined || !isStored(tensor))
    return c`      new Tensor(${arrayOf(tensor)}.from(${values}), ${dimensions}),`;
  const [least, greatest] = storedRange[dtype]!;
  const numbers = c`${decimal(quantization.scale)}, ${integer(quantization.zeroPoint)}, ${integer(least)}, ${integer(greatest)}`;
  return c`      new Tensor(${storedArray(tensor)}.from(${values}, (real) => stored(real, ${numbers})), ${dimensions}),`;
}

function readOf(tensor: TensorExport, at: number): CFragment {
  const { quantization } = tensor;
  const read = c`values[${integer(at)}]`;
  return quantization === undefined || !isStored(tensor)
    ? read
    : c`reals(${read}, ${decimal(quantization.scale)}, ${integer(quantization.zeroPoint)})`;
}

const functions = c`/** The values of an output, whose memory is given back. */
async function onHost(output) {
  const copy = await output.moveTo('wasm');
  const values = copy.toTypedArray().slice();
  copy.delete();
  return values;
}

function checked(values, count, which) {
  if (values.length !== count) throw new RangeError(which + ' takes ' + count + ' values, here are ' + values.length);
  return values;
}`;

const conversions = c`
/** The stored value nearest to a real one; halves away from zero. */
function stored(real, scale, zeroPoint, least, greatest) {
  const steps = Math.sign(real) * Math.floor(Math.abs(real / scale) + 0.5);
  return Math.min(greatest, Math.max(least, steps + zeroPoint));
}
`;

const backwards = c`
/** Real numbers of stored ones. */
function reals(values, scale, zeroPoint) {
  return Float32Array.from(values, (value) => scale * (value - zeroPoint));
}
`;

function labelFunction({ by }: Decision): CFragment {
  return by === 'greatest'
    ? c`
/** The label of the greatest score in output 0. */
export function labelOf(scores) {
  return labels[scores.indexOf(Math.max(...scores))];
}
`
    : c`
/** The second label where output 0 is above one half. */
export function labelOf(scores) {
  return labels[scores[0] > 0.5 ? 1 : 0];
}
`;
}
