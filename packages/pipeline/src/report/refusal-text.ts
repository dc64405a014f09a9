// What a refused run's report says beside the rest: that it does not fit, what would, and that nothing was written.
import { printable } from '@wherry/graph';
import type { RefusedReport } from './refused-report.js';
import { reportWidth, wrapText } from './wrap-text.js';

const under = ' '.repeat(13);
export function remedyLines({ remedies, memory: { flash, ram } }: RefusedReport): string[] {
  if (flash.used <= flash.available && ram.used <= ram.available) return [];
  const lines =
    remedies.length === 0
      ? ['nothing that was tried: other options, other device profiles, half the input']
      : remedies.map(({ what }) => what);
  return lines.flatMap((line, i) =>
    wrapText(`${i === 0 ? 'would fit    ' : under}${printable(line)}`, reportWidth, `${under}  `),
  );
}

/** `written`: "the checkpoint in FILE", which stays. */
export function unwrittenLines({ error, foreseen }: RefusedReport, written: readonly string[]): string[] {
  const early = foreseen === null ? '' : '; no data was read: the shapes of the layers told it';
  const what = written.length === 0 ? 'nothing' : `only ${written.join(' and ')}`;
  return wrapText(printable(`wrote        ${what} (${error.code})${early}`), reportWidth, under);
}
