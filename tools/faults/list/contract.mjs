// what an operator's file says, and what the tables say of it.

export const contract = [
  {
    name: 'TANH lowered to a sigmoid',
    file: 'packages/engine-tfjs/src/lowering/elementwise.ts',
    find: 'tf.tanh(input)',
    replace: 'tf.sigmoid(input)',
    suite: 'packages/engine-tfjs/src/lowering/lowering.spec.ts',
  },
  {
    name: 'the version of LEAKY_RELU',
    file: 'packages/graph/src/ops/leaky-relu.ts',
    find: "version: ({ inputs: [input] }) => (input!.dtype === 'int16' ? 2 : 1),",
    replace: "version: ({ inputs: [input] }) => (input!.dtype === 'int16' ? 1 : 2),",
    suite: 'packages/graph/src/ops/case-goldens.spec.ts',
  },
  {
    name: 'an emptied arena entry',
    file: 'packages/memory-planner/src/kernel-memory/reference.ts',
    find: 'LEAKY_RELU: { options: struct([4, 4]), state: struct([24, 4]), prepare: openAll },',
    replace: 'LEAKY_RELU: { options: null, state: null, prepare: openNone },',
    suite: 'packages/memory-planner/src/operator-arenas.spec.ts',
  },
  {
    name: 'a wrong scalesChannels',
    file: 'packages/graph/src/ops/tanh.ts',
    find: 'traits: { elementwise: true },',
    replace: 'traits: { elementwise: true, scalesChannels: () => true },',
    suite: 'packages/graph/src/ops/traits.spec.ts',
  },
  {
    name: "another operator's resolver method",
    file: 'packages/graph/src/ops/leaky-relu.ts',
    find: "resolver: 'AddLeakyRelu'",
    replace: "resolver: 'AddRelu'",
    suite: 'packages/graph/src/ops/resolver.spec.ts',
  },
  {
    name: 'strides written into each other',
    file: 'packages/graph/src/arithmetic/convolution-rules.ts',
    find: "strideH: 'stride_h',\n  strideW: 'stride_w',",
    replace: "strideH: 'stride_w',\n  strideW: 'stride_h',",
    suite: 'packages/graph/src/ops/field-names.spec.ts',
  },
];
