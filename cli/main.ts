/** The command `terrane`. Each command's code is loaded when it is called: start-up is part of every small job. */
import { Command, InvalidArgumentError } from 'commander';
import { ENGINE_VERSION } from '../datastore/version.js';
import { reportError } from './report-error.js';

const dataOption = [
  '--data <folder>',
  'folder of jobs and results (default: TERRANE_DATA, or .terrane in the home folder)',
] as const;
const jsonOption = ['--json', 'machine-readable output'] as const;

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
    return value;
  };
}
const identifier = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const workers = ['--workers <n>', 'threads (default: one per processor)', wholeNumber(1, 1024)] as const;

const distribute = ['--distribute <redis>', 'address of a Redis whose workers compute (redis://HOST:PORT)'] as const;

function keyValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const cut = text.indexOf('=');
  if (cut < 1) throw new InvalidArgumentError('must be written as key=value.');
  return { ...before, [text.slice(0, cut).trim()]: text.slice(cut + 1).trim() };
}

const program = new Command('terrane')
  .description('Probabilistic seismic hazard: OpenQuake job files in, hazard curves, maps and spectra out')
  .version(ENGINE_VERSION)
  .showHelpAfterError('(terrane --help shows what there is)');

program
  .command('run')
  .description('run a job: a job.ini, a folder with one, or a zip')
  .argument('<job>')
  .option('--exports <formats>', 'write all results in these formats (csv, geojson, svg, rst), separated by commas')
  .option('-o, --output <folder>', 'where to write them (default: the current folder)')
  .option(...workers)
  .option(...distribute)
  .option('--param <key=value...>', 'replace a parameter of the job', keyValue)
  .option('--ini <name>', 'which of several ini files')
  .option('--hc <id>', 'finished calculation whose rates are taken over', identifier)
  .option(...dataOption)
  .option(...jsonOption)
  .action(async (job, options) => (await import('./commands/run.js')).run(job, options));

program
  .command('resume')
  .description('go on with a job that failed or was aborted: what was computed is not computed again')
  .argument('<id>', 'number of the job', identifier)
  .option('--exports <formats>', 'write all results in these formats (csv, geojson, svg, rst), separated by commas')
  .option('-o, --output <folder>', 'where to write them (default: the current folder)')
  .option(...workers)
  .option(...distribute)
  .option(...dataOption)
  .option(...jsonOption)
  .action(async (id, options) => (await import('./commands/run.js')).resume(id, options));

program
  .command('replay')
  .description('run a task that failed alone, and tell how it ends')
  .argument('<id>', 'number of the job', identifier)
  .argument('<task>', 'name of the task, as the log of the job says it')
  .option('--details', 'tell the place in the code')
  .option(...dataOption)
  .action(async (id, task, options) => (await import('./commands/replay.js')).replay(id, task, options));

program
  .command('worker')
  .description('compute tasks of servers that use the same Redis')
  .argument('<redis>', 'address of the Redis: redis://HOST:PORT, rediss:// for TLS')
  .option('--threads <n>', 'threads (default: one per processor)', wholeNumber(1, 1024))
  .action(async (address, options) => (await import('./commands/worker.js')).worker(address, options));

program
  .command('serve')
  .description('start the web server')
  .option('--port <n>', 'port', wholeNumber(0, 65535), 8800)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--at-once <n>', 'jobs that may run at the same time', wholeNumber(1, 64), 1)
  .option(...workers)
  .option(...distribute)
  .option('--if-needed', 'succeed at once when a server runs on the data folder already')
  .option('--max-upload <mb>', 'largest upload in MB', wholeNumber(1, 1_000_000), 2048)
  .option(
    '--auth',
    "users log in ('terrane user add' makes them); needed or --open where --host is not this machine alone",
  )
  .option('--open', 'serve other machines without asking who they are')
  .option('--allow-host <name...>', 'further names under which the server may be called; * for any')
  .option(
    '--allow-origin <origin...>',
    'sites whose pages may use the API, such as https://portal.example.org; * for any',
  )
  .option('--trust-proxy <address...>', 'addresses of proxies whose X-Forwarded headers are believed')
  .option('--job-memory <mb>', 'memory that one job may use (default: no limit)', wholeNumber(64, 100_000_000))
  .option('--job-hours <n>', 'hours that one job may run (default: no limit)', wholeNumber(1, 100_000))
  .option('--user-jobs <n>', 'jobs of one user that may wait or run (default: no limit)', wholeNumber(1, 1_000_000))
  .option('--max-jobs <n>', 'jobs that may wait or run in all (default: no limit)', wholeNumber(1, 1_000_000))
  .option('--user-disk <mb>', 'results that one user may keep (default: no limit)', wholeNumber(1, 1_000_000_000))
  .option('--keep-free <mb>', 'space that uploads leave on the disk', wholeNumber(0, 1_000_000_000), 512)
  .option(
    '--keep-days <n>',
    'days that results stay which are shared with nobody (default: until removed)',
    wholeNumber(1, 100_000),
  )
  .option('--read-seconds <n>', 'seconds that reading a job may take', wholeNumber(1, 1_000_000), 600)
  .option('--read-memory <mb>', 'memory that reading a job may use', wholeNumber(64, 100_000_000), 4096)
  .option('--auth-header <name>', 'header in which a trusted proxy names the user it has authenticated')
  .option(...dataOption)
  .option('--config <file>', 'file with settings (TOML): a line for each of these flags; every flag is a variable too')
  .option('--show-settings', 'show every setting and where it comes from, and end')
  .action(async (_, command: Command) => {
    const { applySettings, shownSettings } = await import('./settings.js');
    await applySettings(command, process.env);
    if (command.opts().showSettings) process.stdout.write(`${shownSettings(command)}\n`);
    else await (await import('./commands/serve.js')).serve(command.opts());
  });

