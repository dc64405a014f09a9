// Tasks that the user declares: of which output each is, and whether the output can have it.
import { counted, elementCount, tensorAt, WherryError, type Graph } from '@wherry/graph';
import { evaluationDiagnostics } from '../evaluation-diagnostics.js';
import { natureOf, type OutputNature } from './output-task.js';
import { readTaskWord, taskNames, type TaskName } from './task-names.js';

/** By the position of the output. */
export type DeclaredTasks = ReadonlyMap<number, TaskName>;

/** `words`: `NAME` or `OUTPUT=NAME` each, OUTPUT a name or a number from 0. Throws TASK_IMPOSSIBLE. */
export function declaredTasks(words: readonly string[] | undefined, graph: Graph): DeclaredTasks {
  const declared = new Map<number, TaskName>();
  for (const word of words ?? []) {
    const read = readTaskWord(word);
    if (read === undefined)
      return refuse(word, 'it names no task', `give NAME or OUTPUT=NAME with a NAME of ${taskNames.join(', ')}`);
    const position = positionOf(word, read.output, graph);
    if (declared.has(position))
      return refuse(word, `output ${nameOf(graph, position)} is given two tasks`, 'give one for each output');
    requirePossible(word, read.task, graph, position);
    declared.set(position, read.task);
  }
  return declared;
}

/** The first input of as many values as the output; -1 where there is none. */
export function inputAgain(graph: Graph, position: number): number {
  const elements = elementCount(tensorAt(graph, graph.outputs[position]!).shape);
  return graph.inputs.findIndex((id) => elementCount(tensorAt(graph, id).shape) === elements);
}

function positionOf(word: string, output: string | undefined, graph: Graph): number {
  const names = graph.outputs.map((id) => tensorAt(graph, id).name);
  if (output === undefined) {
    if (names.length === 1) return 0;
    return refuse(word, `the model has ${names.length} outputs`, `say which is meant: ${words(names, word)}`);
  }
  const named = names.indexOf(output);
  const found = named >= 0 ? named : /^\d{1,9}$/.test(output) ? Number(output) : -1;
  if (found >= 0 && found < names.length) return found;
  const task = word.slice(word.lastIndexOf('=') + 1);
  return refuse(word, `the model has no output ${output}`, `choose from ${words(names, task)}`);
}

function words(names: readonly string[], task: string): string {
  return names.map((name) => `--task ${name}=${task}`).join(', ');
}

/** Needs of an output, in the words of the refusal. */
function requirePossible(word: string, task: TaskName, graph: Graph, position: number): void {
  const nature = natureOf(graph, graph.outputs[position]!);
  const lack = lackOf(task, nature, inputAgain(graph, position) >= 0);
  if (lack !== undefined) refuse(word, `output ${nameOf(graph, position)} ${lack.what}`, lack.next);
}

interface Lack {
  readonly what: string;
  readonly next: string;
}

function lackOf(task: TaskName, { elements, classes, scores }: OutputNature, isAgain: boolean): Lack | undefined {
  const has = `has ${counted(elements, 'value')}`;
  switch (task) {
    case 'classes':
      return classes > 1
        ? undefined
        : { what: `${has} along its last dimension, where classes stand`, next: 'declare binary or values' };
    case 'binary':
      return elements === 1
        ? undefined
        : { what: `${has}, and yes or no is one`, next: 'declare classes or multi-label' };
    case 'multi-label':
      return scores === 'independent' && elements > 1
        ? undefined
        : {
            what: scores === 'independent' ? has : 'ends in no sigmoid, so that nothing says which values are a yes',
            next: 'declare classes, binary or values; or end the model in a sigmoid',
          };
    case 'reconstruction':
      return isAgain
        ? undefined
        : { what: `${has}, as many as no input of the model`, next: 'declare values, which are held against targets' };
    case 'embedding':
      return elements > 1 ? undefined : { what: `${has}, which has no direction`, next: 'declare binary or values' };
    case 'values':
      return undefined;
  }
}

function nameOf(graph: Graph, position: number): string {
  return tensorAt(graph, graph.outputs[position]!).name;
}

function refuse(word: string, what: string, next: string): never {
  throw new WherryError(evaluationDiagnostics.TASK_IMPOSSIBLE, { what, where: `--task ${word}`, next });
}
