// The layers as the report has them, and the noisiest of them.
import { counted, short } from '@wherry/graph';
import { ratioWords, type Histogram, type LayerRow, type Layers } from '@wherry/report-page';
import type { Evidence, ValueEvidence } from '../evidence/evidence.js';
import type { KnownReport } from '../report/report.js';
import type { Shown } from './shown.js';

export function layersOf({ layers, noisiest }: KnownReport, { graph, evidence }: Shown): Layers {
  return {
    words:
      noisiest === null
        ? exactWords(layers, evidence)
        : [
            `The worst layer is ${noisiest.layer} (${noisiest.operator}): its output has the least signal to noise, ${ratioWords(noisiest.sqnrDb)}, on ${counted(noisiest.samples, 'sample')}.`,
            'Each layer is compared with the same layer of the float model, with the noise of all layers before it.',
          ],
    samples: noisiest?.samples ?? evidence?.layerSamples ?? 0,
    ...(noisiest === null ? {} : { worst: layers.findIndex(({ sqnrDb }) => sqnrDb === noisiest.sqnrDb) }),
    rows: layers.map(
      ({ layer, operator, output, macs, weightBytes, liveBytes, sqnrDb, decision, outputScale }, i): LayerRow => ({
        layer,
        operator,
        output: `${output.dtype}[${output.shape.join(', ')}]`,
        macs,
        weightBytes,
        liveBytes,
        sqnrDb,
        histogram: histogramOf(evidence?.values.get(graph.nodes[i]!.outputs[0]!)),
        decision: outputScale === '' ? decision : `${decision}; output: ${outputScale}`,
      }),
    ),
  };
}

function exactWords(layers: KnownReport['layers'], evidence: Evidence | undefined): string[] {
  const compared = layers.filter(({ sqnrDb }) => sqnrDb !== undefined);
  if (compared.length === 0 || evidence === undefined) return [];
  return [
    `No value of ${compared.length === 1 ? 'the one layer' : `the ${compared.length} layers`} that could be compared differs from that of the float model, on ${counted(evidence.layerSamples, 'sample')}.`,
  ];
}

function histogramOf(seen: ValueEvidence | undefined): Histogram | undefined {
  if (seen === undefined) return undefined;
  const { counts, taken, covered, values, cutOff } = seen;
  const share = cutOff / values;
  const cut = cutOff === 0 ? 'Nothing is cut off.' : `${shareOf(share)} of the values are cut off.`;
  return {
    low: Math.min(taken.low, covered.low),
    high: Math.max(taken.high, covered.high),
    counts,
    covered,
    taken,
    words: `Values ${short(taken.low)} to ${short(taken.high)}, integers cover ${short(covered.low)} to ${short(covered.high)}. ${cut}`,
  };
}

function shareOf(share: number): string {
  return share < 0.0001 ? 'Less than 0.01 %' : `${(100 * share).toFixed(2)} %`;
}
