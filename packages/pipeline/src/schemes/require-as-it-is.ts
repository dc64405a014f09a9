// Refuses what is asked for of a model that is quantized already and would have to quantize it again.
import { tensorAt, WherryError, type Graph } from '@wherry/graph';
import type { DeployRequest } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { givenChoices } from './given-choices.js';
import { numbersOf, schemeOf } from './numbers-of.js';

/** Throws SETTING_UNUSED: the file decides its numbers, and nothing is quantized again in silence. */
export function requireAsItIs(request: DeployRequest, graph: Graph): void {
  const [first, ...more] = unused(request, graph);
  if (first === undefined) return;
  const all = [first, ...more].join(', ');
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `${all} ${more.length === 0 ? 'is' : 'are'} given, and the model is quantized already (${numbersOf(graph)}): it goes through as it is, and nothing of its numbers is decided here`,
    next: `leave ${more.length === 0 ? 'it' : 'them'} away, or give the float model that this one was made from`,
  });
}

/** As options of the command line. */
function unused(request: DeployRequest, graph: Graph): string[] {
  const is = (end: 'inputs' | 'outputs', type: string): boolean =>
    graph[end].every((id) => tensorAt(graph, id).dtype === type);
  const { scheme, inputType, outputType, calibration, evaluation, samples, preprocessing, task } = request;
  const hasData = calibration !== undefined || evaluation !== undefined;
  return [
    ...(scheme === undefined || scheme === schemeOf(graph) ? [] : [`--scheme ${scheme}`]),
    ...(inputType === undefined || is('inputs', inputType) ? [] : [`--input-type ${inputType}`]),
    ...(outputType === undefined || is('outputs', outputType) ? [] : [`--output-type ${outputType}`]),
    ...givenChoices(request).map(({ option }) => option),
    // One set of samples is all that measuring takes.
    ...(calibration !== undefined && evaluation !== undefined && calibration !== evaluation
      ? ['--calibration beside --evaluation']
      : []),
    ...(!hasData && samples !== undefined ? ['--samples without data'] : []),
    ...(!hasData && preprocessing !== undefined && Object.keys(preprocessing).length > 0
      ? ['--preprocess without data']
      : []),
    ...(!hasData && task !== undefined ? ['--task without data'] : []),
  ];
}
