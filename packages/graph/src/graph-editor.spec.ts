// Editing: uses replaced, nodes exchanged, dead ends dropped, order and names restored.
import { GraphBuilder } from './builder.js';
import { GraphEditor } from './graph-editor.js';
import { tensorAt, type Graph, type Node } from './ir.js';
import { verify } from './verify.js';

function chain(): Graph {
  const builder = new GraphBuilder('chain');
  const x = builder.input('x', [2]);
  const a = builder.add('RELU', [x], {}, { origin: 'first' });
  const b = builder.add('TANH', [a], {}, { origin: 'second' });
  return builder.finish([builder.add('LOGISTIC', [b], {}, { origin: 'third' })]);
}

function kinds(graph: Graph): string[] {
  return graph.nodes.map(({ kind }) => kind);
}

it('takes a node out and leads its readers past it', () => {
  const graph = chain();
  const editor = new GraphEditor(graph);
  const [, second] = graph.nodes as [Node, Node];
  editor.replaceUses(second.outputs[0]!, second.inputs[0]!);
  editor.removeNode(second);
  const edited = verify(editor.finish(), 'editing');
  expect(kinds(edited)).toEqual(['RELU', 'LOGISTIC']);
  expect(edited.tensors.map(({ name }) => name)).toEqual(['x', 'first', 'third']);
});

it('drops by itself what reaches no output', () => {
  const graph = chain();
  const editor = new GraphEditor(graph);
  editor.replaceUses(graph.nodes[1]!.outputs[0]!, graph.inputs[0]!);
  expect(kinds(verify(editor.finish(), 'editing'))).toEqual(['LOGISTIC']);
});

it('keeps graph inputs that nothing reads', () => {
  const graph = chain();
  const editor = new GraphEditor(graph);
  editor.replaceUses(
    graph.outputs[0]!,
    editor.addTensor({ name: 'fixed', shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) }),
  );
  const edited = verify(editor.finish(), 'editing');
  expect(edited.nodes).toEqual([]);
  expect(edited.inputs.map((id) => tensorAt(edited, id).name)).toEqual(['x']);
});

it('puts nodes into an order in which they can run', () => {
  const graph = chain();
  const [first] = graph.nodes as [Node];
  const editor = new GraphEditor(graph);
  const between = editor.addTensor({ name: 'between', shape: [2], dtype: 'float32' });
  const inserted: Node = {
    kind: 'RELU6',
    attributes: {},
    inputs: [graph.inputs[0]!],
    outputs: [between],
    origin: 'new',
  };
  editor.replaceNode(first, { ...first, inputs: [between] }, inserted);
  expect(kinds(verify(editor.finish(), 'editing'))).toEqual(['RELU6', 'RELU', 'TANH', 'LOGISTIC']);
});

it('makes a constant of what a removed node wrote', () => {
  const graph = chain();
  const editor = new GraphEditor(graph);
  editor.setConstant(graph.nodes[0]!.outputs[0]!, Float32Array.of(3, 4));
  editor.removeNode(graph.nodes[0]!);
  const edited = verify(editor.finish(), 'editing');
  expect(kinds(edited)).toEqual(['TANH', 'LOGISTIC']);
  expect(tensorAt(edited, edited.nodes[0]!.inputs[0]!).data).toEqual(Float32Array.of(3, 4));
});

it('finds a node again after its inputs were renewed, and follows replacements', () => {
  const graph = chain();
  const [first, second] = graph.nodes as [Node, Node];
  const editor = new GraphEditor(graph);
  editor.replaceUses(first.outputs[0]!, graph.inputs[0]!);
  editor.replaceUses(second.outputs[0]!, first.outputs[0]!);
  expect(editor.currentOf(second.outputs[0]!)).toBe(graph.inputs[0]);
  editor.removeNode(second);
  expect(() => editor.removeNode(second)).toThrow(RangeError);
});

it('makes names unique, also against names that look numbered', () => {
  const graph = chain();
  const renamed: Graph = {
    ...graph,
    tensors: graph.tensors.map((tensor, id) => ({ ...tensor, name: ['n', 'n_1', 'n', 'n'][id]! })),
  };
  const names = new GraphEditor(renamed).finish().tensors.map(({ name }) => name);
  expect(new Set(names).size).toBe(4);
});

it('leaves the graph that it was made from alone', () => {
  const graph = chain();
  const before = JSON.stringify(graph);
  const editor = new GraphEditor(graph);
  editor.replaceUses(1, 0);
  editor.removeNode(graph.nodes[0]!);
  editor.finish();
  expect(JSON.stringify(graph)).toBe(before);
});

it('hands a cycle on for verify to name', () => {
  const graph = chain();
  const [first, second] = graph.nodes as [Node, Node];
  const editor = new GraphEditor(graph);
  editor.replaceNode(first, { ...first, inputs: second.outputs });
  expect(() => verify(editor.finish(), 'editing')).toThrow('which nothing before it has written');
});
