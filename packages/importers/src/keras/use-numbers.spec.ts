// Which use of a nested model a reference means: Keras 3 counts those of its outputs in another way than all others.
import { evaluate } from '@wherry/graph';
import { kerasFile, layer } from '../testing/keras-file.js';
import { importKeras } from './import-keras.js';

const tensor = (name: string, node = 0): object => ({
  class_name: '__keras_tensor__',
  config: { keras_history: [name, node, 0] },
});
const use = (...args: readonly unknown[]): object => ({ args, kwargs: {} });
const named = (name: string, made: object, ...uses: readonly unknown[]): object => ({
  ...made,
  name,
  inbound_nodes: uses,
});
const input = (name: string): object => named(name, layer('InputLayer', { batch_shape: [null, 1], name }));
const functional = (name: string, layers: readonly object[], outputs: unknown): object => ({
  class_name: 'Functional',
  config: { name, layers, input_layers: [['x', 0, 0]], output_layers: outputs },
});
const rescaling = (name: string, scale: number): object => layer('Rescaling', { name, scale, offset: 1 });

/** The nested model gives 10 x + 1. */
const inner = functional('e', [input('x'), named('by10', rescaling('by10', 10), use(tensor('x')))], [['by10', 0, 0]]);

async function outputsFor(x: number, model: object): Promise<number[]> {
  const { graph } = importKeras(await kerasFile({ config: model, kerasVersion: '3.15.1' }));
  return evaluate(graph, [Float32Array.of(x)]).map((output) => Number((output as Float32Array)[0]));
}

describe('Keras 3', () => {
  it('takes the first of two uses for an output that asks for use 1', async () => {
    const e = named('e', inner, use(tensor('x')), use(tensor('by2')));
    const by2 = named('by2', rescaling('by2', 2), use(tensor('x')));
    const all = [
      input('x'),
      by2,
      e,
      named('sum', layer('Add', { name: 'sum' }), use([tensor('e', 0), tensor('e', 1)])),
    ];
    expect(await outputsFor(3, functional('m', all, [['e', 1, 0]]))).toEqual([31]);
    expect(await outputsFor(3, functional('m', all, [['e', 2, 0]]))).toEqual([71]);
    expect(
      await outputsFor(
        3,
        functional('m', all, [
          ['e', 2, 0],
          ['sum', 0, 0],
          ['e', 1, 0],
        ]),
      ),
    ).toEqual([71, 102, 31]);
  });

  it('applies a nested model to what it gave itself', async () => {
    const e = named('e', inner, use(tensor('x')), use(tensor('e', 0)));
    expect(await outputsFor(3, functional('m', [input('x'), e], [['e', 2, 0]]))).toEqual([311]);
  });

  it('takes a nested model for an output and for what another layer reads', async () => {
    const e = named('e', inner, use(tensor('x')));
    const head = named('head', rescaling('head', 2), use(tensor('e', 0)));
    expect(
      await outputsFor(
        3,
        functional(
          'm',
          [input('x'), e, head],
          [
            ['e', 1, 0],
            ['head', 0, 0],
          ],
        ),
      ),
    ).toEqual([31, 63]);
  });

  it('reads tensors given by name', async () => {
    const by2 = named('by2', rescaling('by2', 2), use(tensor('x')));
    const sum = named('sum', layer('Subtract', { name: 'sum' }), {
      args: [],
      kwargs: { inputs: [tensor('by2'), tensor('x')] },
    });
    expect(await outputsFor(3, functional('m', [input('x'), by2, sum], [['sum', 0, 0]]))).toEqual([4]);
  });

  it('numbers the outputs of a dictionary by its sorted keys', async () => {
    const two = functional(
      'e',
      [
        input('x'),
        named('by10', rescaling('by10', 10), use(tensor('x'))),
        named('by2', rescaling('by2', 2), use(tensor('x'))),
      ],
      { z: ['by10', 0, 0], a: ['by2', 0, 0] },
    );
    const e = named('e', two, use(tensor('x')));
    const all = [input('x'), e];
    expect(
      await outputsFor(
        3,
        functional('m', all, [
          ['e', 1, 0],
          ['e', 1, 1],
        ]),
      ),
    ).toEqual([7, 31]);
  });
});
