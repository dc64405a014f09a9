// Whatever an operator computes lies within what is said of it: every case of every operator, on extreme and random inputs.
import { evaluate, opKinds, tensorAt, type Graph, type Rounding } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { integerInputs } from '../../testing/integer-inputs.js';
import { randomIntegerNetwork } from '../../testing/random-integer-network.js';
import { boundGraph } from './bound-graph.js';
import { fullRange } from './channel-bounds.js';

const roundings: readonly Rounding[] = ['double', 'single'];

const isInteger = (graph: Graph): boolean => graph.inputs.every((id) => fullRange(tensorAt(graph, id)) !== undefined);

/** Values outside of their bounds. */
function outside(graph: Graph, random: number): number {
  const bounds = boundGraph(graph, roundings);
  let count = 0;
  for (const feeds of integerInputs(graph, random)) {
    for (const rounding of roundings) {
      const observe = (id: number, data: ArrayLike<number | bigint>): void => {
        const known = bounds.get(id);
        for (let i = 0; known !== undefined && i < data.length; i++) {
          const channel = i % known.low.length;
          if (Number(data[i]) < known.low[channel]! || Number(data[i]) > known.high[channel]!) count += 1;
        }
      };
      evaluate(graph, feeds, { rounding, observe });
    }
  }
  return count;
}

it.each(opKinds)('%s stays within its bounds', (kind) => {
  for (const { name, graph } of casesOf(kind)) {
    // Operands that are fed and are no quantized values (indices) have no random stand-in.
    if (isInteger(graph)) expect({ name, outside: outside(graph, 2) }).toEqual({ name, outside: 0 });
  }
});

it('holds for every tensor of random networks', () => {
  for (let seed = 500; seed < 530; seed++)
    expect({ seed, outside: outside(randomIntegerNetwork(seed), 4) }).toEqual({ seed, outside: 0 });
});
