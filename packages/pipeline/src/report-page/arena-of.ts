// The memory plan as a picture: every buffer at its address, over the layers in which it is alive.
import { counted, grouped, tensorAt, type Graph } from '@wherry/graph';
import type { ArenaBlock, ArenaPicture } from '@wherry/report-page';
import { liveBytes } from '../report/memory-report.js';
import type { KnownReport } from '../report/report.js';
import type { Shown } from './shown.js';

export function arenaOf(
  { memory: { peak, activationRoom: room } }: KnownReport,
  { graph, memory }: Shown,
): ArenaPicture {
  const { buffers, best, online, offline } = memory;
  // Of two plans the one that the device uses.
  const { offsets, bytes } = offline === undefined ? online : best;
  const layers = liveBytes(graph, memory);
  const inputs = buffers.reduce((sum, { firstStep, bytes: size }) => (firstStep === 0 ? sum + size : sum), 0);
  return {
    words:
      peak === null
        ? []
        : [
            `The peak layer is ${peak.layer} (${peak.operator}): ${grouped(peak.liveBytes)} bytes are alive while it runs, in ${counted(peak.buffers.length, 'buffer')}.`,
            `There is room for ${grouped(Math.max(0, room))} bytes.`,
          ],
    steps: ['inputs', ...graph.nodes.map(({ origin }) => origin)],
    buffers: buffers.map(({ owner, bytes: size, firstStep, lastStep }, i): ArenaBlock => ({
      name: owner.kind === 'scratch' ? 'scratch of a kernel' : tensorWords(graph, owner.tensor),
      kind: owner.kind,
      offset: offsets[i]!,
      bytes: size,
      first: firstStep,
      last: Math.min(lastStep, graph.nodes.length),
    })),
    bytes,
    room,
    live: [inputs, ...layers],
    ...(peak === null ? {} : { peak: 1 + layers.indexOf(peak.liveBytes) }),
  };
}

function tensorWords(graph: Graph, id: number): string {
  const { name, dtype, shape } = tensorAt(graph, id);
  return `${name} ${dtype}[${shape.join(', ')}]`;
}
