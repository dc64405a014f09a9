// Least and greatest value of every channel.

/** `low`, `high`: a float32 per channel, written anew. */
export function channelEnds(values: usize, count: i32, channels: i32, low: usize, high: usize): void {
  const vectors = channels & ~3;
  for (let c = 0; c < channels; c++) {
    store<f32>(low + ((<usize>c) << 2), Infinity);
    store<f32>(high + ((<usize>c) << 2), -Infinity);
  }
  const rowBytes = (<usize>channels) << 2;
  const end = values + ((<usize>count) << 2);
  for (let row = values; row < end; row += rowBytes) {
    let c = 0;
    for (; c < vectors; c += 4) widenFour(row + ((<usize>c) << 2), low + ((<usize>c) << 2), high + ((<usize>c) << 2));
    for (; c < channels; c++) widenOne(row + ((<usize>c) << 2), low + ((<usize>c) << 2), high + ((<usize>c) << 2));
  }
}

function widenFour(at: usize, low: usize, high: usize): void {
  const four = v128.load(at);
  v128.store(low, f32x4.pmin(v128.load(low), four));
  v128.store(high, f32x4.pmax(v128.load(high), four));
}

function widenOne(at: usize, low: usize, high: usize): void {
  const value = load<f32>(at);
  if (value < load<f32>(low)) store<f32>(low, value);
  if (value > load<f32>(high)) store<f32>(high, value);
}
