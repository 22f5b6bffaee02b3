import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { setTimeout } from 'node:timers/promises';
import { TestClient } from '../testServer.ts';
import type { Watched } from './bystander.ts';

/** Between a reply and the next request: the bystander is no load itself. */
const pauseMs = 3;

// Started by Bystander, in a thread of its own: what the faults do in theirs delays nothing here.
const port = parentPort;
if (!port) throw new Error('This is started as a worker');
const { url, pid } = workerData as Watched;
const client = await TestClient.open(url);
const tkn = await client.newSession();
let longestMs = 0;
let longestCpuMs = 0;
let replies = 0;
let sent: { readonly atMs: number; readonly cpuMs: number } | undefined;

/** Processor time of the server's main thread; 0 where the system does not tell. */
function serverCpuMs(): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

function noteWait(): void {
  if (!sent) return;
  longestMs = Math.max(longestMs, performance.now() - sent.atMs);
  longestCpuMs = Math.max(longestCpuMs, serverCpuMs() - sent.cpuMs);
}

port.on('message', () => {
  // One that still waits has waited this long at least.
  noteWait();
  port.postMessage({ longestMs, longestCpuMs, replies });
  longestMs = 0;
  longestCpuMs = 0;
  replies = 0;
});
port.postMessage('ready');

for (;;) {
  sent = { atMs: performance.now(), cpuMs: serverCpuMs() };
  const reply = await client.ask(`{"KV_INCR":{"tkn":"${tkn}","key":"count"}}`);
  if (!reply.includes('"st":1,')) throw new Error(`The bystander was answered ${reply}`);
  noteWait();
  sent = undefined;
  replies += 1;
  await setTimeout(pauseMs);
}
