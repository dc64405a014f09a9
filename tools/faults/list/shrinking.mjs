// what is taken out of a quantized graph, and why that is exact.

export const shrinking = [
  {
    name: 'a constant channel folded into the bias of a padded convolution',
    file: 'packages/quantizer/src/shrink/channels/filter-needs.ts',
    find: 'return sums.every((sum) => sum === sums[0]) ? sums[0]! * value : undefined;',
    replace: 'return sums[0]! * value;',
    suite: 'packages/quantizer/src/shrink/channel-rules.spec.ts',
  },
  {
    name: 'bounds that forget the padding',
    file: 'packages/quantizer/src/shrink/bounds/window-patterns.ts',
    find: 'if (on >= 0 && on < size) covered.push(place);',
    replace: 'covered.push(place);',
    suite: 'packages/quantizer/src/shrink/channel-rules.spec.ts',
  },
  {
    name: 'a bias that leaves 32 bits',
    file: 'packages/quantizer/src/shrink/channels/filter-needs.ts',
    find: '<= layer.limit;',
    replace: '<= Infinity;',
    suite: 'packages/quantizer/src/shrink/channel-rules.spec.ts',
  },
  {
    name: 'a channel that another reader needs',
    file: 'packages/quantizer/src/shrink/channels/needed-channels.ts',
    find: 'asked.has(classOf(channel)) && needs.mark(id, channel)',
    replace: 'asked.has(classOf(channel)) && id === tensors[0]!.id && needs.mark(id, channel)',
    suite: 'packages/quantizer/src/shrink/channel-rules.spec.ts',
  },
  {
    name: 'sums that wrap when they are shifted up',
    file: 'packages/quantizer/src/shrink/bounds/accumulator-bounds.ts',
    find: '* 2 ** upShift(layer, o)',
    replace: '* 2 ** (0 * upShift(layer, o))',
    suite: 'packages/quantizer/src/shrink/bounds/accumulator-bounds.spec.ts',
  },
  {
    name: 'channels that are constant in one rounding only',
    file: 'packages/quantizer/src/shrink/remove-constant-channels.ts',
    find: "['double', 'single']",
    replace: "['double']",
    suite: 'packages/quantizer/src/shrink/bounds/accumulator-bounds.spec.ts',
  },
  {
    name: 'shared weights cut for one reader and given to all',
    file: 'packages/quantizer/src/shrink/channels/without-channels.ts',
    find: 'const key = `${from}: ${how}`;',
    replace: 'const key = `${from}`;',
    suite: 'packages/quantizer/src/shrink/remove-constant-channels.spec.ts',
  },
  {
    name: 'minus zero written as zero',
    file: 'packages/tflite-writer/src/encode/encode-table.ts',
    find: "return Object.is(value, -0) ? '-0' : String(value);",
    replace: 'return String(value);',
    suite: 'packages/tflite-writer/src/encode/encode.spec.ts',
  },
  {
    name: 'shared weights cut in two at the price of a larger file',
    file: 'packages/quantizer/src/shrink/remove-constant-channels.ts',
    find: 'if (sharedBytes(whole) > sharedBytes(graph)) return { graph, steps: [] };',
    replace: '',
    suite: 'packages/quantizer/src/shrink/channel-rules.spec.ts',
  },
  {
    name: 'a model refused that fits once constant channels are gone',
    file: 'packages/pipeline/src/schemes/consider-schemes.ts',
    find: '(fits(foreseen.least) || !foreseen.isBound)',
    replace: 'fits(foreseen.least)',
    suite: 'packages/pipeline/src/schemes/consider-schemes.spec.ts',
  },
];
