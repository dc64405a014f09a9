// Colour on a terminal that wants it, plain text elsewhere.
import { styleText } from 'node:util';
import { plainStyle, type ReportStyle } from '@wherry/pipeline';

interface Terminal {
  readonly isTTY?: boolean;
}

/** Whether escape sequences may go to the stream: a terminal, and NO_COLOR (https://no-color.org) unset or empty. */
export function wantsColor(stream: Terminal, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}

export function reportStyle(color: boolean): ReportStyle {
  if (!color) return plainStyle;
  const paint =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      styleText(format, text, { validateStream: false });
  return { heading: paint('bold'), good: paint('green'), warning: paint('yellow') };
}
