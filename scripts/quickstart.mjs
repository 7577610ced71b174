// `npm run quickstart`: from a fresh clone to hazard curves. Installs and builds what is missing, starts a server unless one
// runs, sends an example job to it over HTTP, shows its progress and fetches the results. Says what it does.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLE = process.argv[2] ?? join(root, 'examples', '01-area-source');
const OUTPUT = join(root, 'terrane-quickstart');
const PORT = Number(process.env.TERRANE_PORT ?? 8800);

const say = (text) => console.log(text);
const shown = (path) => relative(process.cwd(), path) || '.';

const ensured = spawnSync(process.execPath, [join(root, 'scripts', 'ensure.mjs')], { stdio: 'inherit' });
if (ensured.status !== 0) process.exit(ensured.status ?? 1);

/** The address of the server on our data folder: one that runs already, or one that is started now and stays. */
async function server() {
  const { DataFolder } = await import('../dist/engine/data-folder.js');
  const folder = new DataFolder();
  const running = folder.server();
  if (running) {
    say(`Using the server at ${running.url}`);
    return { url: running.url, started: false };
  }
  const log = join(folder.path, 'server.log');
  const out = openSync(log, 'a');
  say(`Starting a server: terrane serve --port ${PORT} (its messages: ${log})`);
  const child = spawn(process.execPath, [join(root, 'cli', 'terrane.mjs'), 'serve', '--port', String(PORT)], {
    detached: true,
    stdio: ['ignore', out, out],
  });
  let ended = false;
  child.once('exit', () => (ended = true));
  child.unref();
  for (let look = 0; look < 200; look++) {
    const mark = folder.server();
    if (mark) return { url: mark.url, started: true, pid: child.pid };
    if (ended) break;
    await setTimeout(100);
  }
  throw new Error(`the server did not start: ${readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? ''}`);
}

async function getJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`);
  return response.json();
}

async function submit(url) {
  const form = new FormData();
  for (const name of readdirSync(EXAMPLE)) form.append(name, new Blob([readFileSync(join(EXAMPLE, name))]), name);
  const response = await fetch(`${url}/v1/calc/run`, { method: 'POST', body: form });
  const answer = await response.json();
  if (!response.ok) throw new Error(`the job was refused:\n${answer.traceback.join('\n')}`);
  return answer.job_id;
}

/** Copies the job's log to the terminal until the job has ended. */
async function follow(url, id) {
  for (let rows = 0; ;) {
    const job = await getJson(`${url}/v1/calc/${id}/status`);
    const log = await getJson(`${url}/v1/calc/${id}/log/${rows}:`);
    rows += log.length;
    for (const [, level, , message] of log) if (level !== 'DEBUG') say(`  ${level} ${message}`);
    if (!job.is_running) return job.status;
    await setTimeout(200);
  }
}

async function fetchTo(url, folder) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const [, name] = /filename=(.+)$/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  const path = join(folder, basename(name));
  await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  return path;
}

try {
  const { url, started, pid } = await server();
  say(`Sending ${shown(EXAMPLE)} to ${url}/v1/calc/run`);
  const id = await submit(url);
  say(`Calculation ${id} runs: ${url}/engine/${id}/outputs`);
  const status = await follow(url, id);
  if (status !== 'complete') throw new Error(`calculation ${id} ${status}`);
  mkdirSync(OUTPUT, { recursive: true });
  const files = [];
  for (const output of await getJson(`${url}/v1/calc/${id}/results`))
    if (output.outtypes.includes('csv')) files.push(await fetchTo(`${output.url}?export_type=csv`, OUTPUT));
  files.push(await fetchTo(`${url}/v1/calc/${id}/datastore`, OUTPUT));
  say('Results:');
  for (const file of files) say(`  ${shown(file)}`);
  say(`Look at the curves, or send your own job: ${url}`);
  if (started) say(`The server goes on running; stop it with: kill ${pid}`);
} catch (error) {
  console.error(`quickstart: ${error.message}`);
  process.exitCode = 1;
}
