// Real models against arenas that were measured on the runtime: never too small, at most a tenth too large.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WherryError, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { planMemory, type MemoryTarget } from '@wherry/memory-planner';
import { describeShared, sharedPath } from '@wherry/testing';

type Bytes = readonly [used: number, least: number];

interface Goldens {
  readonly configurations: { readonly [name: string]: { readonly target: Omit<MemoryTarget, 'alignment'> } };
  readonly models: {
    readonly [sha256: string]: {
      readonly model: string;
      readonly int8: boolean;
      readonly bytes: { readonly [configuration: string]: Bytes };
    };
  };
}

const fixture = fileURLToPath(new URL('../../memory-planner/fixtures/arena-goldens.json', import.meta.url));
const goldens = JSON.parse(readFileSync(fixture, 'utf8')) as Goldens;

/** The graph, or the code that says why the file is none of ours. */
function open(path: string): Graph | string {
  try {
    const { graph, warnings } = importModel(readFileSync(path));
    // What was measured is the file as it is, with its batch and its types of inputs.
    return warnings[0]?.code ?? graph;
  } catch (error) {
    if (error instanceof WherryError) return error.definition.code;
    throw error;
  }
}

describeShared('the arena estimate', () => {
  const models = Object.entries(goldens.models).map(([sha256, golden]) => ({
    sha256,
    ...golden,
    path: sharedPath('models', ...golden.model.split('/')),
  }));
  const graphs = new Map(models.map(({ model, path }) => [model, open(path)]));

  it('is judged on the files that were measured, and on every int8 one', () => {
    for (const { path, sha256 } of models)
      expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
    const refused = models.filter(({ model }) => typeof graphs.get(model) === 'string');
    expect(refused.filter(({ int8 }) => int8).map(({ model }) => [model, graphs.get(model)])).toEqual([]);
    expect(models.length - refused.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(goldens.configurations))('%s', (name, { target }) => {
    const rows = models.flatMap(({ model, int8, bytes }) => {
      const graph = graphs.get(model)!;
      const truth = bytes[name];
      if (typeof graph === 'string' || truth === undefined) return [];
      const { usedBytes, leastArenaBytes } = planMemory(graph, { ...target, alignment: 16 }).estimate;
      return [{ model, int8, usedBytes, used: truth[0], leastArenaBytes, least: truth[1] }];
    });
    const worst = (part: typeof rows): string => {
      const percents = part.map(({ usedBytes, used }) => (100 * (usedBytes - used)) / used);
      return `${part.length} models, off by ${Math.min(...percents).toFixed(2)} to ${Math.max(...percents).toFixed(2)} %`;
    };
    console.info(`${name}: ${worst(rows)}; int8: ${worst(rows.filter(({ int8 }) => int8))}`);
    const tooFar = rows.filter(
      ({ usedBytes, used, leastArenaBytes, least }) =>
        usedBytes < used || usedBytes > 1.1 * used || leastArenaBytes < least || leastArenaBytes > 1.1 * least,
    );
    expect(tooFar).toEqual([]);
    expect(rows.length).toBeGreaterThan(100);
  });
});
