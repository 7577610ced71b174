/**
 * How a runner is started: with limits of the system (ulimit) and, where bubblewrap is installed and allowed, in a view of the
 * machine that holds the program, the inputs of the job and its own folders, and no network.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one runner may use; memory and time are watched by the server (see ProcessWatch). */
export interface SystemLimits {
  readonly openFiles: number;
  /** largest file that it may write, bytes */
  readonly fileSize: number;
}

/** Limits that no ordinary job comes near: 1,024 open files, files of 1 TB. */
export const SYSTEM_LIMITS: SystemLimits = { openFiles: 1024, fileSize: 2 ** 40 };

/** Folders a runner sees: everything else of the data folder, and of the machine, is not there. */
export interface RunnerView {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  /** whether the runner reaches the network: it must where tasks go to other machines */
  readonly network?: boolean;
}

/** Parts of the system that Node needs; none of them holds anything of users. */
const SYSTEM = [
  '/usr',
  '/lib',
  '/lib64',
  '/bin',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/nsswitch.conf',
  '/etc/passwd',
];
/** What finding other machines by name, and trusting them, needs besides. */
const NAMES = ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl/certs', '/etc/ca-certificates'];
/** unit of `ulimit -f` in bytes, as POSIX has it */
const BLOCK = 512;
const LIMITED = 'ulimit -c 0; ulimit -n "$1"; ulimit -f "$2"; shift 2; exec "$@"';

let bubblewrap: boolean | undefined;

/** Whether runners are shut in: bubblewrap is there and the system lets it work. Tried once. */
export function canIsolate(): boolean {
  if (bubblewrap === undefined) {
    const args = ['--unshare-net', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '/bin/true'];
    bubblewrap = process.platform === 'linux' && spawnSync('bwrap', args, { stdio: 'ignore' }).status === 0;
  }
  return bubblewrap;
}

/** Program and arguments that start `node file` with limits and, if `isolated`, shut in. */
export function runnerCommand(
  file: string,
  nodeOptions: readonly string[],
  view: RunnerView,
  limits: SystemLimits,
  isolated: boolean,
): { readonly command: string; readonly args: string[] } {
  const node = [process.execPath, ...nodeOptions, file];
  if (process.platform === 'win32') return { command: node[0], args: node.slice(1) };
  const limited = ['-c', LIMITED, 'sh', String(limits.openFiles), String(Math.ceil(limits.fileSize / BLOCK)), ...node];
  if (!isolated) return { command: '/bin/sh', args: limited };
  const args = ['--die-with-parent', '--new-session', '--unshare-ipc', '--unshare-uts'];
  if (!view.network) args.push('--unshare-net');
  // later entries lie over earlier ones: the job's folders must not vanish below the empty /tmp
  args.push('--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp');
  const names = view.network ? NAMES : [];
  for (const path of [...SYSTEM, ...names, ...programFolders(), ...view.readable])
    args.push('--ro-bind-try', path, path);
  for (const path of view.writable) args.push('--bind', path, path);
  return { command: 'bwrap', args: [...args, '--chdir', '/', '--', '/bin/sh', ...limited] };
}

/** Folders of Node and of this program: dist/, the packages and what they are named in. */
function programFolders(): string[] {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json')) && dirname(root) !== root) root = dirname(root);
  const parts = ['dist', 'node_modules', 'package.json'].map((name) => join(root, name));
  return [dirname(dirname(process.execPath)), ...parts.filter((path) => existsSync(path))];
}
