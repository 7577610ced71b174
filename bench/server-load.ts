/**
 * npm run bench -- server-load [CLIENTS] [SECONDS]: clients that poll lists, statuses, logs and slices of results while a job runs. Prints
 * requests, errors, percentiles of the answering time and the memory of the server before and after.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a client asks for in turn; 1 is a finished job, 2 the running one. */
const PATHS = [
  '/v1/calc/list',
  '/v1/calc/2/status',
  '/v1/calc/2/log/0:100',
  '/v1/calc/1/extract/hcurves?kind=mean&site_id=0',
  '/v2/calc/1/curves?site=1',
  '/v1/calc/1/results',
];
/** ms between two requests of a client */
const PAUSE = 1000;

/** Errors: Error when the server does not start. */
export async function run([clients = '200', seconds = '60']: readonly string[]): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'terrane-load-'));
  const child = spawn(
    process.execPath,
    [join(ROOT, 'cli', 'terrane.mjs'), 'serve', '--port', '0', '--data', data, '--workers', '1'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      const [, found] = /serving at (\S+)/.exec(part.toString()) ?? [];
      if (found) resolve(found);
    });
    child.on('exit', () => reject(new Error('the server did not start')));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
  try {
    await send(url, '03-logic-tree', (ini) => ini);
    while (((await (await fetch(`${url}/v1/calc/1/status`)).json()) as { is_running: boolean }).is_running)
      await delay(200);
    await send(url, '01-area-source', (ini) =>
      ini
        .replace(/area_source_discretization = .*/, 'area_source_discretization = 0.25')
        .replace(/width_of_mfd_bin = .*/, 'width_of_mfd_bin = 0.02'),
    );
    const before = memoryOf(child.pid!);
    const end = Date.now() + Number(seconds) * 1000;
    const times: number[] = [];
    let errors = 0;
    const client = async (number: number): Promise<void> => {
      await delay((PAUSE * number) / Number(clients));
      for (let turn = number; Date.now() < end; turn++) {
        const begin = performance.now();
        const status = await ask(url + PATHS[turn % PATHS.length], agent);
        times.push(performance.now() - begin);
        if (status !== 200) errors++;
        await delay(PAUSE);
      }
    };
    await Promise.all(Array.from({ length: Number(clients) }, (_, number) => client(number)));
    times.sort((a, b) => a - b);
    const at = (share: number): string => times[Math.floor(share * (times.length - 1))].toFixed(1);
    console.log(`${times.length} requests of ${clients} clients in ${seconds} s, ${errors} errors`);
    console.log(`ms: median ${at(0.5)}, 90 % ${at(0.9)}, 99 % ${at(0.99)}, most ${at(1)}`);
    console.log(`memory of the server: ${before} MB before, ${memoryOf(child.pid!)} MB after`);
  } finally {
    agent.destroy();
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(data, { recursive: true, force: true });
  }
}

async function send(url: string, example: string, change: (ini: string) => string): Promise<void> {
  const form = new FormData();
  for (const name of readdirSync(join(ROOT, 'examples', example))) {
    const text = readFileSync(join(ROOT, 'examples', example, name), 'utf8');
    form.append(name, new Blob([name === 'job.ini' ? change(text) : text]), name);
  }
  const answer = await fetch(`${url}/v1/calc/run`, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(await answer.text());
}

function ask(address: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    get(address, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', () => resolve(0));
  });
}

/** MB that a process holds in memory, from /proc. */
function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}
