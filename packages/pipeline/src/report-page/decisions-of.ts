// What a run decided, with the reason of each; what it considered and what it tried.
import { counted, grouped, short } from '@wherry/graph';
import { ratioWords, type CandidateRow, type Candidates, type Decision, type SchemeRow } from '@wherry/report-page';
import { endLines } from '../report/ends-report.js';
import { trainingLines } from '../report/training-text.js';
import type { KnownReport, Report, TensorReport } from '../report/report.js';
import { schemeName } from './verdict-of.js';

type Quantization = Report['quantization'];
type Tried = Quantization['candidates'][number];

export function decisionsOf(report: KnownReport): Decision[] {
  const { quantization, inputs, outputs, ends, rewrites } = report;
  return [
    schemeDecision(report),
    ...(quantization === undefined ? [] : settingDecisions(quantization)),
    ...inputs.map((tensor) => tensorDecision('Input', tensor)),
    ...outputs.map((tensor) => tensorDecision('Output', tensor)),
    ...endLines(ends).map((why) => ({ what: 'Types at the ends', choice: 'other than the profile says', why })),
    ...rewrites.map(({ rewrite, nodesBefore, nodesAfter, what }) => ({
      what: 'Rewrite',
      choice: rewrite,
      why: `${what} (${nodesBefore} nodes before, ${nodesAfter} after)`,
    })),
  ];
}

function schemeDecision(report: KnownReport): Decision {
  const { quantization, schemes, profile } = report;
  const passed = schemes.filter(({ why }) => why !== null);
  const why =
    quantization?.has !== undefined && quantization.has !== null
      ? 'The model was quantized already: nothing of its numbers is decided again.'
      : passed.length === 0
        ? `The first that ${profile.id} asks for.`
        : passed.map(({ scheme, verdict, why: said }) => `${scheme} was considered: ${verdict}; ${said!}.`).join(' ');
  return { what: 'Number format', choice: schemeName(report) || (schemes[0]?.scheme ?? 'as it is'), why };
}

function settingDecisions(quantization: Quantization): Decision[] {
  const { method, heldOut, candidates, refinedScales } = quantization;
  if (method === null) return [];
  const measured = heldOut.sqnrDb === null ? 'Nothing was tried against it.' : heldOutWords(heldOut, candidates.length);
  return [
    { what: 'Ranges of activations', choice: method, why: measured },
    ...(refinedScales === 0
      ? []
      : [
          {
            what: 'Refined ranges',
            choice: counted(refinedScales, 'scale'),
            why: 'Each of them has a method of its own that was measured to be better.',
          },
        ]),
    ...choices(quantization, measured),
    ...laterDecisions(quantization),
  ];
}

/** What is done or left alone. */
function choices(
  { biasCorrection, equalizedPairs, rounding, weightClipping, outputsCorrected }: Quantization,
  measured: string,
): Decision[] {
  const choice = (what: string, isMade: boolean, yes: string, no: string): Decision => ({
    what,
    choice: isMade ? yes : no,
    why: isMade ? measured : 'It was not shown to be better, or was not asked for.',
  });
  const evened = `evened out between ${counted(equalizedPairs, 'pair')} of layers`;
  return [
    choice('Biases', biasCorrection, 'corrected by the mean errors of the layers', 'as they are'),
    choice('Channels between layers', equalizedPairs > 0, evened, 'as they are'),
    choice('Rounding of weights', rounding === 'optimized', 'together, as they fit the samples', 'each to the nearest'),
    choice('Largest weights', weightClipping, 'cut off', 'all kept'),
    choice('Mean errors of the outputs', outputsCorrected, 'taken out', 'as they are'),
  ];
}

function laterDecisions({ mix, training, budget }: Quantization): Decision[] {
  return [
    ...(mix === null
      ? []
      : [
          {
            what: 'Layers of more precision',
            choice: mix.raised.join(', '),
            why: `They are computed in ${mix.high}: ${mix.low} alone breaks a limit.`,
          },
        ]),
    ...(training === null
      ? []
      : [
          {
            what: 'Training',
            choice: training.taken ? 'taken' : 'not taken',
            why: `${trainingLines(training).join('; ')}.`,
          },
        ]),
    ...(budget === null || budget.leftOut === 0
      ? []
      : [
          {
            what: 'Budget',
            choice: `${short(budget.seconds)} s`,
            why: `${counted(budget.leftOut, 'trial')} more did not go into it; a larger --budget tries them.`,
          },
        ]),
  ];
}

function heldOutWords({ sqnrDb, samples }: Quantization['heldOut'], tried: number): string {
  return `Kept of ${tried} tried: ${ratioWords(sqnrDb)}, on ${counted(samples, 'sample')} that its ranges were not made from.`;
}

function tensorDecision(what: string, { name, shape, dtype, scale, zeroPoint }: TensorReport): Decision {
  const zero = zeroPoint === null || zeroPoint === 0 ? '' : ` ${zeroPoint < 0 ? '+' : '-'} ${Math.abs(zeroPoint)}`;
  return {
    what: `${what} ${name}`,
    choice: `${dtype}[${shape.join(', ')}]`,
    why: scale === null ? 'Handed over as it is.' : `Real value = ${short(scale)} * (integer${zero}).`,
  };
}

export function schemesOf({ schemes }: KnownReport): SchemeRow[] {
  return schemes.map(({ scheme, mixed, verdict, why, fit, sqnrDb }) => ({
    scheme: mixed === null ? scheme : `${scheme} with ${mixed.layers} of ${mixed.of} layers in ${mixed.with}`,
    verdict,
    why: why ?? '',
    sqnrDb,
    flashBytes: fit?.flash.used ?? null,
    ramBytes: fit?.ram.used ?? null,
  }));
}

export function candidatesOf({ quantization }: KnownReport): Candidates | undefined {
  if (quantization === undefined || quantization.candidates.length === 0) return undefined;
  const { candidates, budget } = quantization;
  return {
    words: [
      'Each was compared with the best one before it, on samples that chose none of its ranges. It takes that one\u2019s place only where it is better by more than chance.',
      ...(budget === null
        ? []
        : [
            `Choosing took work for ${budget.spent.toFixed(1)} s on a usual machine, of ${grouped(budget.seconds)} s that were allowed.`,
          ]),
    ],
    rows: candidates.map(candidateRow),
  };
}

function candidateRow(tried: Tried): CandidateRow {
  const { sqnrDb, samples, gain, kept } = tried;
  return {
    settings: settingsOf(tried),
    sqnrDb: sqnrDb === undefined || !Number.isFinite(sqnrDb) ? null : sqnrDb,
    samples,
    gainDb: gain === undefined || !Number.isFinite(gain.db) ? null : gain.db,
    gainError: gain === undefined || !Number.isFinite(gain.standardError) ? null : gain.standardError,
    outcome: gain === undefined ? 'first' : kept ? 'kept' : 'dropped',
  };
}

function settingsOf({
  method,
  correctBias,
  equalized,
  refined,
  outputsCorrected,
  optimizedRounding,
  clippedWeights,
}: Tried): string {
  return [
    `ranges by ${method}`,
    ...(equalized ? ['even channels'] : []),
    ...(correctBias ? ['corrected biases'] : []),
    ...(refined > 0 ? [`${counted(refined, 'refined range')}`] : []),
    ...(clippedWeights ? ['largest weights cut off'] : []),
    ...(optimizedRounding ? ['weights rounded together'] : []),
    ...(outputsCorrected ? ['mean errors of the outputs taken out'] : []),
  ].join(', ');
}
