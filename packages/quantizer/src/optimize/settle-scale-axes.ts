// Scales of a vector lie along its one dimension, whichever the file names: TensorFlow Lite Micro reads no other, LiteRT refuses it.
import type { Tensor } from '@wherry/graph';
import type { Rewrite } from './rewrite.js';

export const settleScaleAxes: Rewrite = {
  name: 'settle-scale-axes',
  what: 'named the dimension of scales that a file says lie along one that the tensor does not have',
  apply(graph) {
    const tensors = graph.tensors.map(settled);
    return tensors.every((tensor, id) => tensor === graph.tensors[id]) ? graph : { ...graph, tensors };
  },
};

function settled(tensor: Tensor): Tensor {
  const { shape, quantization } = tensor;
  const isVector = shape.length === 1 && quantization?.scale.length === shape[0];
  if (quantization === undefined || !isVector || quantization.axis === 0) return tensor;
  return { ...tensor, quantization: { ...quantization, axis: 0 } };
}
