// What a check says: the facts it looked for, each there or not, and what was seen instead.

/**
 * Collects facts. Each has a sentence of what is right and whether it held; `see` adds a figure to what was seen, right
 * or wrong. `verdict` is { right, seen, missed }.
 */
export function factSheet() {
  const [seen, missed] = [[], []];
  return {
    see: (text) => seen.push(text),
    /** Returns `held`, for facts that the next ones rest on. */
    fact(sentence, held, otherwise) {
      if (!held) missed.push(otherwise === undefined ? sentence : `${sentence}: ${otherwise}`);
      return held;
    },
    verdict: () => ({ right: missed.length === 0, seen: seen.join('; '), missed }),
  };
}

/** Exit code and, of a refusal, its first line: what a person sees first. */
export function outcome({ code, stderr, report }) {
  if (code === 0) return `exit 0${warningCodes(report)}`;
  const line = stderr.split('\n').find((each) => /^[A-Z][A-Z0-9_]+: /.test(each));
  return `exit ${code} ${line ?? stderr.trim().split('\n').at(-1) ?? ''}`;
}

const warningCodes = (report) => {
  const codes = (report?.warnings ?? [])
    .map(({ code }) => code)
    .filter((code) => code !== 'ACCURACY_ON_CALIBRATION_DATA');
  return codes.length === 0 ? '' : ` ${[...new Set(codes)].join(', ')}`;
};

/** A refusal has a code of its own; a crash (1) or a time-out (null) is none. */
export const refused = ({ code }) => code !== null && code > 1;

/** The diagnostics that reached the screen, each on one line: the warnings of a run that ended well, or its refusal. */
export function diagnosticsOf({ code, stdout, stderr }) {
  if (code !== 0) return [oneLine(stderr)];
  return `${stdout}\n${stderr}`
    .split(/\n(?=warning\s)|\n\s*\n/)
    .filter((block) => /^warning\s/.test(block))
    .map(oneLine);
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** Whether one and the same diagnostic on the screen has all of these facts in it. */
export const told = (run, ...patterns) =>
  run.code !== 1 &&
  run.code !== null &&
  diagnosticsOf(run).some((diagnostic) => patterns.every((pattern) => pattern.test(diagnostic)));

/** Top-1 figures of the only output, whatever kind of decision they count; undefined where none were made. */
export const decisionsOf = ({ report }) =>
  Object.values(report?.accuracy?.[0] ?? {}).find(
    (value) => typeof value === 'object' && value !== null && 'floatRight' in value && value.labelled > 0,
  );

export const sqnrOf = ({ report }) => report?.accuracy?.[0]?.sqnrDb ?? Infinity;
export const decibels = (value) => `${value.toFixed(1)} dB`;
