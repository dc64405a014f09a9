// Follows a Markdown file in a folder, and says where what is printed is not what it shows.
import { runSteps } from './run-steps.mjs';
import { stepsOf } from './steps.mjs';

/**
 * @param {string} markdown
 * @param {string} folder where its commands are run
 * @param {(words: readonly string[]) => void} [told] before each command
 * @returns {{ differing: readonly { line: number, shown: string, printed: string }[], asPrinted: string }} `asPrinted`: the
 *   Markdown with what is printed in the place of what it shows
 */
export function follow(markdown, folder, told) {
  const steps = stepsOf(markdown);
  const printed = runSteps(steps, folder, told);
  const differing = steps
    .map(({ line, shown }, i) => ({ line, shown, printed: printed[i] }))
    .filter(({ shown, printed: text }) => shown !== undefined && shown.text !== text);
  // From the end on, so that the places before stay where they are.
  const asPrinted = differing
    .toReversed()
    .reduce(
      (all, { shown: { from, text }, printed: now }) => all.slice(0, from) + now + all.slice(from + text.length),
      markdown,
    );
  return {
    differing: differing.map(({ line, shown: { text }, printed: now }) => ({ line, shown: text, printed: now })),
    asPrinted,
  };
}
