// Whether the files of a data set are still as they were: what is read twice has to be the same, or figures are of two data sets.
import { statusOf } from './bytes/file-access.js';
import { refuse } from './refuse.js';

export class UnchangedFiles {
  readonly #known = new Map<string, string>();

  /** Notes how a file is when it is first named; refuses (DATA_CHANGED) what was written to since then. */
  async require(path: string): Promise<void> {
    const status = await statusOf(path);
    // Whoever reads it says so.
    if (status === undefined) return;
    const now = `${status.size} bytes, written at ${status.mtimeMs}`;
    const before = this.#known.get(path);
    if (before === undefined) this.#known.set(path, now);
    else if (before !== now)
      refuse('DATA_CHANGED', {
        what: 'the file was written to while the run was reading it',
        where: path,
        next: 'wait until the data is complete, then run the same command again',
      });
  }
}
