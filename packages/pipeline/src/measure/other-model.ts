// Another model that the outputs of a device are held against on the same inputs: mostly the float model that it came from.
import { type Diagnostic, type Engine } from '@wherry/graph';
import { withRealEnds } from '../accuracy/real-ends.js';
import type { EvaluatedModel } from '../evaluate/evaluation.js';
import { pairEnds } from '../evaluate/pair-ends.js';
import { readEvaluated } from '../evaluate/read-evaluated.js';
import { runnerOf, type Runner } from '../evaluate/run-evaluated.js';
import type { MeasuredModel } from './measured-model.js';

export interface OtherModel extends Pick<Runner, 'run' | 'dispose'> {
  readonly report: EvaluatedModel;
  /** EVALUATION_PAIRING, and what its import warns of. */
  readonly warnings: readonly Diagnostic[];
}

/** It takes and gives real values, by the positions of the model that is measured. Throws EVALUATION_ENDS, and what reading throws. */
export async function openOtherModel(
  path: string,
  { graph, fileName }: MeasuredModel,
  engine: Engine,
): Promise<OtherModel> {
  const other = await readEvaluated(path);
  const ends = pairEnds(withRealEnds(graph), other.real, { own: fileName, other: other.report.called });
  const runner = await runnerOf({ graph: other.real, ...ends }, engine);
  return {
    report: other.report,
    warnings: [...other.warnings, ...ends.warnings],
    run: (inputs) => runner.run(inputs),
    dispose: () => runner.dispose(),
  };
}
