/**
 * The process that runs one job: node runner.js DATA-FOLDER ID accept|run [WORKERS], started by the server. Writes status,
 * progress and log into the job store itself; ends when the server ends.
 */
import { DataFolder } from '../data-folder.js';
import { JobStore } from '../store/job-store.js';
import { executeJob } from './execute-job.js';
import { failJob } from './failure.js';
import { forgetUnpacked, readInputs } from './read-inputs.js';
import type { RunnerMessage, RunnerMode, ServerMessage } from './messages.js';

const [dataPath, idText, mode, workersText] = process.argv.slice(2) as [string, string, RunnerMode, string?];
const id = Number(idText);
const processName = `runner/${process.pid}`;
const folder = new DataFolder(dataPath);
const store = new JobStore(folder.storeFile);

/** No runner outlives its server: nobody could abort it. */
process.on('disconnect', () => {
  const job = store.find(id);
  if (job?.status === 'executing') {
    failJob(store, id, new RangeError('the server ended while this calculation ran'), processName);
    folder.removeResults(id);
  }
  process.exit(1);
});

function tell(message: RunnerMessage): void {
  process.send?.(message);
}

function nextWord(): Promise<ServerMessage> {
  return new Promise((resolve) => process.once('message', (message) => resolve(message as ServerMessage)));
}

async function main(): Promise<void> {
  let job;
  try {
    job = await readInputs(folder, id, store.get(id).inputs);
    store.describe(id, job.parameters.calculationMode, job.parameters.description);
  } catch (error) {
    failJob(store, id, error, processName);
    forgetUnpacked(folder, id);
    tell({ kind: 'refused' });
    return;
  }
  if (mode === 'accept') {
    const word = nextWord();
    tell({ kind: 'accepted' });
    if ((await word).kind === 'later') return;
  }
  const workers = workersText === undefined ? undefined : Number(workersText);
  await executeJob({ store, folder, id, workers }, job);
  forgetUnpacked(folder, id);
}

await main();
store.close();
process.exit(0);
