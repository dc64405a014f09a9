// What two lists of outputs say of each other, and the areas under curves: pure functions over samples of real values.

/**
 * `expected`, `actual`: one Float64Array per sample. `labels`: one per sample, or undefined. `lost`, `won`: decisions that are
 * right only in `expected`, only in `actual`.
 */
export function compareOutputs(expected, actual, labels) {
  let signal = 0;
  let noise = 0;
  let agree = 0;
  let [right, lost, won] = [0, 0, 0];
  expected.forEach((values, i) => {
    values.forEach((value, k) => {
      signal += value * value;
      noise += (value - actual[i][k]) ** 2;
    });
    const choice = argmax(actual[i]);
    const floatChoice = argmax(values);
    if (choice === floatChoice) agree++;
    if (choice === labels[i]) right++;
    if (choice !== labels[i] && floatChoice === labels[i]) lost++;
    if (choice === labels[i] && floatChoice !== labels[i]) won++;
  });
  return { sqnrDb: noise === 0 ? Infinity : 10 * Math.log10(signal / noise), agree, right, lost, won };
}

export const accuracyOf = (outputs, labels) => outputs.filter((values, i) => argmax(values) === labels[i]).length;

/** Position of the greatest value; of equals the first. */
export function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/**
 * Area under the ROC curve of an autoencoder's anomaly score: a recording's mean squared reconstruction error. `samples`
 * are its windows, with `group` (the recording) and `label` (1: anomaly).
 */
export function anomalyAuc(samples, outputs) {
  const recordings = new Map();
  samples.forEach(({ inputs, group, label }, i) => {
    const recording = recordings.get(group) ?? { label, error: 0, values: 0 };
    inputs[0].forEach((value, k) => (recording.error += (value - outputs[i][k]) ** 2));
    recording.values += inputs[0].length;
    recordings.set(group, recording);
  });
  const scores = [...recordings.values()].map(({ label, error, values }) => ({ label, score: error / values }));
  const [anomalies, normals] = [1, 0].map((wanted) => scores.filter(({ label }) => label === wanted));
  const wins = anomalies.flatMap((a) => normals.map((n) => (a.score > n.score ? 1 : a.score === n.score ? 0.5 : 0)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

/** Rows of cells as text with aligned columns. */
export function textTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
