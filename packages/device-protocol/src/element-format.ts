// What the elements of a model's outputs stand for, where a device says them in text.
import { byteLength, tensorAt, type Graph } from '@wherry/graph';

/** scale * (integer - zeroPoint), or itself where it is a real. */
export interface ElementFormat {
  /** 0 where there is no number in it. */
  readonly bytes: number;
  readonly isSigned: boolean;
  readonly isReal: boolean;
  /** A float32. */
  readonly scale: number;
  readonly zeroPoint: number;
}

export function outputFormats(graph: Graph): readonly ElementFormat[] {
  return graph.outputs.map((id) => {
    const { dtype, quantization } = tensorAt(graph, id);
    const isNumber = /^(float32|u?int(8|16)|int32)$/.test(dtype);
    const [scale = 1] = quantization?.scale ?? [];
    const [zeroPoint = 0] = quantization?.zeroPoint ?? [];
    return {
      bytes: isNumber ? byteLength(dtype, 1) : 0,
      isSigned: !dtype.startsWith('u'),
      isReal: dtype === 'float32',
      scale: Math.fround(scale),
      zeroPoint,
    };
  });
}
