// Why labels go with no output of the model, with the likely cause and what to do about it.
import { isSigns, type TruthSurvey } from '../inputs/truth-survey.js';
import { classCount, type OutputNature } from './output-task.js';

export interface Misfit {
  readonly what: string;
  readonly next: string;
}

/** Of the output that has scores of classes, or the first. */
export function misfitOf(natures: readonly OutputNature[], survey: TruthSurvey): Misfit {
  const nature = natures.find(({ scores }) => scores === 'rows') ?? natures[0];
  if (nature === undefined) return { what: 'the model has no output', next: 'give data without labels' };
  return survey.kind === 'rows' ? rowsMisfit(nature, survey) : numbersMisfit(nature, survey);
}

function rowsMisfit(nature: OutputNature, survey: TruthSurvey): Misfit {
  const { elements, classes, scores } = nature;
  const { width, oneHot, least, greatest, values } = survey;
  if (scores === 'rows' && elements !== classes) return mapMisfit(nature, survey);
  if (oneHot && width === 2)
    return {
      what: `the labels are one-hot rows of ${width} values`,
      next: 'save class numbers instead: y = np.argmax(y, axis=1)',
    };
  if (width !== elements)
    return {
      what: `there are ${width} labels or targets for each sample and the model gives ${elements} ${elements === 1 ? 'value' : 'values'}`,
      next: 'save one class number for each sample, or one target for each value of the output',
    };
  if (scores === 'independent')
    return {
      what: `the labels go from ${short(least)} to ${short(greatest)} and the model gives values from 0 to 1`,
      next:
        values.length === 2 && least === 0
          ? `save them as 0 and 1: y / ${short(greatest)}`
          : 'save 0 and 1, or targets between them, as in training',
    };
  return {
    what: `each sample has a row of ${width} ${scores === 'rows' ? 'probabilities or targets' : 'values'} and the model decides for one class`,
    next: 'save the class number of each sample: y = np.argmax(y, axis=1)',
  };
}

/** Of an output that decides at each of many places. */
function mapMisfit({ elements, classes }: OutputNature, survey: TruthSurvey): Misfit {
  const { width, whole, least, greatest, values } = survey;
  const places = elements / classes;
  const range = `${classes} classes, 0 to ${classes - 1}`;
  if (width === elements)
    return {
      what: `the ${width} values of each sample are no shares of ${classes} classes along the last dimension, for which the model decides at each of ${places} places`,
      next: 'save class numbers: y = np.argmax(y, axis=-1), or axis=1 where the classes stand first',
    };
  if (width !== places)
    return {
      what: `there are ${width} labels for each sample and the model decides for one of ${classes} classes at each of ${places} places`,
      next: `save one class number for each of the ${places} places, in the size of the output`,
    };
  if (!whole)
    return {
      what: `the labels are fractions, ${short(least)} to ${short(greatest)}, and the model has ${range}`,
      next: 'save the class number of each place',
    };
  if (least === 1 && greatest === classes)
    return {
      what: `label ${greatest} is no class of the model, which has ${range}: the labels seem to count from 1`,
      next: 'count from 0: save y - 1',
    };
  if (classes === 2 && values.length === 2 && least === 0)
    return { what: `the labels are 0 and ${greatest} and the model has ${range}`, next: `save y // ${greatest}` };
  return {
    what: `label ${least < 0 ? least : greatest} is no class of the model, which has ${range}`,
    next: 'number the classes from 0 in the order of the outputs of the model, as in training; 255 where none is meant',
  };
}

function numbersMisfit(nature: OutputNature, survey: TruthSurvey): Misfit {
  const { whole, least, greatest, names } = survey;
  const classes = classCount(nature);
  const range = `${classes} classes, 0 to ${classes - 1}`;
  if (names !== undefined && names.length !== classes)
    return {
      what: `the data has ${names.length} ${names.length === 1 ? 'class' : 'classes'} (${listed(names)}) and the model ${classes === 1 ? 'one value' : classes}`,
      next:
        names.length < classes
          ? `give --labels with the names of all ${classes} classes in the order of the model's outputs, or give data of all of them`
          : 'give the folder or column that holds the classes of this model',
    };
  if (nature.elements !== nature.classes)
    return {
      what: 'the output holds many decisions for each sample and the label is one',
      next: 'nothing: the model is compared with its float original',
    };
  if (isSigns(survey))
    return {
      what: `the labels are -1 and 1 and the model has ${range}`,
      next: 'save them as 0 and 1: y = (y + 1) / 2',
    };
  if (!whole)
    return nature.scores === 'none'
      ? {
          what: `each sample has one number, ${short(least)} to ${short(greatest)}, and the model gives ${classes} values`,
          next: `save one target for each value of the output; where all estimate that number, as quantiles do: y = np.repeat(y.reshape(-1, 1), ${classes}, axis=1)`,
        }
      : {
          what: `the labels are fractions, ${short(least)} to ${short(greatest)}, and the model has ${range}`,
          next: 'save class numbers; targets of a regression go with a model of as many linear outputs',
        };
  if (least === 1 && greatest === classes)
    return {
      what: `label ${greatest} is no class of the model, which has ${range}: the labels seem to count from 1`,
      next: 'count from 0: save y - 1',
    };
  if (least === 0 && greatest === classes && nature.scores === 'independent' && classes > 1)
    return {
      what: `the labels are ${classes + 1} levels, 0 to ${greatest}, and the model has ${classes} sigmoids`,
      next: `if each sigmoid says whether its level is passed, save rows of 0 and 1: y = (y.reshape(-1, 1) > np.arange(${classes})).astype(int)`,
    };
  const wrong = least < 0 ? least : greatest;
  if (least < 0 || greatest >= classes)
    return {
      what: `label ${wrong} is no class of the model, which has ${range}`,
      next: 'number the classes from 0 in the order of the outputs of the model, as in training',
    };
  return {
    what: nature.likeInput
      ? 'the output has as many values as the input, like that of an autoencoder, and no scores of the classes that the labels name'
      : `the output holds ${nature.elements} values, few of which the labels name: they do not seem to be scores of classes`,
    next: 'nothing: the model is compared with its float original, value by value',
  };
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, ...` : names.join(', ');
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
