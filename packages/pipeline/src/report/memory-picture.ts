// The arena over time as text: a bar for each layer, what is alive at the peak, and which layers hold the weights.
import { printable } from '@wherry/graph';
import type { LiveBuffer } from './memory-report.js';
import { grouped, percent } from './numbers.js';
import type { KnownReport } from './report.js';
import { shortened } from './short-name.js';
import { reportWidth, wrapText } from './wrap-text.js';

/** Models with more layers have neighbours share a row: the picture stays small. */
const mostRows = 16;
const barCells = 40;
const mostBuffers = 6;
const mostNames = 3;
const under = ' '.repeat(13);

type Layers = KnownReport['layers'];

export function memoryPictureLines(report: KnownReport, heading: (text: string) => string): string[] {
  const { layers, memory } = report;
  if (layers.length === 0) return [];
  const { activationRoom: room } = memory;
  const rows = rowsOf(layers);
  const most = Math.max(...layers.map(({ liveBytes }) => liveBytes));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const shared = rows.length < layers.length ? `; a row is the largest of ${Math.ceil(layers.length / mostRows)}` : '';
  const [head, ...rest] = wrapText(
    `memory       bytes alive in the arena while each layer runs; there is room for ${grouped(room)}${most > room ? ' (#), not for more (!)' : ''}${shared}`,
    reportWidth,
    under,
  );
  return [
    head!.replace('memory', heading),
    ...rest,
    ...rows.map(({ name, bytes }) => {
      const mark = bytes === most ? '  the most' : '';
      return `${under}${name.padEnd(width)}  ${grouped(bytes).padStart(11)}  ${barOf(bytes, most, room)}${mark}`;
    }),
    ...peakLines(report),
    ...overLines(report),
  ];
}

function rowsOf(layers: Layers): readonly { readonly name: string; readonly bytes: number }[] {
  const each = Math.ceil(layers.length / mostRows);
  return Array.from({ length: Math.ceil(layers.length / each) }, (_, row) => {
    const group = layers.slice(row * each, (row + 1) * each);
    const largest = group.reduce((a, b) => (b.liveBytes > a.liveBytes ? b : a));
    return { name: shortened(printable(largest.layer)), bytes: largest.liveBytes };
  });
}

/** At least one cell for what is alive; `!` for what there is no room for. */
function barOf(bytes: number, most: number, room: number): string {
  const cells = (count: number): number => Math.round((barCells * count) / Math.max(1, most));
  const all = bytes === 0 ? 0 : Math.max(1, cells(bytes));
  const held = bytes <= room ? all : Math.min(all - 1, cells(room));
  return '#'.repeat(Math.max(0, held)) + '!'.repeat(all - Math.max(0, held));
}

/** The layer at which the most is alive; nothing of a model without layers. */
export function peakLine({ memory: { peak } }: KnownReport): string[] {
  if (peak === null) return [];
  const { layer, operator, liveBytes } = peak;
  return [`peak         ${shortened(printable(layer))} (${operator}): ${grouped(liveBytes)} bytes are alive at once`];
}

function peakLines(report: KnownReport): string[] {
  const { peak } = report.memory;
  if (peak === null) return [];
  const { layer, liveBytes, buffers } = peak;
  const left = buffers.slice(mostBuffers);
  const twice = buffers.reduce((sum, { bytes }) => sum + bytes, 0) - liveBytes;
  return [
    ...peakLine(report),
    ...buffers
      .slice(0, mostBuffers)
      .map((buffer) => `${under}${grouped(buffer.bytes).padStart(11)}  ${wordsOf(buffer, layer)}`),
    ...(left.length === 0
      ? []
      : [`${under}${grouped(left.reduce((sum, { bytes }) => sum + bytes, 0)).padStart(11)}  ${left.length} more`]),
    ...(twice > 0
      ? [`${under}${grouped(-twice).padStart(11)}  in which outputs overwrite inputs as they are read`]
      : []),
  ];
}

function wordsOf({ tensor, from, until }: LiveBuffer, layer: string): string {
  if (tensor === null) return 'scratch of its kernel';
  const name = `${shortened(printable(tensor.name))} ${tensor.dtype}[${tensor.shape.join(', ')}]`;
  const named = (other: string): string => shortened(printable(other));
  const source = from === null ? 'input of the model' : from === layer ? 'written here' : `from ${named(from)}`;
  const end = until === null ? ', output of the model' : until === layer ? '' : `, kept for ${named(until)}`;
  return `${name}: ${source}${end}`;
}

/** What would have to become smaller. */
function overLines({ layers, memory }: KnownReport): string[] {
  const { activationRoom: room, estimate, lowerBound, ram } = memory;
  const over = layers.filter(({ liveBytes }) => liveBytes > room);
  if (over.length === 0) {
    if (ram.used <= ram.available) return [];
    const { usedBytes, leastArenaBytes, activationBytes } = estimate;
    const cause =
      leastArenaBytes > usedBytes
        ? `the runtime needs ${grouped(leastArenaBytes)} bytes to set up`
        : `placed in memory they take ${grouped(activationBytes)} bytes, where ${grouped(lowerBound)} are alive at once`;
    return [`over         not the layers: ${cause}`];
  }
  const names = over.slice(0, mostNames).map(({ layer }) => shortened(printable(layer)));
  const more = over.length > mostNames ? ' ...' : '';
  return wrapText(
    `over         more than there is room for is alive at ${over.length} of ${layers.length} layers: ${names.join(', ')}${more}`,
    120,
    under,
  );
}

/** The layers that hold the most of the weights. */
export function weightLines({ layers }: KnownReport): string[] {
  const total = layers.reduce((sum, { weightBytes }) => sum + weightBytes, 0);
  const largest = [...layers]
    .sort((a, b) => b.weightBytes - a.weightBytes)
    .slice(0, mostNames)
    .filter(({ weightBytes }) => weightBytes > 0)
    .map(
      ({ layer, weightBytes }) =>
        `${shortened(printable(layer))} ${grouped(weightBytes)} (${percent(weightBytes, total)})`,
    );
  return largest.length === 0
    ? []
    : wrapText(`weights      the layers read ${grouped(total)} bytes; the most ${largest.join(', ')}`, 120, under);
}
