// Runs one command as a whole process, cold, and reports its wall time and peak memory.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often the kernel's own high-water mark is read; only growth in the last moments can be missed. */
const pollMilliseconds = 10;

/** @returns {Promise<{ seconds: number, peakBytes: number }>} Rejects when the command fails, with what it printed. */
export function measureProcess(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let peakBytes = 0;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (printed = (printed + chunk).slice(-4000)));
    const poll = setInterval(() => (peakBytes = Math.max(peakBytes, highWaterMark(child.pid))), pollMilliseconds);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(poll);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (code === 0) resolve({ seconds, peakBytes });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${printed}`));
    });
  });
}

/** VmHWM of /proc/PID/status, which Linux keeps in kB; 0 once the process is gone, or on other systems. */
function highWaterMark(pid) {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? 0 : Number(line[1]) * 1024;
  } catch {
    return 0;
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
