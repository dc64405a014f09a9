// Handwritten digits: pictures of each digit in a folder of its own to calibrate with, arrays to evaluate on, two networks.
import { pngBytes } from '../../packages/calibration-data/test/written-files.mjs';
import { digitsDataset } from '../networks/digits-dataset.mjs';
import { kerasH5 } from '../networks/save-keras-h5.mjs';
import { trainNetwork } from '../networks/train-network.mjs';
import { convertedTflite } from './converted-tflite.mjs';
import { digitsNetwork, smallDigitsNetwork } from './digits-networks.mjs';
import { labelledArrays } from './labelled-arrays.mjs';

const { shape, draw } = digitsDataset;
const [height, width] = shape;

const seeds = { training: 11, calibration: 12, evaluation: 13, weights: 3 };
const counts = { calibration: 120, evaluation: 400 };
const pictureFolder = 'pictures';

export const digits = {
  name: 'digits',
  data: () =>
    new Map([...pictures(), ['digits-test.npz', labelledArrays(draw(counts.evaluation, seeds.evaluation), shape)]]),
  models: async (progress) => {
    const trained = async (network) =>
      kerasH5(await trainNetwork(network, seeds.weights, draw(network.training.samples, seeds.training), { progress }));
    const small = await convertedTflite(await trained(smallDigitsNetwork), smallDigitsNetwork.operators, {
      profile: 'stm32f4',
      scheme: 'int8',
      calibration: { name: pictureFolder, files: pictures() },
    });
    return new Map([
      ['digits.h5', await trained(digitsNetwork)],
      ['digits-small-int8.tflite', small],
    ]);
  },
};

/** One PNG for each, in the folder of its digit; not compressed, as compressed bytes differ between versions of zlib. */
function pictures() {
  const { values, labels } = draw(counts.calibration, seeds.calibration);
  return new Map(
    [...labels].map((digit, i) => {
      const gray = values.subarray(i * height * width, (i + 1) * height * width);
      const name = String(Math.floor(i / 10) + 1).padStart(2, '0');
      return [`${pictureFolder}/${digit}/${name}.png`, grayPng(gray)];
    }),
  );
}

function grayPng(gray) {
  return pngBytes(
    width,
    height,
    [...gray].flatMap((ink) => [ink, ink, ink]),
    0,
    { stored: true },
  );
}
