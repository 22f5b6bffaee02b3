// Imported by a server that is measured: records the longest turn of its event loop, which is what others wait.
import { openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const figures = Buffer.alloc(100);
const file = open();

function open() {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return undefined; // Only Linux has it.
  }
}

/** Processor time of this thread, which a busy machine does not change much. */
function cpuMs() {
  if (file === undefined) return Number.NaN;
  const length = readSync(file, figures, 0, figures.length, 0);
  return Number.parseInt(figures.toString('latin1', 0, length), 10) / 1e6;
}

let isRecording = false;
let longest = { wallMs: 0, cpuMs: 0 };
let before = { wallMs: 0, cpuMs: 0 };

function note() {
  const now = { wallMs: performance.now(), cpuMs: cpuMs() };
  longest = {
    wallMs: Math.max(longest.wallMs, now.wallMs - before.wallMs),
    cpuMs: Math.max(longest.cpuMs, now.cpuMs - before.cpuMs),
  };
  before = { wallMs: performance.now(), cpuMs: cpuMs() };
  if (isRecording) setImmediate(note);
}

process.on('message', (message) => {
  isRecording = message === 'record';
  if (!isRecording) {
    process.send?.(longest);
    return;
  }
  before = { wallMs: performance.now(), cpuMs: cpuMs() };
  longest = { wallMs: 0, cpuMs: 0 };
  setImmediate(note);
});
process.channel?.unref();
