// Which class a sample is of: by its label, or by what the float model answers.
import type { TensorData } from '@wherry/graph';
import type { ClassOf } from '@wherry/quantizer';
import { classOf } from './class-judge.js';
import type { OutputTask, OutputTasks } from './output-task.js';

/** The output that tells classes apart, one of each sample. */
export interface ClassOutput {
  readonly position: number;
  readonly classes: number;
  readonly labelled: boolean;
}

/** The one that there are labels for, else the first; undefined where no output is of classes. */
export function classOutput({ tasks }: OutputTasks): ClassOutput | undefined {
  const outputs = tasks.flatMap((task, position) => {
    const classes = classesOf(task);
    return classes === undefined ? [] : [{ position, classes, labelled: 'labelled' in task && task.labelled }];
  });
  return outputs.find(({ labelled }) => labelled) ?? outputs[0];
}

function classesOf(task: OutputTask): number | undefined {
  if (task.kind === 'classes') return task.classes;
  return task.kind === 'binary' && task.threshold !== undefined ? 2 : undefined;
}

/** `labels`: of the samples so far, in their order. */
export function classReader(tasks: OutputTasks, labels: readonly (number | undefined)[]): ClassOf {
  const output = classOutput(tasks);
  if (output === undefined) return () => undefined;
  const { position, classes, labelled } = output;
  const task = tasks.tasks[position]!;
  const decide = (values: TensorData): number | undefined => {
    if (task.kind === 'binary') return Number(values[0]) > task.threshold! ? 1 : 0;
    // Of many decisions, as of the pixels of a picture, none is that of the sample.
    return values.length === classes ? classOf(values as Float32Array, 0, classes) : undefined;
  };
  return (sample, outputs) => (labelled ? labels[sample] : undefined) ?? decide(outputs[position]!);
}
