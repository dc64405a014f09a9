// What a comparison cannot look into, or looks at otherwise than the file has it.
import type { LeftOut } from './document.js';
import { rawGraphs } from './raw-graph.js';
import { isGraph, type Side } from './read-side.js';

export function notCompared(side: Side, name: 'a' | 'b'): readonly LeftOut[] {
  const { model, graph, importWarnings, folder } = side;
  const external = rawGraphs(model)
    .flatMap(({ tensors }) => tensors)
    .filter(({ table }) => table !== undefined && table.external_buffer !== 0);
  return [
    ...(external.length === 0
      ? []
      : [
          {
            what: valuesElsewhere,
            side: name,
            why: `they lie in another file: ${external.map((tensor) => tensor.name).join(', ')}`,
          },
        ]),
    ...(isGraph(graph)
      ? []
      : [
          {
            what: 'work, arena, kernels and outputs, for which the graph has to be understood; its tables are compared',
            side: name,
            why: `${graph.code}: ${graph.what}${graph.where === undefined ? '' : ` (${graph.where})`}`,
          },
        ]),
    ...importWarnings.map(({ code, what }) => ({
      what: 'work, arena and outputs as the file has them: they are those of what was made of it',
      side: name,
      why: `${code}: ${what}`,
    })),
    ...(folder?.notes ?? []).map((note) => ({ ...note, side: name })),
  ];
}

/** Without them nothing can be said to be the same. */
export const valuesElsewhere = 'the values of some tensors';
