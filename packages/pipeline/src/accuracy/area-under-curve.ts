// The area under the ROC curve: how likely a sample of label 1 scores above one of label 0.

/** By the ranks (Mann-Whitney U), equal scores counting half. Undefined where one of the two labels is missing. */
export function areaUnderCurve(labels: readonly number[], scores: readonly number[]): number | undefined {
  const order = labels.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const positives = labels.filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    // Ranks from 1; all of an equal run get their mean.
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (labels[order[i]!] === 1) rankSum += rank;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
