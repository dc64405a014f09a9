// Random networks with stuck channels: fewer of them afterwards, and not one output that differs.
import { graphCost } from '@wherry/graph';
import { differences, integerInputs } from '../testing/integer-inputs.js';
import { randomIntegerNetwork } from '../testing/random-integer-network.js';
import { removeConstantChannels } from './remove-constant-channels.js';

const seeds = Array.from({ length: 150 }, (_, i) => i + 1);

describe('removeConstantChannels', () => {
  it('changes no output of random networks, on extreme and on random inputs, in either rounding', () => {
    let changed = 0;
    for (const seed of seeds) {
      const graph = randomIntegerNetwork(seed);
      const { graph: shrunk, steps } = removeConstantChannels(graph);
      expect({ seed, differ: differences(graph, shrunk, integerInputs(graph, 4, seed)) }).toEqual({ seed, differ: 0 });
      if (shrunk === graph) {
        expect(steps).toEqual([]);
        continue;
      }
      changed += 1;
      expect(graphCost(shrunk).total.macs).toBeLessThanOrEqual(graphCost(graph).total.macs);
      const saved = steps.reduce((sum, step) => sum + step.macsSaved, 0);
      expect({ seed, saved }).toEqual({ seed, saved: graphCost(graph).total.macs - graphCost(shrunk).total.macs });
    }
    // A fault that lets nothing be found would pass all of the above.
    expect(changed).toBeGreaterThan(seeds.length / 3);
  });

  it('finds nothing more in what it made', () => {
    for (const seed of seeds.slice(0, 30)) {
      const once = removeConstantChannels(randomIntegerNetwork(seed)).graph;
      expect(removeConstantChannels(once).graph).toBe(once);
    }
  });
});
