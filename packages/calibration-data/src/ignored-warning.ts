// The warning that some entries of a folder or archive are no samples, naming the first of them.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { dataDiagnostics } from './diagnostics.js';

const shown = 3;

export function ignoredWarning(path: string, ignored: readonly string[]): readonly Diagnostic[] {
  if (ignored.length === 0) return [];
  const names = ignored.slice(0, shown).join(', ');
  const details = {
    what: `${ignored.length} ${ignored.length === 1 ? 'entry was' : 'entries were'} left out: ${names}${ignored.length > shown ? ', ...' : ''}`,
    where: path,
    next: 'nothing, unless one of them should be a sample',
  };
  return [diagnose(dataDiagnostics.DATA_FILES_IGNORED, details)];
}
