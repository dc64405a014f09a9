// What a graph becomes in the file.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { decode } from '../decode/decode.js';
import { encode } from '../encode/encode.js';
import { verify } from '../verify/verify-model.js';
import { graphToModel, type GraphToModelOptions } from './graph-to-model.js';

function twoLayers(): Graph {
  const builder = new GraphBuilder('two');
  builder.constant('unused', [2], Float32Array.of(1, 2), 'float32');
  const image = builder.input('image', [1, 4, 4, 1]);
  const filter = builder.constant('filter', [1, 1, 1, 1], Float32Array.of(0.5), 'float32');
  const twin = builder.constant('twin', [1, 1, 1, 1], Float32Array.of(0.5), 'float32');
  const first = builder.add('CONV_2D', [image, filter], { padding: 'VALID', activation: 'RELU6' }, { origin: 'first' });
  const second = builder.add('CONV_2D', [first, twin, null], { strideH: 2, strideW: 2 }, { origin: 'second' });
  const soft = builder.add('SOFTMAX', [second], { beta: 1 }, { origin: 'soft' });
  return builder.finish([soft]);
}

const written = (options?: GraphToModelOptions) =>
  verify(encode(graphToModel(twoLayers(), options)), { alignedData: true });

describe('graphToModel', () => {
  it('orders tensors and operator codes by first use and leaves out what nothing uses', () => {
    const model = written();
    expect(model.subgraphs?.[0]?.tensors?.map((tensor) => tensor.name)).toEqual([
      'image',
      'filter',
      'first',
      'twin',
      'second',
      'soft',
    ]);
    expect(model.operator_codes?.map((code) => [code.builtin_code, code.version])).toEqual([
      ['CONV_2D', 1],
      ['SOFTMAX', 1],
    ]);
  });

  it('keeps the versions of one operator apart: a runtime looks each of them up', () => {
    const builder = new GraphBuilder('versions');
    const step = { scale: [0.5], zeroPoint: [0], axis: 0 };
    const real = builder.add('RELU', [builder.input('x', [1, 2])], {}, { origin: 'real' });
    const made = { outputDtype: 'int8', outputQuantization: step } as const;
    const stored = builder.add('QUANTIZE', [real], {}, { ...made, origin: 'stored' });
    const sum = builder.add('ADD', [stored, stored], {}, { ...made, origin: 'integers' });
    const model = decode(
      encode(graphToModel(builder.finish([builder.add('ADD', [real, real], {}, { origin: 'r' }), sum]))),
    );
    const codes = model.operator_codes!.map((code) => [code.builtin_code, code.version]);
    const versionOf = (position: number) => codes[model.subgraphs![0]!.operators![position]!.opcode_index ?? 0];
    expect(codes).toHaveLength(4);
    expect([2, 3].map(versionOf)).toEqual([
      ['ADD', 2],
      ['ADD', 1],
    ]);
  });

  it('stores equal constants once and gives other tensors the empty buffer', () => {
    const model = written();
    expect(model.subgraphs?.[0]?.tensors?.map((tensor) => tensor.buffer)).toEqual([0, 1, 0, 1, 0, 0]);
    expect(model.buffers?.map((buffer) => buffer.data)).toEqual([
      undefined,
      new Uint8Array(Float32Array.of(0.5).buffer),
    ]);
  });

  it('tells a constant without elements from no constant', () => {
    const builder = new GraphBuilder('scalar');
    const shape = builder.constant('shape', [0], new Int32Array(0), 'int32');
    const scalar = builder.add(
      'RESHAPE',
      [builder.input('x', [1, 1]), shape],
      {},
      { origin: 'reshape', outputShape: [] },
    );
    const model = verify(encode(graphToModel(builder.finish([scalar]))), { alignedData: true });
    expect(model.subgraphs?.[0]?.tensors?.map((tensor) => [tensor.name, tensor.buffer])).toEqual([
      ['x', 0],
      ['shape', 1],
      ['reshape', 0],
    ]);
    expect(model.buffers?.map(({ data }) => data)).toEqual([undefined, undefined]);
  });

  it('puts attributes under the names of the schema', () => {
    const [first, second, soft] = written().subgraphs![0]!.operators!;
    expect(first?.builtin_options).toMatchObject({
      type: 'Conv2DOptions',
      value: { padding: 'VALID', fused_activation_function: 'RELU6', stride_w: 1 },
    });
    expect(second?.builtin_options?.value).toMatchObject({ padding: 'SAME', stride_w: 2, stride_h: 2 });
    // An optional input that is left out at the end is not written at all.
    expect(second?.inputs).toEqual([2, 3]);
    expect(soft?.builtin_options).toEqual({ type: 'SoftmaxOptions', value: { beta: 1 } });
  });

  it('keeps the names of inputs and outputs only, when asked', () => {
    const names = written({ tensorNames: 'io-only' }).subgraphs?.[0]?.tensors?.map((tensor) => tensor.name);
    expect(names).toEqual(['image', undefined, undefined, undefined, undefined, 'soft']);
  });

  it('writes a signature and a description, when asked', () => {
    const model = written({ signatureKey: 'serving_default', description: 'd' });
    expect(model.description).toBe('d');
    expect(model.signature_defs).toEqual([
      {
        signature_key: 'serving_default',
        subgraph_index: 0,
        inputs: [{ name: 'image', tensor_index: 0 }],
        outputs: [{ name: 'soft', tensor_index: 5 }],
      },
    ]);
  });

  it('writes quantization, and packs 4-bit constants low half first', () => {
    const quantization = { scale: [0.5, 0.25], zeroPoint: [0, -1], axis: 1 };
    const tensors = [
      { name: 'x', shape: [3], dtype: 'int8', quantization: { scale: [0.5], zeroPoint: [3], axis: 0 } },
      { name: 'w', shape: [3], dtype: 'int4', data: Int8Array.of(1, -2, 7) },
      { name: 'v', shape: [1, 2], dtype: 'int8', data: Int8Array.of(-1, 5), quantization },
    ] as const;
    const model = decode(encode(graphToModel({ name: 'g', tensors, nodes: [], inputs: [0], outputs: [1, 2] })));
    const [x, w, v] = model.subgraphs![0]!.tensors!;
    expect(x?.quantization).toEqual({ scale: [0.5], zero_point: [3n], quantized_dimension: 0 });
    expect(v?.quantization).toEqual({ scale: [0.5, 0.25], zero_point: [0n, -1n], quantized_dimension: 1 });
    expect([w?.type, model.buffers?.[w!.buffer]?.data]).toEqual(['INT4', Uint8Array.of(0xe1, 0x07)]);
  });
});
