// What a refusal says; anything that is not a typed refusal fails the test.
import { WherryError } from '@wherry/graph';

/** The message of the WherryError that `run` throws, or `accepted`. */
export function refusalOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    return error.message;
  }
}
