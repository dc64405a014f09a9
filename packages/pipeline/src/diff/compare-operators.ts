// Operators that one graph lacks, and what differs in those that both have.
import { fieldChanges, unionChanges } from './compare-tables.js';
import { quantizationChanges } from './compare-tensors.js';
import type { Change, SubgraphDifference } from './document.js';
import type { MatchedGraphs } from './matched-graphs.js';
import { operatorName } from './operator-name.js';
import { rawTensorAt, type RawGraph, type RawOperator } from './raw-graph.js';

/** Compared by themselves below, or only places in this very file. */
const fieldsApart: ReadonlySet<string> = new Set([
  'opcode_index',
  'inputs',
  'outputs',
  'intermediates',
  'builtin_options',
  'builtin_options_2',
  'debug_metadata_index',
]);

export function compareOperators(graphs: MatchedGraphs): SubgraphDifference['operators'] {
  const { a, b, match, pairs } = graphs;
  const changed = pairs.flatMap(([own, other]) => {
    const changes = operatorChanges(graphs, own, other);
    return changes.length === 0 ? [] : [{ a: operatorName(own), b: operatorName(other), changes }];
  });
  return {
    count: { a: a.operators.length, b: b.operators.length },
    matched: pairs.length,
    added: b.operators.filter(({ index }) => !match.ofB.has(index)).map(operatorName),
    removed: a.operators.filter(({ index }) => !match.ofA.has(index)).map(operatorName),
    reordered: pairs.some(([, other], i) => i > 0 && other.index < pairs[i - 1]![1].index),
    changed,
  };
}

function operatorChanges(graphs: MatchedGraphs, own: RawOperator, other: RawOperator): readonly Change[] {
  const version: Change[] =
    own.version === other.version ? [] : [{ what: 'version', name: 'version', a: own.version, b: other.version }];
  return [
    ...version,
    ...unionChanges('attribute', own.table.builtin_options, other.table.builtin_options),
    ...unionChanges('attribute', own.table.builtin_options_2, other.table.builtin_options_2),
    ...fieldChanges('Operator', 'attribute', own.table, other.table, fieldsApart),
    ...operandChanges(graphs, own, other),
    ...intermediateChanges(graphs, own, other),
  ];
}

function operandChanges(graphs: MatchedGraphs, own: RawOperator, other: RawOperator): readonly Change[] {
  const numbers = (['inputs', 'outputs'] as const).flatMap((ends): Change[] =>
    own[ends].length === other[ends].length
      ? []
      : [{ what: 'operand', name: `number of ${ends}`, a: own[ends].length, b: other[ends].length }],
  );
  const both = Math.min(own.inputs.length, other.inputs.length);
  const inputs = own.inputs.slice(0, both).flatMap((index, slot): Change[] => {
    const otherIndex = other.inputs[slot]!;
    if (graphs.sameSource(index, otherIndex)) return [];
    return [
      { what: 'operand', name: `input ${slot}`, a: sourceText(graphs.a, index), b: sourceText(graphs.b, otherIndex) },
    ];
  });
  const outputs = own.outputs
    .slice(0, other.outputs.length)
    .flatMap((index, slot): Change[] =>
      graphs.sameTarget(index, other.outputs[slot]!)
        ? []
        : [
            {
              what: 'operand',
              name: `output ${slot}`,
              a: rawTensorAt(graphs.a, index).name,
              b: rawTensorAt(graphs.b, other.outputs[slot]!).name,
            },
          ],
    );
  return [...numbers, ...inputs, ...outputs];
}

/** Where the values of a tensor come from. */
function sourceText(graph: RawGraph, index: number): string {
  if (index < 0) return 'left out';
  const { name, data } = rawTensorAt(graph, index);
  if (data !== undefined) return `constant ${name}`;
  const position = graph.inputs.indexOf(index);
  if (position >= 0) return `graph input ${name}`;
  const writer = graph.writers.get(index);
  if (writer === undefined) return `tensor ${name}, which nothing writes`;
  const { operator, slot } = writer;
  return `${operator.kind} ${operator.layer}${operator.outputs.length > 1 ? ` output ${slot}` : ''}`;
}

/** Scales that some kernels use inside, by place. */
function intermediateChanges({ a, b }: MatchedGraphs, own: RawOperator, other: RawOperator): readonly Change[] {
  const [ownIds, otherIds] = [own.table.intermediates ?? [], other.table.intermediates ?? []];
  if (ownIds.length !== otherIds.length)
    return [{ what: 'operand', name: 'number of intermediates', a: ownIds.length, b: otherIds.length }];
  return ownIds.flatMap((index, slot) =>
    quantizationChanges(rawTensorAt(a, index), rawTensorAt(b, otherIds[slot]!)).map((change) => ({
      ...change,
      name: `intermediate ${slot} ${change.name}`,
    })),
  );
}
