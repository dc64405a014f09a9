// What an output can be asked for, as users name it.

export const taskNames = ['classes', 'binary', 'multi-label', 'values', 'reconstruction', 'embedding'] as const;
export type TaskName = (typeof taskNames)[number];

/** A word of `--task`: `NAME`, or `OUTPUT=NAME`; the name of an output may hold `=` itself. Undefined where it names no task. */
export function readTaskWord(
  word: string,
): { readonly output: string | undefined; readonly task: TaskName } | undefined {
  const at = word.lastIndexOf('=');
  const task = taskNames.find((name) => name === word.slice(at + 1));
  return task === undefined || at === 0 ? undefined : { output: at < 0 ? undefined : word.slice(0, at), task };
}
