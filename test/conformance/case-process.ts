/** Runs one job in a process of its own: case-process.js JOB FOLDER [INI]; the outcome is sent to the parent. */
import { runJob } from './run-job.js';

const [job, folder, jobIni] = process.argv.slice(2);
const outcome = await runJob(job, folder, jobIni);
process.send?.(outcome, () => process.exit(0));
