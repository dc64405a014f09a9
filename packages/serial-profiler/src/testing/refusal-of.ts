// What a piece of work is refused with.
import { WherryError } from '@wherry/graph';

/** The lines of the error that a piece of work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof WherryError) return error.message;
  throw new Error('nothing was refused with a code', { cause: error });
}
