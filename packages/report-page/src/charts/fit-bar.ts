// How full a memory is: what is used, what there is, and what is too much.
import { grouped } from '@wherry/graph';
import { markup, type Markup } from '../markup.js';
import type { FitBar } from '../page.js';
import { percent, percentOf } from '../text/percent.js';
import { chart } from './chart.js';

export function fitBar({ label, used, available, words }: FitBar, id: string, atLeast: boolean): Markup {
  const room = Math.max(0, available);
  const whole = Math.max(used, room, 1);
  const over = Math.max(0, used - room);
  const share = room === 0 ? 'there is none' : `${percent(used / room)} of ${grouped(room)}`;
  const bytes = `${atLeast ? 'at least ' : ''}${grouped(used)} bytes`;
  const tooMany = `${atLeast ? 'at least ' : ''}${grouped(over)} bytes too many`;
  const says = `${bytes}, ${share}`;
  const held = used - over;
  return chart(
    {
      id,
      title: `${label}: ${over > 0 ? 'it does not fit' : atLeast ? `may fit: ${bytes}` : 'it fits'}`,
      description: `${says}${over === 0 ? '' : `; ${tooMany}`}. ${words}`,
      height: 64,
      caption: words,
    },
    markup`<text x="0" y="14" class="strong">${label}</text><text x="100%" y="14" class="end">${says}</text>
      <rect x="0" y="22" width="${percentOf(room, whole)}" height="20" rx="3" class="track" />
      <rect
        x="0"
        y="22"
        width="${percentOf(held, whole)}"
        height="20"
        rx="3"
        class="${over === 0 && !atLeast ? 'good' : 'plain'}"
      /> `,
    over === 0
      ? undefined
      : markup`<rect
            x="${percentOf(held, whole)}"
            y="22"
            width="${percentOf(over, whole)}"
            height="20"
            class="bad"
          />
          <line x1="${percentOf(room, whole)}" x2="${percentOf(room, whole)}" y1="18" y2="46" class="limit" />
          <text x="100%" y="60" class="end bad-text">${tooMany}</text> `,
  );
}
