// HTML as a value: text that goes into it is escaped, whoever it came from.
import { printable } from '@wherry/graph';

/** Text that is HTML already: made by `markup` alone. */
export interface Markup {
  readonly html: string;
}

export type Content = Markup | string | number | undefined | readonly Content[];

/** Whatever stands between the literal parts is text, unless it is markup. Nothing of `undefined`. */
export function markup(literal: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: literal.map((part, i) => (i === 0 ? part : textOf(contents[i - 1]) + part)).join('') };
}

function textOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(content);
  return 'html' in content ? content.html : content.map(textOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Holds in elements and in attributes with either quote; no control or bidi character is left to move other text. */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character]!);
}