program
  .command('user')
  .description('users of a server with --auth: add, password, disable, enable, token, revoke, list, audit')
  .argument('<action>')
  .argument('[name]', 'name of the user')
  .option('--role <role>', 'user or operator', 'user')
  .option('--label <text>', 'what a token is for', 'default')
  .option('--limit <n>', 'rows of the audit log', wholeNumber(1, 1_000_000), 50)
  .option(...dataOption)
  .option(...jsonOption)
  .action(async (action, name, options) => (await import('./commands/user.js')).user(action, name, options));

program
  .command('list')
  .description('list jobs, newest first')
  .option('--limit <n>', 'how many', wholeNumber(1, 1_000_000), 20)
  .option(...dataOption)
  .option(...jsonOption)
  .action(async (options) => (await import('./commands/list.js')).list(options));

program
  .command('show')
  .description(
    'show a job: status, log, outputs, contents, sites, tree, branches, realizations, sources, oqparam or performance',
  )
  .argument('<id>', 'number of the job', identifier)
  .argument('[what]', 'what to show', 'status')
  .option('--first <n>', 'number of the first branch or realization', wholeNumber(0, Number.MAX_SAFE_INTEGER))
  .option('--count <n>', 'how many of them (realizations: 100)', wholeNumber(1, Number.MAX_SAFE_INTEGER))
  .option('--path <code>', 'only the realizations with this code, such as AAB~C')
  .option('--svg <file>', 'draw the tree to this file')
  .option(...dataOption)
  .option(...jsonOption)
  .action(async (id, what, options) => (await import('./commands/show.js')).show(id, what, options));

program
  .command('export')
  .description('write an output of a job to files')
  .argument('<id>', 'number of the job', identifier)
  .argument('<output>', 'hcurves, hmaps, uhs, realizations ..., or all')
  .option('--format <format>', 'format', 'csv')
  .option('-o, --output <folder>', 'folder', '.')
  .option(...dataOption)
  .option(...jsonOption)
  .action(async (id, output, options) => (await import('./commands/export.js')).exportResults(id, output, options));

program
  .command('check')
  .description('read and check a job without running it, and tell how big it is')
  .argument('<job>')
  .option('--param <key=value...>', 'replace a parameter of the job', keyValue)
  .option('--ini <name>', 'which of several ini files')
  .option('--tree <file>', 'draw the logic trees to this file (SVG)')
  .option(...jsonOption)
  .action(async (job, options) => (await import('./commands/check.js')).check(job, options));

program
  .command('info')
  .description('list what the engine knows: models, parameters or sources')
  .argument('<what>')
  .option(...jsonOption)
  .action(async (what, options) => (await import('./commands/info.js')).info(what, options));

program
  .command('abort')
  .description('end a running job')
  .argument('<id>', 'number of the job', identifier)
  .option(...dataOption)
  .action(async (id, options) => (await import('./commands/abort.js')).abort(id, options));

program
  .command('remove')
  .description('remove jobs with all their files')
  .argument('<id...>', 'numbers of the jobs', (text: string, before: number[] = []) => [...before, identifier(text)])
  .option(...dataOption)
  .action(async (ids, options) => (await import('./commands/remove.js')).remove(ids, options));

program
  .command('verify')
  .description('read every byte of calculations or files and compare with their checksums')
  .argument('<what...>', 'numbers of calculations, or paths of files')
  .option(...dataOption)
  .action(async (targets, options) => (await import('./commands/verify.js')).verify(targets, options));

program
  .command('recover')
  .description('make the list of jobs anew from the files of the calculations, when jobs.db is lost or broken')
  .option(...dataOption)
  .action(async (options) => (await import('./commands/recover.js')).recover(options));

// a reader that goes away (terrane list | head) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  const [, , ...words] = process.argv;
  process.exitCode = reportError(error, words[0] ?? '', words.includes('--json'));
}
