// The layers as the report has them.
import type { LayerRow, Layers } from '@wherry/report-page';
import type { KnownReport } from '../report/report.js';

export function layersOf({ layers }: KnownReport): Layers {
  return {
    words: [],
    samples: 0,
    rows: layers.map(({ layer, operator, output, macs, weightBytes, liveBytes, decision, outputScale }): LayerRow => ({
      layer,
      operator,
      output: `${output.dtype}[${output.shape.join(', ')}]`,
      macs,
      weightBytes,
      liveBytes,
      decision: outputScale === '' ? decision : `${decision}; output: ${outputScale}`,
    })),
  };
}
