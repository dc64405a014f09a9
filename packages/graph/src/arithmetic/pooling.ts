// What average and max pooling share: geometry, rules, names in TFLite, the walk over windows.
import { bytesTouched } from './bytes-touched.js';
import type { FusedActivation } from './activation.js';
import { forEachPixel } from './patches.js';
import { versionByType } from './unary.js';
import { slidingWindow, type Padding } from './window.js';
import type { Shape } from '../ir.js';
import type {
  AppliedContext,
  Cost,
  OperatorContext,
  Operand,
  OutputSpec,
  Requirement,
  TfliteEncoding,
} from '../op-definition.js';
import { elementCount } from '../shape.js';

export interface PoolAttributes {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly filterH: number;
  readonly filterW: number;
  readonly activation: FusedActivation;
}

export const poolDefaults: PoolAttributes = {
  padding: 'SAME',
  strideH: 1,
  strideW: 1,
  filterH: 1,
  filterW: 1,
  activation: 'NONE',
};

export interface PoolGeometry {
  readonly batches: number;
  readonly outputH: number;
  readonly outputW: number;
  readonly top: number;
  readonly left: number;
}

export function poolGeometry(input: Shape, a: PoolAttributes): PoolGeometry {
  const vertical = slidingWindow(input[1]!, a.filterH, a.strideH, 1, a.padding);
  const horizontal = slidingWindow(input[2]!, a.filterW, a.strideW, 1, a.padding);
  return {
    batches: input[0]!,
    outputH: vertical.outputSize,
    outputW: horizontal.outputSize,
    top: vertical.before,
    left: horizontal.before,
  };
}

export const poolRules: readonly Requirement<PoolAttributes>[] = [
  { sentence: 'the input has 4 dimensions', holds: ({ inputs: [input] }) => input!.shape.length === 4 },
  {
    sentence: 'window and strides are at least 1',
    holds: ({ attributes: a }) => Math.min(a.strideH, a.strideW, a.filterH, a.filterW) >= 1,
  },
  {
    sentence: 'the window fits into an unpadded input',
    holds: ({ inputs: [input], attributes }) => {
      const { outputH, outputW } = poolGeometry(input!.shape, attributes);
      return outputH > 0 && outputW > 0;
    },
  },
];

export function inferPool({ inputs: [input], attributes }: OperatorContext<PoolAttributes>): readonly OutputSpec[] {
  const { batches, outputH, outputW } = poolGeometry(input!.shape, attributes);
  return [{ shape: [batches, outputH, outputW, input!.shape[3]!], dtype: input!.dtype }];
}

export function poolCost(context: AppliedContext<PoolAttributes>): Cost {
  const outputs = elementCount(context.outputs[0]!.shape);
  return {
    macs: 0,
    elementOps: outputs * context.attributes.filterH * context.attributes.filterW,
    bytes: bytesTouched(context),
  };
}

export function poolEncoding(builtin: string): TfliteEncoding<PoolAttributes> {
  return {
    builtin,
    options: 'Pool2DOptions',
    fields: {
      padding: 'padding',
      strideH: 'stride_h',
      strideW: 'stride_w',
      filterH: 'filter_height',
      filterW: 'filter_width',
      activation: 'fused_activation_function',
    },
    version: versionByType,
  };
}

/**
 * Visits every window. `rows` are the indices of the first channel of each input pixel inside of it (padding is left
 * out), valid in [0, count); `at` is the index of the output pixel's first channel.
 */
export function forEachWindow(
  input: Operand,
  attributes: PoolAttributes,
  visit: (rows: Int32Array, count: number, at: number) => void,
): void {
  const [, height, width, channels] = input.shape as [number, number, number, number];
  const geometry = poolGeometry(input.shape, attributes);
  const rows = new Int32Array(attributes.filterH * attributes.filterW);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    const top = y * attributes.strideH - geometry.top;
    const left = x * attributes.strideW - geometry.left;
    let count = 0;
    for (let iy = Math.max(0, top); iy < Math.min(height, top + attributes.filterH); iy++) {
      for (let ix = Math.max(0, left); ix < Math.min(width, left + attributes.filterW); ix++) {
        rows[count++] = ((batch * height + iy) * width + ix) * channels;
      }
    }
    visit(rows, count, pixel * channels);
  });
}
