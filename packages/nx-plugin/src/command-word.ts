// Words of a command line that both kinds of shells read alike: Nx runs commands through the one that a system has.
import { WherryError } from '@wherry/graph';
import { configDiagnostics } from '@wherry/pipeline/tool';

/** `where`: the file that it comes from. Throws CONFIG_INVALID for what some shell, or Nx, would put something else for. */
export function commandWord(text: string, where: string): string {
  if (/["$`\\%{}\u0000-\u001f\u007f]|^-/.test(text))
    throw new WherryError(configDiagnostics.CONFIG_INVALID, {
      what: `${JSON.stringify(text)} cannot be a word of a command line that every shell reads alike`,
      where,
      next: 'name it without quotes, braces, backslashes, $, % and `, and without a dash in front; / stands between folders everywhere',
    });
  return /^[\w./:@+,=-]+$/.test(text) ? text : `"${text}"`;
}
