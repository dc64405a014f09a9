// Values that are kept of a run stay what they were, in the order of the samples, whatever engine gave them.
import { GraphBuilder, referenceEngine, type Engine, type TensorData } from '@wherry/graph';
import { reusingEngine } from '../testing/reusing-engine.js';
import { runAndKeep, runSuffix } from './recording.js';

const builder = new GraphBuilder('chain');
const bent = builder.add('TANH', [builder.input('x', [1, 3], 'float32')], {}, { origin: 't' });
const graph = builder.finish([builder.add('RELU', [bent], {}, { origin: 'r' })]);
const [output] = graph.outputs as [number];
const samples = Array.from({ length: 7 }, (_, i): readonly TensorData[] => [Float32Array.of(i, -1 - i, 0.5)]);

/** Answers the later the earlier it was asked, five at once. */
const backwards: Engine = {
  name: 'backwards',
  prepare: async (graphOf) => {
    const executor = await referenceEngine.prepare(graphOf);
    let wait = 30;
    return {
      ...executor,
      atOnce: 5,
      run: async (feeds, observer) => {
        await new Promise((resolve) => setTimeout(resolve, (wait -= 4)));
        return executor.run(feeds, observer);
      },
    };
  },
};

it('are those of the reference on an engine that uses its arrays again, and on one that answers out of order', async () => {
  const wanted = [output, bent];
  const expected = await runAndKeep(graph, referenceEngine, samples, wanted);
  expect(expected.map((values) => values.get(output))).toEqual(
    samples.map(([x]) => (x as Float32Array).map((value) => Math.max(0, Math.tanh(value)))),
  );
  const reusing = reusingEngine();
  for (const engine of [reusing, backwards]) {
    const kept = await runAndKeep(graph, engine, samples, wanted);
    expect(kept).toEqual(expected);
    expect(await runSuffix(graph, engine, { position: 1, recording: kept, wanted: [] }, [output])).toEqual(
      expected.map((values) => new Map([[output, values.get(output)]])),
    );
  }
  expect(reusing.open()).toBe(0);
});
