// Refuses scales that an operator does not compute in: it would move, or write, stored values that mean something else.
import { fixedScaleOf, outputRule, positionsOf, tensorAt, WherryError, type Graph, type Tensor } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';

/** As far as the kernels of TensorFlow Lite let scales differ, which files round in their own ways. */
const tolerance = 0.001;

/** Throws TARGET_CANNOT_RUN. */
export function requireKnownScales(graph: Graph): void {
  for (const node of graph.nodes)
    node.outputs.forEach((id, position) => {
      const output = tensorAt(graph, id);
      const rule = outputRule(node.kind, position);
      const sources = positionsOf(node, 'activation')
        .flatMap((at) => node.inputs[at] ?? [])
        .map((input) => tensorAt(graph, input))
        .filter(({ quantization }) => quantization !== undefined);
      if (output.quantization === undefined || (output.dtype !== 'int8' && output.dtype !== 'int16')) return;
      const fixed = fixedScaleOf(rule, output.dtype, sources[0]?.dtype);
      // Conversions within an operator share no scale.
      const isOneType = sources.every(({ dtype }) => dtype === output.dtype);
      const wanted =
        fixed ??
        (rule.from === 'same-as-inputs' && isOneType ? sources.map(stepsOf).find(differsFrom(output)) : undefined);
      if (wanted === undefined || !differsFrom(output)(wanted)) return;
      throw new WherryError(pipelineDiagnostics.TARGET_CANNOT_RUN, {
        what: `${node.kind} gives steps of ${said(wanted)}${fixed === undefined ? ', as an input has them' : ''}, and the file says that its output has steps of ${said(stepsOf(output))}: the answers would mean something else`,
        where: node.origin,
        next: 'quantize the float model that this file was made from again',
      });
    });
}

interface Steps {
  readonly scale: number;
  readonly zeroPoint: number;
}

const stepsOf = ({ quantization }: Tensor): Steps => ({
  scale: quantization!.scale[0]!,
  zeroPoint: quantization!.zeroPoint[0]!,
});

const differsFrom =
  (tensor: Tensor) =>
  ({ scale, zeroPoint }: Steps): boolean => {
    const own = stepsOf(tensor);
    return own.zeroPoint !== zeroPoint || Math.abs(own.scale - scale) > tolerance * scale;
  };

const said = ({ scale, zeroPoint }: Steps): string => `${Number(scale.toPrecision(4))} from ${zeroPoint}`;
