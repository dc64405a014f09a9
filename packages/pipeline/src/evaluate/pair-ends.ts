// Which input or output of another model is which of this one: by name, else by shape in their order.
import { diagnose, tensorAt, WherryError, type Diagnostic, type Graph, type Shape } from '@wherry/graph';
import { evaluationDiagnostics } from '../evaluation-diagnostics.js';

export interface PairedEnds {
  /** By the position in this model, that in the other one; undefined where nothing there goes with it. */
  readonly inputs: readonly number[];
  readonly outputs: readonly (number | undefined)[];
  /** EVALUATION_PAIRING. */
  readonly warnings: readonly Diagnostic[];
}

/** Throws EVALUATION_ENDS where an input has no partner, or no output has one. */
export function pairEnds(
  own: Graph,
  other: Graph,
  files: { readonly own: string; readonly other: string },
): PairedEnds {
  const [inputs, outputs] = [paired(own, other, 'inputs'), paired(own, other, 'outputs')];
  const refuse = (what: string): never => {
    const next = `give models of the same task; \`deploy inspect\` shows the inputs and outputs of ${files.own} and ${files.other}`;
    throw new WherryError(evaluationDiagnostics.EVALUATION_ENDS, { what, next });
  };
  const listed = (graph: Graph, ends: Ends): string =>
    graph[ends].map((id) => `${tensorAt(graph, id).name} [${tensorAt(graph, id).shape.join(', ')}]`).join(', ');
  if (own.inputs.length !== other.inputs.length || inputs.partners.includes(undefined))
    refuse(`${files.own} takes ${listed(own, 'inputs')} and ${files.other} takes ${listed(other, 'inputs')}`);
  if (outputs.partners.every((partner) => partner === undefined))
    refuse(`${files.own} gives ${listed(own, 'outputs')} and ${files.other} gives ${listed(other, 'outputs')}`);
  return {
    inputs: inputs.partners as readonly number[],
    outputs: outputs.partners,
    warnings: [...inputs.byOrder, ...outputs.byOrder],
  };
}

type Ends = 'inputs' | 'outputs';

function paired(own: Graph, other: Graph, ends: Ends) {
  const of = (graph: Graph) => graph[ends].map((id) => tensorAt(graph, id));
  const [mine, theirs] = [of(own), of(other)];
  const partners: (number | undefined)[] = mine.map(({ name, shape }) => {
    const at = theirs.findIndex((each) => each.name === name && goTogether(shape, each.shape));
    return at < 0 ? undefined : at;
  });
  const taken = new Set(partners);
  const byOrder: Diagnostic[] = [];
  mine.forEach(({ name, shape }, position) => {
    if (partners[position] !== undefined) return;
    const left = theirs.flatMap((each, at) => (!taken.has(at) && goTogether(shape, each.shape) ? [at] : []));
    const [first] = left;
    if (first === undefined) return;
    partners[position] = first;
    taken.add(first);
    if (left.length > 1)
      byOrder.push(
        diagnose(evaluationDiagnostics.EVALUATION_PAIRING, {
          what: `${name} goes with ${theirs[first]!.name} of the other model by its order alone: ${left.length} there have its shape, and another name`,
          next: 'look at figures that are far off; models converted with the same names are matched by them',
        }),
      );
  });
  return { partners, byOrder };
}

/** As the loader of data has it: equal when ones are left out, or one of the two flat. */
function goTogether(a: Shape, b: Shape): boolean {
  const [left, right] = [a, b].map((shape) => shape.filter((size) => size !== 1)) as [number[], number[]];
  const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
  if (elements(left) !== elements(right)) return false;
  return left.length <= 1 || right.length <= 1 || left.join() === right.join();
}
