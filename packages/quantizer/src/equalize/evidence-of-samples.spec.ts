// A channel that slept through the samples is not scaled up on the word of a few of them.
import { calibrated } from '../testing/small-network.js';
import { samplesFor, twoDenseLayers } from '../testing/two-dense-layers.js';
import { equalize } from './equalize.js';

const graph = twoDenseLayers();

/** How much larger the last channel was made than the first. */
async function scaledUp(evidence: number): Promise<number> {
  const even = equalize(graph, await calibrated(graph, samplesFor(64, 0.02)), evidence);
  if (even === undefined) return 1;
  const factorOf = (at: number): number => {
    const [before, after] = [graph, even.graph].map(({ tensors, nodes }) => tensors[nodes[0]!.inputs[1]!]!.data![at]);
    return Number(after) / Number(before);
  };
  return factorOf(11) / factorOf(0);
}

it('less is needed to be believed of what its weights say', async () => {
  const [none, few, many] = [await scaledUp(0), await scaledUp(20), await scaledUp(Infinity)];
  expect(none).toBeLessThan(2);
  expect(few).toBeLessThan(5);
  expect(many).toBeGreaterThan(8);
  expect(few).toBeGreaterThanOrEqual(none);
});
