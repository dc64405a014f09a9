// Single changes of a quantized .tflite, drawn by chance; each says which layer it is in.
import { memoryPlanName } from '@wherry/tflite-writer';

/** @typedef {(below: number) => number} Draw a whole number from 0 on, below that */

const tensorsOf = (model) => model.subgraphs[0].tensors;
const operatorsOf = (model) => model.subgraphs[0].operators;
/** As deployments call a layer: by the tensor that it writes. */
const layerOf = (model, { outputs: [output] }) => tensorsOf(model)[output].name;

/** One weight or bias, up or down by one. @param {Draw} below */
export function changedWeight(model, below) {
  const constants = operatorsOf(model).flatMap((operator) =>
    [...operator.inputs]
      .map((id) => tensorsOf(model)[id])
      .filter((tensor) => tensor !== undefined && bytesOf(model, tensor) !== undefined)
      .map((tensor) => ({ tensor, layer: layerOf(model, operator) })),
  );
  const { tensor, layer } = constants[below(constants.length)];
  const data = Uint8Array.from(bytesOf(model, tensor));
  const values = tensor.type === 'INT32' ? new Int32Array(data.buffer) : new Int8Array(data.buffer);
  const at = below(values.length);
  values[at] += values[at] > 0 ? -1 : 1;
  model.buffers[tensor.buffer] = { data };
  return layer;
}

const bytesOf = (model, { buffer }) => model.buffers[buffer ?? 0]?.data;

/** One scale of what a layer writes or of its constants. @param {Draw} below @param {(scale: number) => number} other */
export function changedScale(model, below, other) {
  const places = operatorsOf(model).flatMap((operator) =>
    [...operator.inputs.slice(1), ...operator.outputs]
      .map((id) => tensorsOf(model)[id])
      .filter((tensor) => tensor?.quantization?.scale !== undefined)
      .map((tensor) => ({ tensor, layer: layerOf(model, operator) })),
  );
  const { tensor, layer } = places[below(places.length)];
  const scale = [...tensor.quantization.scale];
  const at = below(scale.length);
  scale[at] = other(scale[at]);
  tensor.quantization = { ...tensor.quantization, scale };
  return layer;
}

/** The version of one operator, to another below 32. @param {Draw} below */
export function changedVersion(model, below) {
  const code = model.operator_codes[below(model.operator_codes.length)];
  const { version } = code;
  const other = 1 + below(31);
  code.version = other === version ? 32 : other;
  return code.builtin_code;
}

/** One bit of the memory plan. @param {Draw} below */
export function changedPlan(model, below) {
  const { buffer } = model.metadata.find(({ name }) => name === memoryPlanName);
  const data = Uint8Array.from(model.buffers[buffer].data);
  data[below(data.length)] ^= 1 << below(8);
  model.buffers[buffer] = { data };
  return memoryPlanName;
}
