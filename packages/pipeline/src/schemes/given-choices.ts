// What a run decides that is otherwise chosen, and whether a scheme has a use for it: what decides nothing is refused, or told.
import {
  diagnose,
  elementCount,
  operatorOf,
  tensorAt,
  weightedOperands,
  WherryError,
  type Diagnostic,
  type Graph,
} from '@wherry/graph';
import { defaultBudgetSeconds, isNarrowMatrix, needsRanges, schemes, type SelectOptions } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { schemeDiagnostics } from '../scheme-diagnostics.js';
import type { LegalScheme } from './consider-schemes.js';

/** `option`: as it is given on the command line. */
interface GivenChoice {
  readonly option: string;
  readonly isUsed: (graph: Graph, options: SelectOptions) => boolean;
  /** Why it may decide nothing, as the end of a sentence that says so. */
  readonly unlessUsed: string;
}

export function givenChoices(request: DeployRequest): readonly GivenChoice[] {
  const { training, method, biasCorrection, equalization, rounding, weightClipping, budgetSeconds, compactMatrices } =
    request;
  const ofRanges = (option: string): GivenChoice => ({
    option,
    isUsed: (_, options) => needsRanges(options),
    unlessUsed: 'no range of activations is chosen',
  });
  const ofWeights = (option: string): GivenChoice => ({
    ...ofRanges(option),
    isUsed: (_, options) => needsRanges(options) && schemes[options.scheme].weights.kind === 'affine',
  });
  const ofFoundWeights = (option: string): GivenChoice => ({
    ...ofWeights(option),
    isUsed: (graph, options) =>
      ofWeights(option).isUsed(graph, options) &&
      graph.nodes.some(({ kind }) => operatorOf(kind).patches !== undefined),
  });
  return [
    ...(method === 'auto' ? [] : [ofRanges(`--method ${method}`)]),
    ...(biasCorrection === 'auto' ? [] : [ofWeights(biasCorrection ? 'biasCorrection' : '--no-bias-correction')]),
    ...(equalization === 'auto' ? [] : [ofRanges(equalization ? 'equalization' : '--no-equalization')]),
    ...(rounding === 'auto' ? [] : [ofFoundWeights(`--rounding ${rounding}`)]),
    ...(weightClipping === 'auto' ? [] : [ofFoundWeights(weightClipping ? 'weightClipping' : '--no-weight-clipping')]),
    ...(budgetSeconds === defaultBudgetSeconds ? [] : [ofRanges('--budget')]),
    ...(training === undefined ? [] : [ofWeights('training')]),
    ...(compactMatrices
      ? [
          {
            option: '--compact-matrices',
            isUsed: hasNarrowMatrix,
            unlessUsed: 'no matrix has several scales that weigh much beside its rows',
          },
        ]
      : []),
  ];
}

function hasNarrowMatrix(graph: Graph, { scheme: name, granularity }: SelectOptions): boolean {
  const scheme = schemes[name];
  return graph.nodes.some((node) => {
    const weighted = weightedOperands(node.kind);
    if (weighted === undefined || scheme.weights.kind !== 'affine' || !isNarrowMatrix(graph, node)) return false;
    const elements = elementCount(tensorAt(graph, node.inputs[weighted.weights]!).shape);
    return elements >= scheme.leastElements && granularity(node.kind, scheme) === 'per-axis';
  });
}

/** Throws SETTING_UNUSED for what no scheme uses of those that may come to be tried. */
export function requireUsed(request: DeployRequest, graph: Graph, open: readonly LegalScheme[]): void {
  const unused = [
    ...givenChoices(request).filter(({ isUsed }) => !open.some(({ options }) => isUsed(graph, options))),
    ...withoutData(request, open),
  ];
  const [first, ...more] = unused;
  if (first === undefined) return;
  const names = open.map(({ place }) => place.scheme).join(' or ');
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `${wordsOf(unused)} ${more.length === 0 ? 'is given and decides' : 'are given and decide'} nothing in ${names}: ${whyOf(unused)}`,
    next: `leave ${more.length === 0 ? 'it' : 'them'} away`,
  });
}

/** Where ranges are needed, who opens the data asks for it. */
function withoutData(
  request: DeployRequest,
  open: readonly LegalScheme[],
): Pick<GivenChoice, 'option' | 'unlessUsed'>[] {
  const { calibration, evaluation, samples, preprocessing = {}, task } = request;
  if (calibration !== undefined || evaluation !== undefined || open.some(({ options }) => needsRanges(options)))
    return [];
  return [
    ...(samples === undefined ? [] : ['--samples']),
    ...(Object.keys(preprocessing).length === 0 ? [] : ['--preprocess']),
    ...(task === undefined ? [] : ['--task']),
  ].map((option) => ({ option, unlessUsed: 'no data is given' }));
}

/** Of the scheme that was chosen, where one that was open as well would have used it. */
export function unusedWarnings(request: DeployRequest, graph: Graph, options: SelectOptions): readonly Diagnostic[] {
  const unused = givenChoices(request).filter(({ isUsed }) => !isUsed(graph, options));
  if (unused.length === 0) return [];
  return [
    diagnose(schemeDiagnostics.SETTING_WITHOUT_EFFECT, {
      what: `${wordsOf(unused)} decided nothing, since ${options.scheme} was chosen: ${whyOf(unused)}`,
      next: `leave ${unused.length === 1 ? 'it' : 'them'} away, or look above why the schemes before it were not taken`,
    }),
  ];
}

type Told = readonly Pick<GivenChoice, 'option' | 'unlessUsed'>[];

function wordsOf(unused: Told): string {
  return unused.map(({ option }) => option).join(', ');
}

function whyOf(unused: Told): string {
  return [...new Set(unused.map(({ unlessUsed }) => unlessUsed))].join('; ');
}
