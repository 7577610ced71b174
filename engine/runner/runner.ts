/**
 * The process that reads, checks or runs one job, started by a server (or, to check, by whoever wants to know). It knows no store: the
 * first message says what to do, and whatever becomes of the job is told by messages. It ends when its server ends.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJob } from '../../inputs/read-job.js';
import { DataFolder } from '../data-folder.js';
import { executeJob } from './execute-job.js';
import { failJob } from './failure.js';
import { allTold, MessageReporter, tell } from './message-reporter.js';
import { PREVIEW_FILE, type RunnerTask, type ServerMessage } from './messages.js';
import { previewJob } from './preview.js';
import { readInputs } from './read-inputs.js';
import { tellError } from '../tell-error.js';

/** No runner outlives its server: nobody could abort it. */
process.on('disconnect', () => process.exit(1));

function nextMessage(): Promise<ServerMessage> {
  return new Promise((resolve) => process.once('message', (message) => resolve(message as ServerMessage)));
}

async function check({ mode, inputs, workFolder }: RunnerTask): Promise<void> {
  try {
    const { source, jobIni, overrides } = inputs;
    const job = await readJob(source, { jobIni, overrides, workFolder: workFolder! });
    if (mode === 'preview') {
      const preview = await previewJob(job, inputs, workFolder!);
      await writeFile(join(workFolder!, PREVIEW_FILE), JSON.stringify(preview));
    }
    tell({ kind: 'checked', lines: [], faults: [] });
  } catch (error) {
    const { lines, faults } = tellError(error, { what: 'the check of a job', details: 'no log' });
    tell({ kind: 'checked', lines, faults });
  }
}

async function readAndRun({ mode, id, inputs, parent, dataFolder, workers, redis }: RunnerTask): Promise<void> {
  const reporter = new MessageReporter();
  const folder = new DataFolder(dataFolder);
  let job;
  try {
    job = await readInputs(folder, id, inputs, parent);
  } catch (error) {
    failJob(reporter, id, error);
    return;
  }
  reporter.describe(job.parameters.calculationMode, job.parameters.description);
  if (mode === 'accept') {
    const word = nextMessage();
    tell({ kind: 'accepted' });
    if ((await word).kind === 'later') return;
  }
  await executeJob({ reporter, folder, id, workers, redis, parent }, job);
}

const task = await nextMessage();
if (task.kind === 'task') await (task.mode === 'check' || task.mode === 'preview' ? check(task) : readAndRun(task));
await allTold();
process.exit(0);
