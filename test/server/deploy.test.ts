import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { settingRows } from '../../server/config/settings.mjs';
import { allocatorSettings } from './faults/faultRun.ts';
import { startRedis } from '../../client/testing/startRedis.ts';
import { whyNoRedis } from './whyNoRedis.ts';
import { startTestServer } from './testServer.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const run = promisify(execFile);

/** Instructions of a Dockerfile, in order. */
function instructionsOf(text: string): { name: string; rest: string }[] {
  const lines = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      return { name, rest };
    });
}

/** Arguments in exec form, which needs no shell. */
function argumentsOf(rest: string): string[] {
  return JSON.parse(rest) as string[];
}

describe('the Dockerfile', () => {
  const all = instructionsOf(read('Dockerfile'));
  const lastFrom = all.findLastIndex(({ name }) => name === 'FROM');
  const [build, image] = [all.slice(0, lastFrom), all.slice(lastFrom)];
  const restOf = (wanted: string) =>
    image.filter(({ name }) => name === wanted).map(({ rest }) => rest);
  const health = argumentsOf(restOf('HEALTHCHECK')[0]?.replace(/^.*? CMD /, '') ?? '');

  test('has two stages of one libc, and one Node', () => {
    const bases = all.filter(({ name }) => name === 'FROM').map(({ rest }) => rest);
    expect(bases).toEqual([
      'node:20-bookworm-slim AS build',
      // Debian 12 is bookworm.
      'gcr.io/distroless/nodejs20-debian12:nonroot',
    ]);
  });

  test('has only instructions that there are, and none that needs a shell in the last stage', () => {
    const known =
      /^(FROM|WORKDIR|COPY|RUN|ENV|USER|EXPOSE|VOLUME|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT)$/;
    expect(all.filter(({ name }) => !known.test(name))).toEqual([]);
    expect(restOf('RUN')).toEqual([]);
    expect(argumentsOf(restOf('ENTRYPOINT')[0] ?? '')).toEqual([
      '/nodejs/bin/node',
      '/app/dist/server.mjs',
    ]);
    expect(health.slice(0, 2)).toEqual(['/nodejs/bin/node', '-e']);
  });

  test('installs what is locked, and runs without rights of its own', () => {
    expect(build).toContainEqual({ name: 'RUN', rest: 'npm ci' });
    expect(restOf('USER')).toEqual(['65532:65532']);
    expect(restOf('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(argumentsOf(restOf('VOLUME')[0] ?? '')).toEqual(['/data']);
    expect(restOf('COPY').every((rest) => rest.startsWith('--from=build '))).toBe(true);
  });

  test('sets only what the server reads', () => {
    const set = [...(restOf('ENV')[0] ?? '').matchAll(/(SESHDECK_\w+)=/g)].map(([, name]) => name);
    const known = settingRows.flatMap(([, { env }]) => env ?? []);
    expect(set).not.toEqual([]);
    expect(set.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  test('copies files that exist and that .dockerignore lets in', () => {
    const patterns = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    const missing = patterns
      .map((line) => line.slice(1).replace(/\*.*/, ''))
      .filter((file) => !/^(docs\/|tsconfig)$/.test(file) && !existsSync(new URL(file, root)));
    expect(missing).toEqual([]);
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    const sources = files.filter((file) => !file.startsWith('dist/'));
    expect(sources.every((file) => patterns.includes(`!${file.split('/')[0]}`))).toBe(true);
    expect(patterns).toEqual(expect.arrayContaining(['!package.json', '!package-lock.json']));
  });

  test('has a health check that says whether a server answers', async () => {
    const server = await startTestServer(['--metrics-listen', '127.0.0.1:0']);
    const { port } = new URL(server.metricsUrl ?? '');
    const env = { ...process.env, SESHDECK_METRICS_LISTEN: `0.0.0.0:${port}` };
    const check = () => run(process.execPath, health.slice(1), { env });
    await expect(check()).resolves.toEqual({ stdout: '', stderr: '' });
    await server.stop();
    await expect(check()).rejects.toMatchObject({ code: 1 });
  });
});

test('the image and the unit have the allocator settings that faults are measured with', () => {
  const settings = Object.entries(allocatorSettings).map(([name, value]) => `${name}=${value}`);
  for (const setting of settings) {
    expect(read('Dockerfile')).toMatch(new RegExp(`^  ${setting} `, 'm'));
    expect(read('deploy/seshdeck.service')).toContain(`\nEnvironment=${setting}\n`);
  }
});

/** The text by which a file makes a node: a pod of a StatefulSet, or a container with an address. */
function whatMakes(node: string): string {
  const [, host = '', port = '6379'] = /^([^:]+)(?::(\d+))?$/.exec(node) ?? [];
  expect(port).toBe('6379');
  const [, pod, service] = /^(redis)-[0-5]\.(redis)$/.exec(host) ?? [];
  if (pod === undefined) return `: ${host} }`;
  return `metadata: { name: ${pod} }\nspec:\n  serviceName: ${service}`;
}

describe.each(['cluster.compose.yaml', 'cluster.kubernetes.yaml'])('deploy/%s', (file) => {
  const text = read(`deploy/${file}`);

  test('sets only what the server knows, and no secret', () => {
    const known = settingRows.map(([, { env }]) => env);
    const named = [...text.matchAll(/SESHDECK_[A-Z_]+/g)].map(([variable]) => variable);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((variable) => !known.includes(variable))).toEqual([]);
    expect(text).not.toContain('SESHDECK_STORE_PASSWORD:');
  });

  test('uses ports that the image has, and nodes that the file makes', () => {
    const exposed = /^EXPOSE (.+)$/m.exec(read('Dockerfile'))?.[1]?.split(' ') ?? [];
    // A port of this machine may stand before the one of the container.
    const server = text.slice(text.search(/^ {2}seshdeck-1:|containers:\s+- name: seshdeck/m));
    const ports = [...server.matchAll(/(?:containerPort: |^ +ports: \['[\d.]+:\d+:)(\d+)/gm)];
    expect(ports).toHaveLength(2);
    expect(ports.filter(([, port]) => !exposed.includes(port ?? ''))).toEqual([]);
    const nodes = /redis:\/\/([\w.:,-]+)/.exec(text)?.[1]?.split(',') ?? [];
    expect(nodes).toHaveLength(3);
    for (const node of nodes) expect(text).toContain(whatMakes(node));
    const images = [...text.matchAll(/image: (\S+)/g)].map(([, image]) => image);
    expect(new Set(images)).toEqual(new Set(['redis:7-bookworm', 'seshdeck']));
  });

  const command = /redis-server (?:(?!env:|\n\n)[\s\S])+/.exec(text)?.[0] ?? '';
  const names = [...command.matchAll(/ --([\w-]+)/g)].map(([, name]) => name ?? '');
  const needsRedis = whyNoRedis === undefined ? '' : ` ${whyNoRedis}`;
  test.skipIf(whyNoRedis)(`sets only what Redis knows${needsRedis}`, async () => {
    const redis = await startRedis({ flags: ['--cluster-enabled', 'yes'] });
    const admin = new Redis(redis.port, '127.0.0.1');
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) {
      expect(Object.values(await admin.config('GET', name))[0]).toBe(name);
    }
    admin.disconnect();
    await redis.close();
  });
});

describe('the systemd unit', () => {
  const file = fileURLToPath(new URL('deploy/seshdeck.service', root));
  const isHere = !spawnSync('systemd-analyze', ['--version']).error;

  test('starts the server with flags that it has', () => {
    const [, line = ''] = /^ExecStart=(.*)$/m.exec(read('deploy/seshdeck.service')) ?? [];
    const flags = [...line.matchAll(/ --([a-z-]+)/g)].map(([, flag]) => flag);
    const known = settingRows.flatMap(([, { flag }]) => flag ?? []);
    expect(flags).toHaveLength(3);
    expect(flags.filter((flag) => !known.includes(flag ?? ''))).toEqual([]);
  });

  const needsIt = isHere ? '' : ', needs systemd-analyze';
  test.skipIf(!isHere)(`is exposed by 2.0 at most, says systemd-analyze${needsIt}`, async () => {
    const { stdout } = await run('systemd-analyze', ['security', '--offline=true', file]);
    const [, level] = /exposure level for seshdeck\.service: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number(level)).toBeLessThanOrEqual(2);
  });
});
