// The table of the compiled runtime says which types have kernels; the compiler is asked for each that is tried.
import { operatorOf, opKinds, positionsOf, type DataType } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { kernelCalls } from '@wherry/c-compiler';
import { readProfileFolder } from '@wherry/pipeline';
import { checkNode, type KernelRow } from '@wherry/profiles';

const library = await readProfileFolder();
const { operators } = library.runtimes.get('compiled-c')!;

const nameOfRow = ({ activations, weights, output = activations }: KernelRow): string =>
  [activations, weights, output].join(' ');

function nameOfCase({ graph, type: { from } }: FilledCase): string {
  const node = graph.nodes[0]!;
  const id = node.inputs[positionsOf(node, 'weights')[0] ?? -1] ?? null;
  const weights: DataType | undefined = id === null ? undefined : graph.tensors[id]!.dtype;
  return [from, weights, graph.tensors[node.outputs[0]!]!.dtype].join(' ');
}

function compiles({ graph }: FilledCase): boolean {
  try {
    kernelCalls(graph);
    return true;
  } catch {
    return false;
  }
}

it.each(opKinds)('%s has a row for what compiles, and none for what does not', (kind) => {
  // Rows that differ in their bias are told apart below.
  const rows = [...new Set((operators[operatorOf(kind).tflite.builtin]?.rows ?? []).map(nameOfRow))].sort();
  const compiled = new Set(casesOf(kind).filter(compiles).map(nameOfCase));
  expect(rows).toEqual([...compiled].sort());
});

it('takes by the table the cases that compile, and no others', () => {
  const { profile } = library.targets.get('stm32h7')!;
  const kernels = library.runtimes.get('compiled-c')!;
  const target = { profile: { ...profile, runtime: { name: 'compiled-c', from: '0.1' } }, kernels };
  const wrong = opKinds.flatMap((kind) =>
    casesOf(kind)
      .filter((one) => compiles(one) !== (checkNode(target, one.graph, one.graph.nodes[0]!) === null))
      .map(({ name }) => `${kind} ${name}`),
  );
  expect(wrong).toEqual([]);
});
