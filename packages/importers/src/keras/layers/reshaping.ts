// Layers that move or re-shape values: Flatten, Reshape, Permute, zero padding, cropping.
import type { TensorId } from '@wherry/graph';
import { isList } from '../json.js';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape, invalidConfig } from '../refuse.js';
import { isSize, setting, sizesSetting } from '../settings.js';

function product(sizes: readonly number[]): number {
  return sizes.reduce((count, size) => count * size, 1);
}

/** `target` with its one -1, if any, replaced so that `count` elements fit. */
export function resolveShape(call: LayerCall, target: readonly number[], count: number): number[] {
  const known = product(target.filter((size) => size !== -1));
  const open = target.filter((size) => size === -1).length;
  const missing = open === 1 ? count / known : 1;
  if (open > 1 || !Number.isInteger(missing) || known * missing !== count) {
    badShape(
      `${count} elements do not fit the shape [${target.join(', ')}]`,
      call.graph.origin,
      'choose a target_shape with as many elements as the input',
    );
  }
  return target.map((size) => (size === -1 ? missing : size));
}

function flatten(call: LayerCall): TensorId {
  const [batch, ...rest] = call.graph.shape(call.inputs[0]!);
  return call.graph.reshape(call.inputs[0]!, [batch!, product(rest)]);
}

function reshape(call: LayerCall): TensorId {
  const target = setting(call.settings, 'target_shape');
  if (!isList(target) || !target.every((size) => size === -1 || isSize(size, 1))) {
    return invalidConfig('target_shape is not a list of sizes', `layer ${call.settings.layer}`);
  }
  const [batch, ...rest] = call.graph.shape(call.inputs[0]!);
  return call.graph.reshape(call.inputs[0]!, [batch!, ...resolveShape(call, target, product(rest))]);
}

/** `dims` counts from 1, since the batch stays in front. */
function permute(call: LayerCall): TensorId {
  const { graph } = call;
  const rank = graph.shape(call.inputs[0]!).length;
  const dims = sizesSetting(call.settings, 'dims', rank - 1, 1);
  if (new Set(dims).size !== dims.length || dims.some((dim) => dim >= rank)) {
    badShape(
      `dims [${dims.join(', ')}] is no order of its dimensions`,
      graph.origin,
      'list each of 1 to the number of dimensions once',
    );
  }
  return graph.add('TRANSPOSE', [call.inputs[0]!, graph.indices('order', [0, ...dims])], {});
}

/** Before and after along each of `rank` spatial dimensions: n, [a, b] or [[a, b], [c, d]]. */
function margins(call: LayerCall, key: string, rank: 1 | 2): readonly (readonly [number, number])[] {
  const value = setting(call.settings, key) ?? 1;
  const bad = (): never => invalidConfig(`${key} is not made of sizes`, `layer ${call.settings.layer}`);
  const pair = (item: unknown): [number, number] => {
    if (isSize(item as number, 0)) return [item as number, item as number];
    const list = item as readonly number[];
    return Array.isArray(item) && item.length === 2 && list.every((size) => isSize(size, 0))
      ? [list[0]!, list[1]!]
      : bad();
  };
  if (rank === 1) return [pair(value)];
  if (!isList(value)) return [pair(value), pair(value)];
  return value.length === 2 ? [pair(value[0]), pair(value[1])] : bad();
}

function checkedInput(call: LayerCall, rank: 1 | 2): TensorId {
  const actual = call.graph.shape(call.inputs[0]!).length;
  if (actual !== rank + 2)
    badShape(
      `it takes ${rank + 2} dimensions, its input has ${actual}`,
      call.graph.origin,
      'add a Reshape layer in front of it',
    );
  return call.inputs[0]!;
}

function zeroPadding(rank: 1 | 2): LayerDefinition {
  return {
    build: (call) => {
      const input = checkedInput(call, rank);
      const pads = margins(call, 'padding', rank);
      if (pads.every(([before, after]) => before === 0 && after === 0)) return input;
      const values = [0, 0, ...pads.flat(), 0, 0];
      return call.graph.add('PAD', [input, call.graph.indices('paddings', values, [rank + 2, 2])], {});
    },
  };
}

function cropping(rank: 1 | 2): LayerDefinition {
  return {
    build: (call) => {
      const { graph } = call;
      const input = checkedInput(call, rank);
      const crops: readonly (readonly [number, number])[] = [[0, 0], ...margins(call, 'cropping', rank), [0, 0]];
      const shape = graph.shape(input);
      const begin = crops.map(([before]) => before);
      const end = crops.map(([, after], d) => shape[d]! - after);
      if (end.some((last, d) => last <= begin[d]!)) badShape('it crops everything away', graph.origin, 'crop less');
      const ones = crops.map(() => 1);
      return graph.add(
        'STRIDED_SLICE',
        [input, graph.indices('begin', begin), graph.indices('end', end), graph.indices('strides', ones)],
        {},
      );
    },
  };
}

export const reshapingLayers: LayerTable = {
  Flatten: { build: flatten },
  Reshape: { build: reshape },
  Permute: { build: permute },
  ZeroPadding1D: zeroPadding(1),
  ZeroPadding2D: zeroPadding(2),
  Cropping1D: cropping(1),
  Cropping2D: cropping(2),
};
