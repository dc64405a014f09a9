// The gradient kernels that the WebAssembly backend of TensorFlow.js lacks, composed of those it has.
import tf from '@tensorflow/tfjs-core';

/** Registers filter gradients of 2-D convolutions and both gradients of depthwise ones. NHWC, dilation 1. */
export function registerWasmGradients() {
  register('Conv2DBackpropFilter', ({ x, dy }, { filterShape, strides, pad }) => {
    const [filterH, filterW, channels, filters] = filterShape;
    const rows = tf.reshape(dy, [-1, filters]);
    const taps = eachTap(x, dy, filterH, filterW, strides, pad, (window) =>
      tf.matMul(tf.reshape(window, [-1, channels]), rows, true),
    );
    return tf.reshape(tf.stack(taps), filterShape);
  });
  register('DepthwiseConv2dNativeBackpropFilter', ({ x, dy }, { filterShape, strides, pad }) => {
    const taps = eachTap(x, dy, filterShape[0], filterShape[1], strides, pad, (window) =>
      tf.sum(tf.mul(window, dy), [0, 1, 2]),
    );
    return tf.reshape(tf.stack(taps), filterShape);
  });
  register('DepthwiseConv2dNativeBackpropInput', ({ dy, filter }, { inputShape, pad }) => {
    const [filterH, filterW, channels] = filter.shape;
    const [top, left] = leading(inputShape, dy.shape, filterH, filterW, [1, 1], pad);
    const flipped = tf.reverse(filter, [0, 1]);
    const padded = tf.pad(dy, [
      [0, 0],
      [filterH - 1 - top, inputShape[1] - dy.shape[1] + top],
      [filterW - 1 - left, inputShape[2] - dy.shape[2] + left],
      [0, 0],
    ]);
    return tf.depthwiseConv2d(padded, tf.reshape(flipped, [filterH, filterW, channels, 1]), 1, 'valid');
  });
}

function register(kernelName, compute) {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(asTensors(inputs), attrs)),
  });
}

/**
 * Kernels are handed bare tensor records; operators want tensors on the same data. The end of the tidy disposes of those
 * tensors, so the data is counted once more to outlive them.
 */
function asTensors(inputs) {
  const tensorOf = (info) => {
    tf.backend().incRef(info.dataId);
    return tf.engine().makeTensorFromTensorInfo(info);
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, tensorOf(info)]));
}

function eachTap(x, dy, filterH, filterW, strides, pad, visit) {
  const [strideH, strideW] = Array.isArray(strides) ? strides : [strides, strides];
  const [, outputH, outputW] = dy.shape;
  const [top, left] = leading(x.shape, dy.shape, filterH, filterW, [strideH, strideW], pad);
  const needH = (outputH - 1) * strideH + filterH;
  const needW = (outputW - 1) * strideW + filterW;
  const padded = tf.pad(x, [
    [0, 0],
    [top, Math.max(0, needH - x.shape[1] - top)],
    [left, Math.max(0, needW - x.shape[2] - left)],
    [0, 0],
  ]);
  const taps = [];
  for (let fy = 0; fy < filterH; fy++) {
    for (let fx = 0; fx < filterW; fx++) {
      const end = [x.shape[0], fy + (outputH - 1) * strideH + 1, fx + (outputW - 1) * strideW + 1, x.shape[3]];
      taps.push(visit(tf.stridedSlice(padded, [0, fy, fx, 0], end, [1, strideH, strideW, 1])));
    }
  }
  return taps;
}

/** Padding in front, as TensorFlow's `same` splits it: the odd element goes behind. */
function leading(inputShape, outputShape, filterH, filterW, [strideH, strideW], pad) {
  if (pad !== 'same') return [0, 0];
  const total = (output, stride, filter, input) => Math.max(0, (output - 1) * stride + filter - input);
  return [
    total(outputShape[1], strideH, filterH, inputShape[1]) >> 1,
    total(outputShape[2], strideW, filterW, inputShape[2]) >> 1,
  ];
}
